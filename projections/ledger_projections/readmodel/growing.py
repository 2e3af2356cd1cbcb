"""Numbers that grow while something is open: rows that hold one say that they are `censored` (ADR 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from ledger.values import Stream


def growing(db: sqlite3.Connection, table: str) -> list[Stream]:
    """Return the streams of which *table* has rows whose numbers grow; none where it has no such column, or is not there."""
    if not db.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = 'censored'", (table,)).fetchone():
        return []
    sql = f'SELECT DISTINCT stream FROM "{table}" WHERE censored ORDER BY stream'
    return [stream for (stream,) in db.execute(sql)]
