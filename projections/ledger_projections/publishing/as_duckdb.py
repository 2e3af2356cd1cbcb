"""One DuckDB file: tables with real types, and what each table and column means as its comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column, ColumnType

NAME = "ledger.duckdb"
TYPES: Mapping[ColumnType, str] = {
    "text": "VARCHAR",
    "json": "JSON",
    "moment": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "day": "DATE",
    "instant": "TIMESTAMP WITH TIME ZONE",
}
SETTINGS: Mapping[str, Any] = {"memory_limit": "48MB", "threads": 1, "checkpoint_threshold": "8MB"}
"""So that a ledger of any size is written in the same memory."""


def write(folder: Path, content: Content) -> None:
    """Write the file into *folder*."""
    import duckdb

    from ledger_projections.publishing.arrow import batches

    with duckdb.connect(str(folder / NAME), config={**SETTINGS, "temp_directory": str(folder / ".duckdb")}) as db:
        for sheet in content.sheets:
            for statement in _statements(sheet):
                db.execute(statement)
            for batch in batches(content, sheet):
                db.register("batch", batch)
                db.execute(f'INSERT INTO "{sheet.name}" SELECT * FROM batch')
                db.unregister("batch")


def _statements(sheet: Sheet) -> Iterator[str]:
    declared = ", ".join(map(_declared, sheet.columns))
    yield f'CREATE TABLE "{sheet.name}" ({declared})'
    yield f'COMMENT ON TABLE "{sheet.name}" IS {_text(sheet.description)}'
    for column in sheet.columns:
        said = column.description + (f" ({column.unit})" if column.unit else "")
        yield f'COMMENT ON COLUMN "{sheet.name}"."{column.name}" IS {_text(said)}'


def _declared(column: Column) -> str:
    return f'"{column.name}" {TYPES[column.type]}' + ("" if column.nullable else " NOT NULL")


def _text(text: str) -> str:
    """Return *text* as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
