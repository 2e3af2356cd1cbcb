"""A client who hears nothing while we talk more with people who are none yet (P30)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.days import day_words
from ledger_projections.portfolio.found import Found, command, newest, of_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.portfolio.gathered import Gathered

    Row = dict[str, Any]

SPAN = 90
"""Days that are held against as many before them."""


def neglected(gathered: Gathered) -> Iterator[Found]:
    """Yield a signal for each client of an open engagement to whom nothing was said for longer than our policy lets it."""
    if not any(_is_quiet(row, gathered.as_of) for row in gathered.part("talk")):
        return
    prospects = {row["stream"] for row in gathered.part("talk") if row["state"] == "prospect"}
    talk = gathered.talk(2 * SPAN, "minutes_once", "positions", more="engagement IS NOT NULL")
    made = [talk[stream] for stream in talk.keys() & prospects]
    now, before = (
        sum(row["minutes_once"] for pairs in made for age, row in pairs if age // SPAN == span) for span in (0, 1)
    )
    if now > before:
        newer = [some for pairs in made if (some := [row for age, row in pairs if age < SPAN])]
        last = [max(some, key=_last) for some in newer]
        every = [row for pairs in made for _, row in pairs]
        rows = [*last, newest(every), *of_private(every)]
        quiet = (row for row in gathered.part("talk") if _is_quiet(row, gathered.as_of))
        yield from (_found(row, [_last(each) for each in last], rows, now - before, gathered.as_of) for row in quiet)


def _last(row: Row) -> int:
    """Return the position of the newest contact of a row."""
    return int(max(row["positions"]))


def _is_quiet(row: Row, as_of: str) -> bool:
    return row["state"] == "client" and row["is_open"] and row["changes_at"] is not None and row["changes_at"] <= as_of


def _found(row: Row, prospects: Sequence[int], rows: Sequence[Row], more: int, as_of: str) -> Found:
    """Return the signal; it names our last word, and of each of the *prospects* the newest contact: P30 names the others."""
    day, _, clock = row["words"].partition("T")
    return Found(
        "A-neglected",
        "P30",
        row["stream"],
        row,
        "engagement",
        row["since"],
        says=f"nothing said since {day_words(day, as_of)} {clock}, and more to prospects",
        also=f"{more} minutes more with them in {SPAN} days than in the {SPAN} before",
        command=command(row, "contact", "--purpose check-in"),
        calendar=row["calendar"],
        positions=[row["position"], *prospects],
        rows=[row, *rows],
    )
