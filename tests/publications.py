"""Publications read back as strangers read them, format by format: every cell as one plain value, to be compared."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
from ledger_projections.publishing.as_xlsx import cell
from pyarrow import parquet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


Cells = list[dict[str, Any]]
"""The rows of a table; instants and days as the text of the read model, booleans as True and False, JSON as what it says."""
Types = dict[str, str]


def types_in(folder: Path) -> dict[str, Types]:
    """Return the type of every column of every table, as the dictionary says it."""
    found: dict[str, Types] = {}
    for row in _sqlite(folder, "data_dictionary"):
        found.setdefault(row["table_name"], {})[row["column_name"]] = row["type"]
    return found


def cells(folder: Path, form: str, table: str, types: Types) -> Cells:
    """Return the rows of *table* as the format *form* has them."""
    read = READ[form]
    return [{name: plain(types[name], row[name]) for name in types} for row in read(folder, table)]


def as_a_workbook_holds(types: Types, rows: Cells) -> Cells:
    """Return *rows* of the SQLite file as a workbook holds them: long texts cut, instants to the millisecond."""
    return [{name: _held(types[name], row[name]) for name in types} for row in rows]


def _held(type_: str, value: Any) -> Any:
    if isinstance(value, str) and type_ in {"text", "json"}:
        return cell(value) or None
    if type_ == "instant" and value:
        return f"{value[:-4]}000Z"
    return plain(type_, value)


def plain(type_: str, value: Any) -> Any:
    """Return *value* as the same thing whichever reader gave it; nothing for an empty text, as CSV and workbooks have it."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        # a reader of workbooks has no days
        return moment.date().isoformat() if type_ == "day" else f"{moment.isoformat(timespec='microseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    return TYPED[type_](value) if type_ in TYPED else value


TYPED: Mapping[str, Callable[[Any], Any]] = {
    "boolean": lambda value: {True: True, False: False, "1": True, "0": False}[value],
    "integer": int,
    "number": float,
    "json": lambda value: json.loads(value) if isinstance(value, str) else value,
}


def unescaped(value: Any) -> Any:
    """Return a cell as Excel shows it: openpyxl leaves _xHHHH_ as it stands (ECMA-376, 22.9.2.19)."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def raw(folder: Path, table: str) -> Cells:
    """Return the rows of *table* as SQLite holds them."""
    return _sqlite(folder, table)


def _sqlite(folder: Path, table: str) -> Cells:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(f'SELECT * FROM "{table}" ORDER BY rowid')]


def _duckdb(folder: Path, table: str) -> Cells:
    return _duckdb_file(folder)[table]


@lru_cache(maxsize=2)
def _duckdb_file(folder: Path) -> Mapping[str, Cells]:
    with duckdb.connect(str(folder / "ledger.duckdb"), read_only=True) as db:
        db.execute("SET TimeZone = 'UTC'")
        names = [name for (name,) in db.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: db.sql(f'SELECT * FROM "{name}"').to_arrow_table().to_pylist() for name in names}


def _parquet(folder: Path, table: str) -> Cells:
    found: Cells = parquet.read_table(folder / "parquet" / f"{table}.parquet").to_pylist()
    return found


def _csv(folder: Path, table: str) -> Iterable[Mapping[str, Any]]:
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value.removeprefix("'") for name, value in row.items()}


def _jsonl(folder: Path, table: str) -> Iterable[Mapping[str, Any]]:
    for line in (folder / "jsonl" / f"{table}.jsonl").read_bytes().splitlines():
        yield json.loads(line)


def _xlsx(folder: Path, table: str) -> Iterable[Mapping[str, Any]]:
    head, *rows = _workbook(folder)[table]
    for row in rows:
        padded = [*row, *[None] * (len(head) - len(row))]
        yield {str(name).removesuffix(" (UTC)"): unescaped(value) for name, value in zip(head, padded, strict=True)}


@lru_cache(maxsize=2)
def _workbook(folder: Path) -> Mapping[str, Sequence[Sequence[Any]]]:
    book = openpyxl.load_workbook(folder / "ledger.xlsx", read_only=True)
    found = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    return found


READ: Mapping[str, Callable[[Path, str], Iterable[Mapping[str, Any]]]] = {
    "sqlite": _sqlite,
    "duckdb": _duckdb,
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
    "xlsx": _xlsx,
}
