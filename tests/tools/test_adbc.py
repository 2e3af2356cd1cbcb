"""ADBC: Arrow tables out of the SQLite and the DuckDB file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.tools.desk import page

if TYPE_CHECKING:
    from tests.tools.desk import Desk

TYPES = {"integer": "int64", "boolean": "int64", "number": "double"}
"""What SQLite has of the types that are declared; all else is text."""


def test_the_page_answers_as_written(desk: Desk) -> None:
    pytest.importorskip("adbc_driver_duckdb.dbapi", reason="DuckDB's driver is not there: pip install duckdb")
    pytest.importorskip("adbc_driver_sqlite", reason="not installed: pip install adbc-driver-sqlite")

    assert "***Test Failed***" not in (said := desk.examples(page("adbc"))), said
    assert "Test passed." in said


def test_every_table_comes_whole_out_of_sqlite(desk: Desk) -> None:
    dbapi = pytest.importorskip("adbc_driver_sqlite.dbapi", reason="not installed: pip install adbc-driver-sqlite")
    counts = json.loads((desk.current / "stamp.json").read_text())["tables"]

    with dbapi.connect(f"file:{desk.current}/ledger.sqlite?mode=ro") as ledger, ledger.cursor() as cursor:
        tables = {name: cursor.execute(f'SELECT * FROM "{name}"').fetch_arrow_table() for name in counts}

    assert {name: table.num_rows for name, table in tables.items()} == counts
    for row in tables["data_dictionary"].to_pylist():
        column = tables[row["table_name"]][row["column_name"]]
        if column.null_count < len(column):  # where there is no value, the driver cannot know
            assert str(column.type) == TYPES.get(row["type"], "string"), row
