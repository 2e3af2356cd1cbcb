"""Rows that others are made of, put aside while streams are folded: in a file that is gone with them, not in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from ledger_projections.readmodel.filling import create
from ledger_projections.readmodel.reread import reading_again
from ledger_projections.readmodel.schema import columns
from ledger_projections.readmodel.schema import create as created

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from types import TracebackType

    from ledger_projections.portfolio.gathered import Read
    from ledger_projections.readmodel.shape import Kept, Shape
    from ledger_projections.table import Table


class Aside:
    """The rows of some *tables*; a context manager."""

    def __init__(self, tables: Collection[Table]) -> None:
        self._names = {table.name for table in tables}
        self._db = create("")  # a private file of SQLite's, which nobody else sees
        self._db.execute("BEGIN")
        for table in tables:
            self._db.execute(created(table.name, columns(table)))
        self.read: Read = reading_again(self._db.execute, tables)
        """Finds what was put there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def put(self, shape: Shape, rows: Iterable[Kept]) -> None:
        """Put *rows* there, if their table is one of them."""
        if shape.table.name in self._names:
            self._db.executemany(shape.append, map(shape.twinned, rows))
