"""Frames of pandas and polars over Parquet: each column of the type that the data dictionary declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.desk import page

if TYPE_CHECKING:
    from tests.tools.desk import Desk

PANDAS = {
    "text": "string",
    "json": "string",
    "moment": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "day": "date32[day][pyarrow]",
    "instant": "timestamp[us, tz=UTC][pyarrow]",
}
POLARS = {
    "text": "String",
    "json": "String",
    "moment": "String",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "Boolean",
    "day": "Date",
    "instant": "Datetime(time_unit='us', time_zone='UTC')",
}


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_the_page_answers_as_written(name: str, desk: Desk) -> None:
    pytest.importorskip(name, reason=f"{name} is not installed: pip install {name}")

    assert "***Test Failed***" not in (said := desk.examples(page(name))), said
    assert "Test passed." in said


def test_polars_has_every_column_in_its_type(desk: Desk) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: pip install polars")

    found = {
        (path.stem, column): str(kind)
        for path in (desk.current / "parquet").glob("*.parquet")
        for column, kind in polars.read_parquet_schema(path).items()
    }

    declared = polars.read_parquet(desk.current / "parquet" / "data_dictionary.parquet")
    assert found == {(row["table_name"], row["column_name"]): POLARS[row["type"]] for row in declared.to_dicts()}
