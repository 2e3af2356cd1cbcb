"""`bad-news` and `good-news`: what we learned that the client should hear (P31, P35)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.follows import after_news
from ledger_cli.receipts import recorded
from ledger_cli.verbs import CHANNELS, Need, act, contacts, needed

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger_cli.app import App
    from ledger_cli.verbs import Envelope


def _news(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of news."""
    for option in (
        click.option("--our-fault", is_flag=True, help="We said that it was our mistake (P35)."),
        click.option("--by", "channel", type=CHANNELS, help="How they were told."),
        click.option("--told", metavar="WHO", multiple=True, help="Who was told at the same time."),
        click.option("--source", metavar="TEXT", help="How we know."),
        click.option("--about", "subjects", metavar="M2,…", help="What it is about."),
        click.option(
            "--severity", type=click.IntRange(1, 5), help="From 1, a remark, to 5, a disaster; 3, if left out."
        ),
        click.argument("words", nargs=-1, metavar='[ENGAGEMENT] "TEXT"'),
    ):
        command = option(command)
    return command


@click.command("bad-news")
@_news
@act
@click.pass_obj
def bad_news(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record bad news that we have learned, and whether anybody was told.

    \b
    engage bad-news northwind "The hall is double-booked." --aware yesterday
    engage bad-news "Two crew have left." --severity 4 --about M2 --told sponsor --by call
    """
    _learn(app, envelope, words, "bad", said)


@click.command("good-news")
@_news
@act
@click.pass_obj
def good_news(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record good news that we have learned, and whether anybody was told.

    \b
    engage good-news northwind "The vendor delivered early." --about M2
    """
    _learn(app, envelope, words, "good", said)


def _learn(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    polarity: str,
    said: dict[str, Any],
) -> None:
    stream, state, (text,) = needed(app, words, Need("What is the news?", '"TEXT"'))
    subjects = _references(app, str(said["subjects"])) if said["subjects"] else None
    learned = {
        "polarity": polarity,
        "about": subjects,
        "summary": text,
        "severity": said["severity"],
        "source": said["source"],
    }
    told = said["told"]
    news_id = state.next_id("news")
    if not told:
        drafts = [envelope.draft(app, "news-learned", stream, learned)]
    else:
        drafts = [envelope.draft(app, "news-learned", stream, {"news_id": news_id, **learned})]
        to = contacts(app, state, [str(who) for who in told])
        report = {"news_id": news_id, "to": to, "channel": said["channel"], "admits_fault": bool(said["our_fault"])}
        drafts.append(envelope.draft(app, "news-reported", stream, report))
    receipts = app.record(*drafts)
    found = str(receipts[0].event.data["news_id"]) if receipts[0].event else news_id
    recorded(app, receipts, as_json=envelope.as_json, after=lambda model: after_news(app, model, stream, found))


def _references(app: App, said: str) -> list[str]:
    from ledger_cli.typed import reference

    return [reference(app, word) for word in said.split(",")]
