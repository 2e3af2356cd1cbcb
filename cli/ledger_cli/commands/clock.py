"""`clock`: say that a stretch of entries was written down by a wrong clock, and by how much."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from ledger.calendars import shifted
from ledger.drafts import Draft
from ledger.errors import Malformed
from ledger.names import PRACTICE
from ledger_cli.asking.entries import entry_named
from ledger_cli.printing.times import say
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.canonical import JSON
    from ledger_cli.app import App

_OFFSET = re.compile(r"([+-])(?=\d)(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?(?:(\d{1,9})s)?")
_SECONDS = (86_400, 3_600, 60, 1)


@click.command()
@click.option("--from", "first", metavar="ENTRY", required=True, help="The first entry that the wrong clock wrote.")
@click.option("--to", "last", metavar="ENTRY", help="The last; the first alone, if left out.")
@click.option("--offset", metavar="TIME", required=True, help="What to add to their times: -1h where it ran ahead.")
@click.option("--because", metavar="TEXT", required=True, help="Why it was wrong, and how that is known.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def clock(app: App, *, first: str, last: str | None, offset: str, because: str, as_json: bool) -> None:
    """Put right when entries were written down; what their clock said stays in them, and is shown beside it.

    Where a stretch is covered twice, what was said later holds.

    \b
    engage clock --from #12 --to #14 --offset -1h --because "summer time was not set"
    engage clock --from 12 --offset +2d3h30m --because "the battery was flat"
    """
    begin = entry_named(app, first)
    end = entry_named(app, last) if last else begin
    seconds = _seconds(offset)
    data: dict[str, JSON] = {
        "first_position": begin.position,
        "last_position": end.position,
        "offset_seconds": seconds,
        "reason": because,
    }
    receipts = app.record(Draft("clock-corrected", PRACTICE, data))

    def after(model: ReadModel) -> After:
        written = {entry.position: entry.recorded for entry in (begin, end)}
        says = [
            f"#{position}: {say(was, app.zone)} by its clock, {say(shifted(was, seconds), app.zone)} put right"
            for position, was in written.items()
        ]
        return After(says)

    recorded(app, receipts, as_json=as_json, after=after, undoable=False)


def _seconds(text: str) -> int:
    match = _OFFSET.fullmatch(text.strip())
    parts = [int(part or 0) for part in match.groups()[1:]] if match else []
    total = sum(part * size for part, size in zip(parts, _SECONDS, strict=False))
    if match is None or total == 0:
        raise Malformed(f'"{text}" is no offset.', field="offset", advice="Write it as -1h, +15m or -2d3h30m.")
    return total if match[1] == "+" else -total
