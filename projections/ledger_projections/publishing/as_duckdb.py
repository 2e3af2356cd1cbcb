"""One DuckDB file: tables with real types, and what each table and column means as its comment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from ledger_projections.publishing.apart import write as write_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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
SETTINGS: Mapping[str, Any] = {"threads": 1, "checkpoint_threshold": "8MB"}
MEMORY = (20, 32, 48, 64, 96, 256, 2_048)
"""Megabytes that DuckDB may use for what it reads and writes; where rows are so wide that these will not do, the next."""
GROUP = 2**20
"""Values of a row group: it holds as many before it writes them, and remembers where each row group is."""
STORAGE = "v1.4.0"
"""The oldest DuckDB that the extra `publish` allows: whatever newer one writes the file, this one reads it."""
VECTOR, LONGEST = 2_048, 122_880
"""Rows that a row group has a multiple of, and rows that it has at most."""


def write(folder: Path, content: Content) -> None:
    """Write the file into *folder*, from Parquet files: rows bound one by one take DuckDB a hundred times as long."""
    beside = folder / ".duckdb"
    beside.mkdir()
    parquet = folder / "parquet"
    if not parquet.exists():
        write_format("parquet", beside, content)
        parquet = beside / "parquet"
    _in_little_memory(beside, parquet, content.sheets).rename(folder / NAME)
    shutil.rmtree(beside)


def _in_little_memory(beside: Path, parquet: Path, sheets: Sequence[Sheet]) -> Path:
    """Write the file in as little memory as will do: begin anew with more, for what is there then is not sound."""
    import duckdb

    for megabytes in MEMORY:
        place = beside / f"{megabytes}"
        place.mkdir()
        said = {**SETTINGS, "memory_limit": f"{megabytes}MB", "temp_directory": str(place)}
        try:
            with duckdb.connect(config=said) as db:
                _write(db, place / NAME, parquet, sheets)
            break
        except duckdb.Error:  # some say so in reading, others in committing, others in detaching
            if megabytes == MEMORY[-1]:
                raise
    return place / NAME


def _write(db: Any, path: Path, parquet: Path, sheets: Sequence[Sheet]) -> None:  # noqa: ANN401 -- a connection of duckdb's
    # row groups that are smaller than those of the table written last it would put together, again and again
    for sheet in sorted(sheets, key=_row_group, reverse=True):
        # what it remembers of a table is let go before the next
        options = f"ROW_GROUP_SIZE {_row_group(sheet)}, STORAGE_VERSION {_text(STORAGE)}"
        db.execute(f"ATTACH {_text(str(path))} AS ledger ({options})")
        db.execute("USE ledger")
        db.execute("BEGIN")  # a thousand comments, each synced to the disk, would take seconds
        for statement in _statements(sheet):
            db.execute(statement)
        db.execute("COMMIT")
        db.execute(_filling(sheet, parquet / f"{sheet.name}.parquet"))
        db.execute("USE memory")
        db.execute("DETACH ledger")


def _filling(sheet: Sheet, rows: Path) -> str:
    names = ", ".join(f'"{column.name}"' for column in sheet.columns)
    return f'INSERT INTO "{sheet.name}" SELECT {names} FROM read_parquet({_text(str(rows))})'


def _row_group(sheet: Sheet) -> int:
    return min(GROUP // len(sheet.columns) // VECTOR * VECTOR, LONGEST)


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
