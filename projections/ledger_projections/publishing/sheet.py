"""What is published under one name: columns of declared types, and what tells its rows apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_projections.readmodel.schema import DESCRIPTIONS, DICTIONARY, FRESHNESS, STREAM, columns, with_twins
from ledger_projections.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger_projections.table import Table

WITHHELD = (
    Column("position", "integer", "the number of an entry that this reader is not shown", example="12"),
    Column("reason", "text", "private, privileged, or what it goes with", example="private"),
)
STAMPED = (
    Column("origin", "text", "the ledger that the tables are of", example="ledger.example/engagements/k7h2"),
    Column("reader", "text", "whom the tables are made for", example="analyst"),
    Column("withheld", "integer", "how many entries that reader is not shown, and nothing here is derived from"),
    Column("as_known_on", "instant", "the tables are as known then; null: as known now", nullable=True),
)
"""What a publication says beside what the read model does."""


class Sheet(NamedTuple):
    """A table as it is published."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def places(self, *types: str) -> list[int]:
        """Return the places of the columns of these *types*."""
        return [place for place, column in enumerate(self.columns) if column.type in types]


SAID = (
    Sheet("withheld", "what this reader is not shown: a row an entry", ("position",), WITHHELD),
    Sheet("freshness", DESCRIPTIONS["freshness"], ("position",), tuple(with_twins((*FRESHNESS, *STAMPED)))),
    Sheet("data_dictionary", DESCRIPTIONS["data_dictionary"], ("table_name", "column_name"), DICTIONARY),
)
"""What says where the tables come from, what is missing in them, and what they mean."""


def sheets_of(tables: Iterable[Table]) -> list[Sheet]:
    """Return *tables* as they are published."""
    return [Sheet(table.name, table.description, _key(table), columns(table)) for table in tables]


def dictionary(published: Sequence[Sheet]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the data dictionary of all that is *published*."""
    for sheet in published:
        for c in sheet.columns:
            yield sheet.name, c.name, c.type, c.unit, int(c.nullable), c.description, c.example


def _key(table: Table) -> tuple[str, ...]:
    return table.key if STREAM.name in table.key else (STREAM.name, *table.key)
