"""Rows are printed as they are read: however many there are, few are held."""

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from ledger_cli.printing.output import json_document
from ledger_cli.printing.rows import Mode, listing
from ledger_projections.readmodel.store import ReadModel

from ledger.errors import Unreachable

MANY = 5_000
READ: Mapping[Mode, Callable[[str], list[Any]]] = {
    "json": lambda text: [row["n"] for row in json.loads(text)["rows"]],
    "jsonl": lambda text: [json.loads(line)["n"] for line in text.splitlines()],
    "csv": lambda text: [int(row["n"]) for row in csv.DictReader(io.StringIO(text))],
}


class Noting(io.StringIO):
    """An output that notes how many rows had been read when it was first written to."""

    def __init__(self) -> None:
        super().__init__()
        self.taken, self.first = 0, -1

    def write(self, text: str) -> int:
        self.first = self.taken if self.first < 0 and len(self.getvalue()) > 0 else self.first
        return super().write(text)


@pytest.mark.parametrize("mode", READ)
def test_rows_are_written_before_the_last_is_read(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    out = Noting()
    monkeypatch.setattr(sys, "stdout", out)

    def rows() -> Iterator[dict[str, Any]]:
        for out.taken in range(1, MANY + 1):
            yield {"n": out.taken, "text": "x" * 20}

    listing(rows(), ["n", "text"], mode, about={"table": "t"})

    assert 0 <= out.first < MANY
    assert READ[mode](out.getvalue()) == [*range(1, MANY + 1)]


@pytest.mark.parametrize("rows", [[], [{}], [{"n": 1}], [{"n": 1, "of": {"a": [1, 2]}}, {"n": [{"b": None}]}]])
def test_a_document_of_rows_that_come_one_by_one_is_that_of_all(rows: list[Any]) -> None:
    assert json_document({"rows": iter(rows)}) == json_document({"rows": rows})


def test_a_file_that_is_damaged_on_the_way_is_made_anew_and_says_so() -> None:
    whole = sqlite3.connect(":memory:")
    model = ReadModel(whole, lambda: sqlite3.connect(":memory:"))
    model.connection = Damaged()  # type: ignore[assignment]

    with pytest.raises(Unreachable, match="made anew"):
        [*model.scan("t")]

    assert isinstance(model.connection, sqlite3.Connection)


class Damaged:
    """A connection to tables of which only the dictionary can be read."""

    def execute(self, sql: str, values: object = ()) -> Any:
        if "data_dictionary" in sql:
            return sqlite3.connect(":memory:").execute("SELECT 'n', 'integer'")
        error = sqlite3.DatabaseError("malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    def close(self) -> None:
        """Let go of nothing."""
