"""Rows as Arrow record batches with real types: what Parquet is written from.

text, json, moment  utf8        integer  int64       number  float64 (the doubles that every other format has)
boolean             bool        day      date32      instant timestamp[us, UTC]
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column, ColumnType

TYPES: Mapping[ColumnType, Any] = {
    "text": pa.string(),
    "json": pa.string(),
    "moment": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "day": pa.date32(),
    "instant": pa.timestamp("us", "UTC"),
}
READ: Mapping[ColumnType, Callable[[Any], Any]] = {
    "boolean": bool,
    "day": date.fromisoformat,
    "instant": datetime.fromisoformat,
}
"""What makes a value of how SQLite holds it, where that is another: pyarrow's casts take 10 MB to begin with."""


def schema(sheet: Sheet) -> Any:  # noqa: ANN401 -- a pyarrow.Schema
    """Return the schema of *sheet*, in which every column says what it means."""
    return pa.schema(map(_field, sheet.columns), metadata={"description": sheet.description})


def batches(content: Content, sheet: Sheet) -> Iterator[Any]:
    """Yield the rows of *sheet* as record batches."""
    shape = schema(sheet)
    for rows in content.batches(sheet):
        arrays = map(_array, sheet.columns, zip(*rows, strict=True))
        yield pa.RecordBatch.from_arrays([*arrays], schema=shape)


def _array(column: Column, values: Iterable[Any]) -> Any:  # noqa: ANN401 -- a pyarrow.Array
    if read := READ.get(column.type):
        values = [None if value is None else read(value) for value in values]
    return pa.array(values, TYPES[column.type])


def _field(column: Column) -> Any:  # noqa: ANN401 -- a pyarrow.Field
    said = {"type": column.type, "description": column.description, "unit": column.unit, "example": column.example}
    metadata = {name: value for name, value in said.items() if value}
    return pa.field(column.name, TYPES[column.type], nullable=column.nullable, metadata=metadata)
