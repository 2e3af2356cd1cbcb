"""`bad-news`, `good-news` and `verified`: what we learned that the client should hear, and whether it is so (P31, P32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.asking.about import thing
from ledger_cli.asking.likely import a_thing, unverified
from ledger_cli.asking.missing import Need
from ledger_cli.asking.places import on_account, placed, several
from ledger_cli.follows.talk import after_verified
from ledger_cli.follows.telling import after_news
from ledger_cli.recording.envelope import CHANNELS, act
from ledger_cli.recording.one import record_one
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.canonical import JSON
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


def _news(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of news."""
    for option in (
        on_account,
        click.option("--our-fault", is_flag=True, help="We said that it was our mistake (P35)."),
        click.option("--by", "channel", type=CHANNELS, help="How they were told."),
        click.option("--told", metavar="WHO,…", multiple=True, help="Who was told at the same time."),
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


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] NEWS "HOW"')
@click.option("--refuted", "verdict", flag_value="refuted", help="It was not so.")
@click.option("--partly", "verdict", flag_value="partly", help="It was so in part.")
@click.option("--means", metavar="TEXT", help="What it implies for the engagement (P32).")
@on_account
@act
@click.pass_obj
def verified(
    app: App, envelope: Envelope, words: tuple[str, ...], verdict: str | None, means: str | None, account: str | None
) -> None:
    """Record that news was looked into, how, and that it was so; or that it was not.

    \b
    engage verified N3 "rang the venue" --means "the get-in moves to Tuesday"
    engage verified northwind N3 "the vendor's mail was about another hall" --refuted
    """
    place, (name, how) = placed(
        app,
        words,
        account,
        Need("Which news?", "NEWS", likely=unverified, check=a_thing("news")),
        Need("How do you know?", '"HOW"'),
    )
    news_id = thing(place.state, "news", name)
    data: dict[str, JSON | None] = {
        "news_id": news_id,
        "verdict": verdict or "confirmed",
        "implications_stated": means is not None,
        "method": how,
        "implications": means,
    }
    record_one(
        app,
        envelope,
        place.stream,
        "news-verified",
        data,
        lambda model: after_verified(app, model, place.stream, news_id),
    )


def _learn(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    polarity: str,
    said: dict[str, Any],
) -> None:
    place, (text,) = placed(app, words, said["account"], Need("What is the news?", '"TEXT"'))
    stream, state = place.stream, place.state
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
        to = place.people(app, several(told))
        report = {"news_id": news_id, "to": to, "channel": said["channel"], "admits_fault": bool(said["our_fault"])}
        drafts.append(envelope.draft(app, "news-reported", stream, report))
    receipts = app.record(*drafts)
    found = str(receipts[0].event.data["news_id"]) if receipts[0].event else news_id
    recorded(app, receipts, as_json=envelope.as_json, after=lambda model: after_news(app, model, stream, found))


def _references(app: App, said: str) -> list[str]:
    from ledger_cli.asking.typed import reference

    return [reference(app, word) for word in said.split(",")]
