"""Portfolio: what is judged over all engagements, a row each thing that one of them, a client or our own side brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.table import Column, Row, Table
from ledger_projections.tables.brought import brought
from ledger_projections.whose import OURS_TOO, VISIBILITY, row_on, whose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

OWN = (
    Column("part", "text",
           "What it is: talk (how an engagement stands, and our last word in it), people (whom of the client we may reach),"
           " value (of the version in force), effort (of a milestone to be delivered), answer (to a question for feedback),"
           " lesson, capacity, reserves.", example="value"),
    Column("subject", "text", "What it is of, as a reference.", example="version:1"),
    Column("entry", "text", "Id of the entry that says it; null: several do, or none.", nullable=True),
    Column("position", "integer", "Its position.", nullable=True, example="12"),
    Column("since", "instant", "From when it stands; of talk: when our last word was.", nullable=True),
    Column("changes_at", "instant",
           "When time alone makes it another: of talk, from when the silence is longer than our policy lets it; of people,"
           " the next midnight at which somebody begins to be allowed to sign or accept, or ceases to (as of"
           " freshness.as_of).", nullable=True),
    Column("state", "text",
           "Of talk: client, from the first version that both signed, else prospect (as of freshness.as_of); of an answer:"
           " its round.", nullable=True, example="client"),
    Column("is_open", "boolean", "Of talk: 1 until the engagement is closed.", nullable=True),
    Column("first_on", "day", "The first day of what takes time: of an effort, null where it may begin any day.",
           nullable=True),
    Column("last_on", "day", "The last day of it: of an effort, the date in force.", nullable=True),
    Column("amount", "number", "How much: of an effort and of capacity, days; of reserves, months; of an answer, its score.",
           nullable=True, example="4"),
    Column("unit", "text", "The unit of that: days, months, or of 100.", nullable=True, example="days"),
    Column("minor", "integer", "Of a value: the amount.", "minor units", nullable=True),
    Column("currency", "text", "Its currency.", nullable=True, example="GBP"),
    Column("policy", "number", "The share that our policy sets for it (as of freshness.as_of).", nullable=True, example="0.4"),
    Column("zone", "text", "The zone in which its days are counted.", nullable=True, example="Europe/London"),
    Column("calendar", "text", "The calendar in which its time is.", nullable=True, example="default"),
    Column("words", "text",
           "Of talk: our last word on the wall clock of its zone; of an answer: what was asked; of a lesson: its source.",
           nullable=True, example="2025-06-06T09:00"),
    Column("details", "json",
           "Of people: who holds sign and accept today, and each contact with level, position and instant"
           " (as of freshness.as_of).", nullable=True),
    VISIBILITY,
)  # fmt: skip
NOTHING = {column.name: None for column in OWN}


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each thing that the stream brings."""
    for part, subject, facts, said, values in brought(view):
        own: dict[str, Scalar] = {"part": part, "subject": subject}
        by: dict[str, Scalar] = {"entry": said.entry.id, "position": said.entry.position} if said else {}
        yield row_on(facts, {**owner(view), **NOTHING, **values, **own, **by})


def owner(view: View) -> Mapping[str, Scalar]:
    """Return whose a row is; what is of our own side is nobody's."""
    if view.engagement is None and view.account is None:
        return dict.fromkeys(column.name for column in OURS_TOO)
    return whose(view)


TABLE = Table(
    "portfolio",
    "One row a thing that is judged with those of all others: a value in force, effort promised, an answer, our last word.",
    ("account", "engagement", "part", "subject"),
    (*OURS_TOO, *OWN),
    rows,
    frozenset({"engagement", "account", "practice"}),
    about=("subject", ""),
)
