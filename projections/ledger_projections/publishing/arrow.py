"""Rows as Arrow record batches with real types: what Parquet is written from.

text, json, moment  utf8        integer  int64       number  float64 (the doubles that every other format has)
boolean             bool        day      date32      instant timestamp[us, UTC]
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
from pyarrow import json

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
_WRITTEN = {**TYPES, "boolean": pa.int64(), "day": pa.string(), "instant": pa.string()}
"""How SQLite holds what is then cast."""


def schema(sheet: Sheet) -> Any:  # noqa: ANN401 -- a pyarrow.Schema
    """Return the schema of *sheet*, in which every column says what it means."""
    return pa.schema([_field(column, TYPES) for column in sheet.columns], metadata={"description": sheet.description})


def batches(content: Content, sheet: Sheet) -> Iterator[Any]:
    """Yield the rows of *sheet* as record batches, by way of JSON.

    Arrays made of Python's values make pyarrow import pandas where it is installed: 60 MB, to ask whether a list is a series.
    """
    shape, written = schema(sheet), pa.schema([_field(column, _WRITTEN) for column in sheet.columns])
    how = json.ParseOptions(explicit_schema=written, unexpected_field_behavior="error")
    names = shape.names
    for rows in content.batches(sheet):
        lines = b"\n".join(orjson.dumps(dict(zip(names, row, strict=True))) for row in rows)
        whole = json.ReadOptions(use_threads=False, block_size=len(lines) + 1)
        yield from json.read_json(io.BytesIO(lines), whole, how).select(names).cast(shape).to_batches()


def _field(column: Column, types: Mapping[ColumnType, Any]) -> Any:  # noqa: ANN401 -- a pyarrow.Field
    said = {"type": column.type, "description": column.description, "unit": column.unit, "example": column.example}
    metadata = {name: value for name, value in said.items() if value}
    return pa.field(column.name, types[column.type], nullable=column.nullable, metadata=metadata)
