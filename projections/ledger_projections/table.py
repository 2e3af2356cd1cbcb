"""What a table of the read model is: columns that say what they mean, and a function from what is known to rows.

A table is a pure function of facts and `as_of`: nothing here reads a clock or a database. Each row names the facts it
stands on; the runner adds to every row

    positions       JSON array of the positions of those facts, and `entries`, of their ids
    last_position   the newest entry that the row depends on: the key for incremental readers
    updated_at      when that entry was recorded
    tombstone       1 for a row that no longer stands because what it stood on was withdrawn
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.portfolio.gathered import Gathered
    from ledger_projections.view import View

    Scalar = str | int | bool | Decimal | None

ColumnType = Literal["text", "integer", "number", "boolean", "day", "instant", "moment", "json"]
"""`instant` is RFC 3339 UTC and has a twin `…_unix` in seconds; `moment` is a day or an instant, with the same twin."""


class Column(NamedTuple):
    """One column: its *type*, *unit* and meaning, as the data dictionary shows them."""

    name: str
    type: ColumnType
    description: str
    unit: str = ""
    nullable: bool = False
    example: str = ""


class Row(NamedTuple):
    """The values of one row, and the facts that it stands on."""

    values: Mapping[str, Scalar]
    facts: Sequence[Fact[Any]]


class Table(NamedTuple):
    """One table: its *key* columns tell its rows apart; *rows* makes those of one stream."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[View], Iterable[Row]]
    streams: frozenset[str] = frozenset({"engagement"})
    """The kinds of stream that have rows in it."""
    about: tuple[str, str] = ("", "")
    """A column that names the thing a row is about, and what goes before that name: `slip`, `slip:`. Rows of a table that
    has none are all made anew whenever their stream has changed."""
    newer: Callable[[View, int], Iterable[Row]] | None = None
    """Where time changes no row, and an entry none but its own unless it governs: the rows of entries after a position."""
    unread: frozenset[type[Event]] = frozenset()
    """Types of entry that no row says anything of: where only tables are made that say nothing of them, they are not read."""
    counts: bool = False
    """Whether its rows count entries whatever they say: a replay, which chooses among them, leaves none out for it."""
    over_all: Callable[[Gathered], Iterable[Mapping[str, Any]]] | None = None
    """Makes the rows that stand on several streams, or on the day alone, when the table is read (ADR 22)."""

    def named(self, things: Collection[str]) -> list[str]:
        """Return the names of those of *things* that rows of the table are about."""
        prefix = self.about[1]
        return [thing.removeprefix(prefix) for thing in things if thing.startswith(prefix)]


def unread_by(tables: Collection[Table]) -> frozenset[str]:
    """Return the stored names of the types that none of *tables* says anything of."""
    common = frozenset.intersection(*(table.unread for table in tables)) if tables else frozenset()
    return frozenset(kind.stored_name for kind in common)
