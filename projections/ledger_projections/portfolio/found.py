"""A signal over all engagements as a row of the table `signals`, made without what folds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_projections.portfolio.gathered import WHOSE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Row = dict[str, Any]

PORTFOLIO: Mapping[str, int] = {
    "A-overcommitted": 3,
    "A-neglected": 4,
    "A-unlearned": 8,
    "A-single-contact": 10,
    "A-dependency": 10,
}
"""Their ranks: three stand beside their like, a date that will not be kept, silence, what follows from an answer; the two
that no act of a morning clears are for the week."""


class Found(NamedTuple):
    """One signal: *whose* row it is, the *positions* of the entries behind it, and the *rows* that it depends on."""

    signal: str
    practice: str
    stream: str
    whose: Mapping[str, Any]
    subject: str
    raised: str
    says: str
    also: str
    command: str
    positions: Iterable[int]
    rows: Sequence[Row]
    counts_from: str | None = None
    deadline: str | None = None
    occurrence: str = ""
    calendar: str = "default"

    def row(self) -> Row:
        """Return it as the table has it once it is raised, but for the twins in seconds."""
        positions = sorted({*self.positions})
        return {
            "stream": self.stream,
            **{name: self.whose.get(name) for name in WHOSE},
            **{name: getattr(self, name) for name in _OWN},
            "rank": PORTFOLIO[self.signal],
            "raised_at": self.raised,
            "since": self.counts_from or self.raised,
            "cleared_at": None,
            "visibility": visibility_of(self.rows),
            "positions": positions,
            **standing_on(self.rows, positions),
        }


def standing_on(rows: Collection[Row], positions: Sequence[int]) -> Row:
    """Return what the runner keeps of a row that depends on *rows*, and names the entries at some *positions*."""
    last = newest(rows)
    named = {*positions}
    said = (pair for row in rows for pair in zip(row["positions"], row["entries"], strict=True))
    known = {position: entry for position, entry in said if position in named}
    return {
        "entries": [known[position] for position in positions],
        "last_position": last["last_position"],
        "updated_at": last["updated_at"],
        "tombstone": False,
    }


def visibility_of(rows: Iterable[Row]) -> str:
    """Return `private` where any of *rows* is; else `shared`."""
    return "private" if any(map(_is_private, rows)) else "shared"


def of_private(rows: Iterable[Row]) -> list[Row]:
    """Return the first of *rows* that is private, if one is: enough to say so of what is reckoned of all of them."""
    return [row for row in rows if _is_private(row)][:1]


def newest(rows: Iterable[Row]) -> Row:
    """Return the row that depends on the newest entry."""
    return max(rows, key=lambda row: int(row["last_position"]))


_OWN = ("signal", "subject", "occurrence", "practice", "deadline", "calendar", "says", "also", "command")


def command(row: Mapping[str, Any], verb: str, *words: str) -> str:
    """Return a command about the engagement of *row*, else about its account."""
    if row["engagement"] is not None:
        return " ".join(("engage", verb, named(row), *words))
    return " ".join(("engage", verb, *words, "--account", named(row)))


def named(row: Mapping[str, Any]) -> str:
    """Return what people call the engagement of *row*, else its account."""
    if row["engagement"] is not None:
        return str(row["engagement_alias"] or row["engagement"])
    return str(row["account_alias"] or row["account"])


def _is_private(row: Row) -> bool:
    return bool(row["visibility"] == "private")
