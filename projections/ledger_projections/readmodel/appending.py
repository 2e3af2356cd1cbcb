"""Rows written where none are yet: behind each other, many at a time, and nothing looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.readmodel.streams import STREAM

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from ledger_projections.readmodel.shape import Kept, Key, Shape
    from ledger_projections.readmodel.streams import State

MANY = 1_000
"""Rows of a table that are written at once."""


class Appending:
    """A writer into the empty tables of *db*; what it was given last is there once it is flushed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[Shape, list[Kept]] = {}
        self._streams: list[State] = []

    def rows(self, shape: Shape, rows: Mapping[Key, Kept]) -> None:
        """Take the rows of a table."""
        if rows:
            held = self._rows.setdefault(shape, [])
            held.extend(map(shape.twinned, rows.values()))
            if len(held) >= MANY:
                self._write(shape, held)

    def stream(self, state: State) -> None:
        """Take what is noted of a stream."""
        self._streams.append(state)
        if len(self._streams) >= MANY:
            self._note()

    def flush(self) -> None:
        """Write all that is held."""
        for shape, held in self._rows.items():
            self._write(shape, held)
        self._note()

    def _write(self, shape: Shape, held: list[Kept]) -> None:
        self._db.executemany(shape.append, held)
        held.clear()

    def _note(self) -> None:
        self._db.executemany(STREAM, self._streams)
        self._streams.clear()
