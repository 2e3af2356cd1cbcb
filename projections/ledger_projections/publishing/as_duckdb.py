"""One DuckDB file: tables with real types, and what each table and column means as its comment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from ledger_projections.publishing.as_jsonl import write_lines

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
SETTINGS: Mapping[str, Any] = {"memory_limit": "64MB", "threads": 1, "checkpoint_threshold": "8MB"}
"""So that a ledger of any size is written in the same memory: half of it is what DuckDB reads JSON with."""
ROW_GROUP = 8_192
"""Rows that it holds before it writes them."""
LONGEST = 16 * 2**20
"""Bytes of a line that it reads without being told that there are longer ones."""


def write(folder: Path, content: Content) -> None:
    """Write the file into *folder*, by way of JSON lines: rows that are bound one by one take DuckDB ten times as long."""
    import duckdb

    beside = folder / ".duckdb"
    beside.mkdir()
    with duckdb.connect(config={**SETTINGS, "temp_directory": str(beside)}) as db:
        db.execute(f"ATTACH {_text(str(folder / NAME))} AS ledger (ROW_GROUP_SIZE {ROW_GROUP})")
        db.execute("USE ledger")
        db.execute("BEGIN")  # a thousand comments, each synced to the disk, would take seconds
        for sheet in content.sheets:
            for statement in _statements(sheet):
                db.execute(statement)
        db.execute("COMMIT")
        for sheet in content.sheets:
            db.execute(_filling(sheet, beside, content))
        db.execute("USE memory")
        db.execute("DETACH ledger")
    shutil.rmtree(beside)


def _filling(sheet: Sheet, beside: Path, content: Content) -> str:
    """Write the rows of *sheet* as JSON lines, and return the SQL that reads them."""
    lines = beside / "rows.jsonl"
    longest = write_lines(lines, content, sheet)
    types = ", ".join(f"{_text(column.name)}: {_text(TYPES[column.type])}" for column in sheet.columns)
    names = ", ".join(f'"{column.name}"' for column in sheet.columns)
    how = f"format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = {max(longest, LONGEST)}"
    return f'INSERT INTO "{sheet.name}" SELECT {names} FROM read_json({_text(str(lines))}, {how})'


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
