"""Rows as Arrow record batches with real types: what Parquet and DuckDB are written from.

text, json, moment  utf8        integer  int64       number  float64 (the doubles that every other format has)
boolean             bool        day      date32      instant timestamp[us, UTC]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
_WRITTEN = {"boolean": pa.int64(), "day": pa.string(), "instant": pa.string()}
"""How SQLite holds what is then cast."""


def schema(sheet: Sheet) -> Any:  # noqa: ANN401 -- a pyarrow.Schema
    """Return the schema of *sheet*, in which every column says what it means."""
    return pa.schema([_field(column) for column in sheet.columns], metadata={"description": sheet.description})


def batches(content: Content, sheet: Sheet) -> Iterator[Any]:
    """Yield the rows of *sheet* as record batches."""
    shape = schema(sheet)
    for rows in content.batches(sheet):
        columns = zip(sheet.columns, zip(*rows, strict=True), strict=True)
        yield pa.record_batch([_array(column, values) for column, values in columns], schema=shape)


def _field(column: Column) -> Any:  # noqa: ANN401 -- a pyarrow.Field
    said = {"type": column.type, "description": column.description, "unit": column.unit, "example": column.example}
    metadata = {name: value for name, value in said.items() if value}
    return pa.field(column.name, TYPES[column.type], nullable=column.nullable, metadata=metadata)


def _array(column: Column, values: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- a pyarrow.Array
    type_ = TYPES[column.type]
    return pa.array(values, _WRITTEN.get(column.type, type_)).cast(type_)
