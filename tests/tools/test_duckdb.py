"""DuckDB over its own file and over Parquet: the same rows, with the types that the data dictionary declares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.tools.desk import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tools.desk import Desk

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")

TYPES = {
    "text": "VARCHAR",
    "json": "JSON",
    "moment": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "day": "DATE",
    "instant": "TIMESTAMP WITH TIME ZONE",
}


@pytest.fixture(scope="module")
def file(desk: Desk) -> Iterator[Any]:
    with duckdb.connect(str(desk.current / "ledger.duckdb"), read_only=True) as db:
        yield db


def test_the_page_answers_as_written(desk: Desk) -> None:
    assert "***Test Failed***" not in (said := desk.examples(page("duckdb"))), said
    assert "Test passed." in said


def test_a_duckdb_older_than_the_one_that_wrote_the_file_reads_it(file: Any) -> None:
    written = file.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'ledger'")

    assert written.fetchall() == [("v1.4.0+",)]


def test_every_column_has_its_type_and_says_what_it_means(file: Any) -> None:
    found = file.execute("SELECT table_name, column_name, data_type, comment FROM duckdb_columns()").fetchall()

    declared = file.execute("SELECT table_name, column_name, type, description, unit FROM data_dictionary").fetchall()
    assert {row for row in found if row[3]} == {
        (table, column, TYPES[kind], text + (f" ({unit})" if unit else ""))
        for table, column, kind, text, unit in declared
    }


def test_parquet_has_the_rows_of_the_file_and_its_types(desk: Desk, file: Any) -> None:
    for name, count in json.loads((desk.current / "stamp.json").read_text())["tables"].items():
        places = f"'{desk.current}/parquet/{name}.parquet'", name
        types, same = ([row[:2] for row in file.execute(f"DESCRIBE FROM {place}").fetchall()] for place in places)
        assert types == [(column, kind.replace("JSON", "VARCHAR")) for column, kind in same]

        # DuckDB writes JSON without spaces
        said = ", ".join(f"json({column})" if kind == "JSON" else column for column, kind in same)
        here, there = (f"(SELECT {said} FROM {place})" for place in places)
        differing = f"({here} EXCEPT ALL {there}) UNION ALL ({there} EXCEPT ALL {here})"
        assert file.execute(f"SELECT count(*) FROM ({differing})").fetchone() == (0,), name
        assert file.execute(f"SELECT count(*) FROM {name}").fetchone() == (count,)
