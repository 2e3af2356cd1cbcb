"""`report` and `ack`: the client hears where things stand, and says that it arrived (P25, P26, P31); pages of pictures."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Refused
from ledger.events import CadenceAgreed
from ledger_cli.asking.about import about, engagement_of, filled_in, names_one, needed, thing
from ledger_cli.asking.entries import entry_named
from ledger_cli.asking.files import read_file
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import a_thing, last_spoken_to, last_told, only
from ledger_cli.asking.missing import Need
from ledger_cli.asking.places import on_account, placed, several
from ledger_cli.follows.talk import after_report
from ledger_cli.follows.telling import after_acknowledged
from ledger_cli.picturing.wanted import only_pages, pictured
from ledger_cli.recording.envelope import CHANNELS, act
from ledger_cli.recording.one import record_one
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.dialogue import Dialogue
    from ledger.engagement import Engagement
    from ledger.entry import Entry
    from ledger.events import SlipReported
    from ledger.facts import Fact
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.asking.places import Place
    from ledger_cli.picturing.wanted import Pages
    from ledger_cli.recording.envelope import Envelope


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option("--to", metavar="WHO,…", multiple=True, help="Who got it; the cadence's audience, if left out.")
@click.option("--cadence", metavar="ID", help="The rhythm it belongs to; the only one of reports, if left out.")
@click.option("--no-change", is_flag=True, help="It says that nothing has changed: that counts too (P26).")
@click.option("--summary", metavar="TEXT", help="What it says.")
@click.option("--period", metavar="TEXT", help="What it covers: 2025-W23.")
@click.option("--by", "channel", type=CHANNELS, help="How it was sent.")
@click.option("--file", "path", metavar="FILE", help="The report itself: its hash is recorded, the file stays.")
@pictured
@on_account
@act
@click.pass_obj
def report(
    app: App,
    /,
    envelope: Envelope,
    words: tuple[str, ...],
    account: str | None,
    pages: Pages | None,
    **said: Any,  # noqa: ANN401 -- click's options
) -> None:
    """Record that a status report went out; or, with --html, write pages with pictures and record nothing.

    \b
    engage report northwind --summary "Get-in planned, lighting on order." --by email
    engage report --no-change

    \b
    engage report --html pages                 every engagement, worst first, a page each
    engage report northwind --html pages --as-known-on 2025-06-30
    engage report northwind --file pages/northwind.html --to sponsor      now it went out
    """
    if pages is not None:
        only_pages(envelope, account, said)
        from ledger_cli.picturing.writing import write_pages

        app.is_recording = False
        write_pages(app, pages, about(app, words, 0)[0] if words else None)
        return
    place, _ = placed(app, words, account)
    rhythm = _rhythm(app, place.state, said["cadence"], words)
    data = {**_sent(said), "cadence_id": rhythm, "to": [*_audience(app, place, rhythm, said["to"], words)]}
    stream = place.stream
    record_one(
        app, envelope, stream, "status-report-sent", data, lambda model: after_report(app, model, stream, rhythm)
    )


def _sent(said: Mapping[str, Any]) -> dict[str, JSON | None]:
    """Return what was said of a report that went out; of its file, the hash."""
    path = said["path"]
    return {
        "period": said["period"],
        "channel": said["channel"],
        "no_change": said["no_change"],
        "content_sha256": sha256(read_file(Path(path), "Name the report.")).hexdigest() if path else None,
        "summary": said["summary"],
    }


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] ENTRY|SLIP|NEWS|MILESTONE")
@click.option("--by", "who", metavar="WHO", help="Who said that it arrived.")
@click.option("--channel", type=CHANNELS, help="How they said so.")
@act
@click.pass_obj
def ack(app: App, envelope: Envelope, words: tuple[str, ...], who: str | None, channel: str | None) -> None:
    """Record that the other side acknowledged something that it was told.

    \b
    engage ack 34 --by sponsor
    engage ack S1 --by sponsor                what they were told last of slip S1, or of M2
    engage ack northwind 34 --by "client sponsor" --at 2025-06-12T16:40 --channel email
    """
    by = Need("Who said that it arrived?", "--by WHO", who, likely=last_spoken_to)
    if not words or (len(words) == 1 and names_one(app, words[0])):
        stream, _, (word, who) = needed(app, words, Need("What arrived?", "ENTRY", likely=last_told), by)
        words = (str(app.names.alias(stream) or stream.partition("/")[2]), word)
    entry, stream = _told(app, words)
    state = engagement_of(app, stream)
    (who,) = filled_in(app, state, words, by._replace(said=who))
    data = {"acknowledges": entry, "by": contacts(app, state, [who])[0], "channel": channel}
    receipts = app.record(envelope.draft(app, "communication-acknowledged", stream, data))
    acknowledged = next(fact for fact in state.history if fact.entry.id == entry).event
    recorded(
        app,
        receipts,
        as_json=envelope.as_json,
        after=lambda model: after_acknowledged(app, model, stream, acknowledged),
    )


def _rhythm(app: App, state: Dialogue, named: str | None, words: Sequence[str]) -> str | None:
    """Return the cadence that is *named*, else the only one of reports; with none the report stands alone."""
    if named:
        return thing(state, "cadence", named)
    found = [name for name, cadence in _cadences(state).items() if cadence.kind == "report"]
    if len(found) > 1:
        which = Need(f"Which rhythm does it keep: {' or '.join(found)}?", "--cadence ID", check=a_thing("cadence"))
        return thing(state, "cadence", *filled_in(app, state, words, which))
    return only(found)


def _audience(app: App, place: Place, rhythm: str | None, to: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Return who got a report: those who were said, else the audience of its *rhythm*."""
    audience = _cadences(place.state)[rhythm].audience if rhythm else []
    if audience and not to:
        return audience
    asked = Need("Who got it?", "--to WHO", ",".join(to) or None, likely=last_spoken_to)
    return place.people(app, several(to or filled_in(app, place.state, words, asked)))


