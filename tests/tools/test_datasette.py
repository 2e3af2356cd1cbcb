"""Datasette over the SQLite file: rows, facets and meanings, read back through its JSON API."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from tests.tools.desk import page, program, unkept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.tools.desk import Desk
    from tests.transcripts import Step

    Get = Callable[[str], Any]

pytestmark = [
    pytest.mark.skipif(program("datasette") is None, reason="Datasette is not installed: pip install 'datasette<1'"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
]


@pytest.fixture(scope="module")
def steps(desk: Desk) -> list[Step]:
    return desk.typed(page("datasette"))


@pytest.fixture(scope="module")
def get(desk: Desk, steps: list[Step]) -> Get:
    def get(path: str) -> Any:
        with urlopen(f"http://127.0.0.1:{desk.port}{path}", timeout=20) as answer:
            return json.load(answer)

    return get


@pytest.fixture(scope="module")
def file(desk: Desk) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{desk.current}/ledger.sqlite?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        yield db


def test_the_page_answers_as_written(steps: list[Step]) -> None:
    assert unkept(steps) == []


def test_every_table_has_all_its_rows(desk: Desk, get: Get) -> None:
    counts = json.loads((desk.current / "stamp.json").read_text())["tables"]

    assert {name: get(f"/ledger/{name}.json?_size=0")["filtered_table_rows_count"] for name in counts} == counts


@pytest.mark.parametrize("table", ["slips", "requests", "metrics"])
def test_rows_are_those_of_the_file(table: str, get: Get, file: sqlite3.Connection) -> None:
    rows = get(f"/ledger/{table}.json?_shape=array&_size=1000")

    assert rows == [dict(row) for row in file.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')]


def test_facets_count_what_people_look_for(get: Get, file: sqlite3.Connection) -> None:
    facets = get("/ledger/signals.json?_size=0&_facet_size=50")["facet_results"]

    counted = {facet["value"]: facet["count"] for facet in facets["signal"]["results"]}
    assert counted == Counter(name for (name,) in file.execute("SELECT signal FROM signals"))
    assert "engagement_alias" in facets


def test_every_table_and_column_says_what_it_means(get: Get, file: sqlite3.Connection) -> None:
    tables = get("/-/metadata.json")["databases"]["ledger"]["tables"]

    said = {(name, column): text for name, table in tables.items() for column, text in table["columns"].items()}
    meant = {
        (row["table_name"], row["column_name"]): row["description"] + (f" ({row['unit']})" if row["unit"] else "")
        for row in file.execute("SELECT * FROM data_dictionary")
    }
    assert said == meant
    assert all(table["description"] for table in tables.values())
