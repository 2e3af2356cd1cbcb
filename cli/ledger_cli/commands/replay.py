"""`replay`: what we knew then, what was so then, what has changed since and by whom, entry by entry (domain 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.in_words.corners import asked, question
from ledger_cli.printing.output import document, page
from ledger_cli.printing.safe import safe
from ledger_cli.reading.past import past
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.app import App
    from ledger_cli.reading.past import Past

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]


@click.command()
@click.argument("engagement")
@click.option("--diff", is_flag=True, help="What has changed since, and by whom.")
@click.option("--with-known-on", metavar="WHEN", help="Compare with what was known then, not with what is known now.")
@click.option("--step", is_flag=True, help="Entry by entry: what each changed.")
@click.option("--from", "first", metavar="ENTRY", help="Step from this entry on.")
@click.option("--to", "last", metavar="ENTRY", help="Step up to this entry.")
@click.option("--private", is_flag=True, help="Show what is private too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@past
@click.pass_obj
def replay(app: App, /, *, engagement: str, past: Past, **options: Any) -> None:  # noqa: ANN401 -- click's options
    """Show an engagement as it was known, and as it was, at a moment of the past.

    \b
    engage replay northwind --as-known-on 2025-06-30            what we knew then
    engage replay northwind --as-true-on 2025-06-30             what was so then, as we know now
    engage replay northwind --as-known-on 2025-06-30 --diff     what has changed since, and by whom
    engage replay northwind --as-known-on 2025-06-10 --with-known-on 2025-06-30 --diff
    engage replay northwind --step --from 16 --to 24            entry by entry, what each changed
    """
    _check(past, options)
    reading = Reading(app, past)
    found = reading.engagement(engagement)
    if options["step"]:
        _step(app, reading, past, found, options)
    elif options["diff"] or options["with_known_on"]:
        _diff(app, past, found, options)
    else:
        _state(app, reading, past, found, options)


def _check(past: Past, options: Mapping[str, Any]) -> None:
    differing = options["diff"] or options["with_known_on"]
    if differing and past.as_known_on is None:
        raise click.UsageError("--diff compares with what is known now: say from when, --as-known-on WHEN.")
    if differing and options["step"]:
        raise click.UsageError("--diff compares two moments, --step shows all between: one of them.")
    if (options["first"] or options["last"]) and not options["step"]:
        raise click.UsageError("--from and --to are for --step.")


def _state(app: App, reading: Reading, past: Past, found: Row, options: Mapping[str, Any]) -> None:
    from ledger_projections.differing import TABLES
    from ledger_projections.differing.put_right import TABLE as CORRECTIONS
    from ledger_projections.replaying.snapshot import snapshot

    from ledger_cli.recounting.state import counted_out, shown

    tables = [*TABLES.values(), CORRECTIONS]
    every = snapshot(app.reader, reading.replay, reading.as_of, tables, engagement=found["engagement"])
    state, withheld = shown(every, private=options["private"])
    if options["as_json"]:
        extra = {"engagement": found["engagement_alias"], "withheld": withheld}
        document({**asked(reading, past), **extra, **state})
        return
    page([*_told(app, reading, past, found, state), *counted_out(withheld)])


def _told(app: App, reading: Reading, past: Past, found: Row, state: Rows) -> Iterator[str]:
    from ledger_cli.recounting.claims import claimed
    from ledger_cli.recounting.state import recounted

    title = next((row["title"] for row in state["engagement_status"]), None) or ""
    yield f"{safe(found['engagement_alias'] or found['engagement'])}{f'  {safe(title)}' if title else ''}"
    yield question(reading, past)
    yield ""
    if state["engagement_status"]:
        yield from recounted(reading, state)
        return
    stream = f"engagement/{found['engagement']}"
    entries = reading.replayed("entries", engagement=found["engagement"])["entries"]
    own = [row for row in entries if row["stream"] == stream and row["claimedtime"]]
    (opened,) = Reading(app).rows("entries", {"stream": stream, "type": "engagement-opened"})
    yield from claimed(reading, str(opened["recorded"]), own)


def _diff(app: App, past: Past, found: Row, options: Mapping[str, Any]) -> None:
    from ledger_projections.differing import Moments, difference

    from ledger_cli.in_words.changes import as_json, told
    from ledger_cli.recounting.state import counted_out

    reading = Reading(app, past._replace(as_true_on=past.as_true_on or past.as_known_on))
    then, now = str(reading.known_on), reading.known_by(options["with_known_on"])
    if now is not None and now < then:
        raise click.UsageError("--with-known-on comes after --as-known-on.")
    as_of = min(str(reading.true_on), now or app.now)
    every = difference(app.reader, found["engagement"], Moments(then, now, reading.true_on, as_of, past.trust_claimed))
    shown, withheld = (every, 0) if options["private"] else every.shown()
    if options["as_json"]:
        times = {"with_known_on": now, "engagement": found["engagement_alias"], "withheld": withheld}
        document({**asked(reading, past), **times, "changes": as_json(shown)})
        return
    sides = f"as known on {reading.said(then)}", f"as known on {reading.said(now)}" if now else "as known now"
    page([*told(reading, shown, *sides), *counted_out(withheld)])


def _step(app: App, reading: Reading, past: Past, found: Row, options: Mapping[str, Any]) -> None:
    from ledger_cli.recounting.stepping import step_through
    from ledger_cli.recounting.steps import Steps

    steps = Steps(app, reading, found["engagement"], private=options["private"])
    chosen = steps.between(options["first"], options["last"])
    if options["as_json"]:
        entries = [steps.written(number) for number in chosen]
        document({**asked(reading, past), "engagement": found["engagement_alias"], "entries": entries})
        return
    step_through(app, steps, chosen)