def _cadences(state: Dialogue) -> dict[str, CadenceAgreed]:
    known = {name: fact.event for name, fact in state.things.get("cadence", {}).items()}
    return {name: event for name, event in known.items() if isinstance(event, CadenceAgreed)}


def _told(app: App, words: tuple[str, ...]) -> tuple[str, Stream]:
    """Return the entry that is acknowledged, and its engagement: an entry, or the newest report of a slip or of news."""
    word = words[-1].upper()
    if word[:1] not in {"S", "N", "M"}:
        entry = entry_named(app, words[-1])
        return entry.id, _stream_of(app, entry, words)
    stream, _ = about(app, words, 1)
    state = engagement_of(app, stream)
    kind = {"S": "slip", "N": "news", "M": "milestone"}[word[0]]
    name = thing(state, kind, word)
    told = state.news[name].reported if kind == "news" else _slips_told(state, name)
    if not told:
        raise Refused(f"Nobody was told of {name} yet.", advice=f"engage told {name} WHO")
    return told[-1].entry.id, stream


def _slips_told(state: Engagement, name: str) -> list[Fact[SlipReported]]:
    """Return what they were told of a slip, or of those of a milestone, the newest last."""
    slips = [slip for each, slip in state.slips.items() if name in {each, slip.milestone_id}]
    return sorted((fact for slip in slips for fact in slip.reported), key=lambda fact: fact.entry.position)


def _stream_of(app: App, entry: Entry, words: tuple[str, ...]) -> Stream:
    """Return the engagement that *entry* stands in; refuse another one that was said."""
    number = entry.position
    if not entry.stream.startswith("engagement/"):
        raise Refused(f"#{number} was said to nobody: it stands in no engagement.", advice="engage log ENGAGEMENT")
    if len(words) > 1 and about(app, words, 1)[0] != entry.stream:
        raise Refused(f"#{number} stands in another engagement.", advice=f"engage ack {number} --by WHO")
    return entry.stream
