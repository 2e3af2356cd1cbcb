"""The rows that are published, in a database of their own that no reader sees: every format is written from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column

BATCH = 512
"""Rows that are held at once."""


class Content:
    """The *sheets* whose rows are in the file *path*, open as *db*; of a sheet with a *chosen* table, the rows it names."""

    def __init__(
        self, db: sqlite3.Connection, path: str, sheets: Sequence[Sheet], chosen: Mapping[str, str] | None = None
    ) -> None:
        self.db, self.path, self.sheets, self.chosen = db, path, sheets, chosen or {}

    def rows(self, sheet: Sheet, say: Callable[[Column], str] | None = None) -> Iterator[tuple[Any, ...]]:
        """Return the rows of *sheet*, each column as it is, or as the SQL that *say* returns for it."""
        named = ", ".join(say(column) if say else f'"{column.name}"' for column in sheet.columns)
        return self.db.execute(f"SELECT {named} FROM {self.source(sheet)}")

    def batches(self, sheet: Sheet) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of *sheet*, some thousands at a time."""
        cursor = self.db.execute(f"SELECT * FROM {self.source(sheet)}")
        while rows := cursor.fetchmany(BATCH):
            yield rows

    def source(self, sheet: Sheet, schema: str = "main") -> str:
        """Return what stands behind FROM for the rows of *sheet*, in the order they were made."""
        chosen = self.chosen.get(sheet.name)
        only = f' WHERE rowid IN (SELECT place FROM {schema}."{chosen}")' if chosen else ""
        return f'{schema}."{sheet.name}"{only} ORDER BY rowid'

    def count(self, sheet: Sheet) -> int:
        """Return how many rows *sheet* has."""
        (found,) = self.db.execute(f"SELECT count(*) FROM (SELECT 1 FROM {self.source(sheet)})").fetchone()
        return int(found)
