"""`datapackage.json`: the CSV files, or else the JSON lines, as a Frictionless Data Package with a Table Schema each.

Data Package v1, https://specs.frictionlessdata.io/data-package/ and /table-schema/.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger_projections.publishing.about import About
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column, ColumnType

TYPES: Mapping[ColumnType, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
    "day": {"type": "date"},
    "instant": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S.%fZ"},
    "moment": {"type": "string"},
    "json": {"type": "any"},
}
"""How Table Schema calls each type of column; JSON may be a list or an object, so it is `any`."""
UNDONE = (
    "A text in a CSV file that begins with one of = + - @ or their wide forms, also behind spaces and what nobody sees, or"
    " with an apostrophe, a tab or a line break, has one apostrophe before it, so that no spreadsheet runs it. Take one away"
    " where a text begins with one. Numbers are as they are."
    " Nothing and an empty text are both an empty cell; where a column is not nullable, it is an empty text."
)
"""What was done to texts in CSV, and how it is undone."""
_FORMATS = {"csv": "text/csv", "jsonl": "application/jsonl"}


def files(about: About) -> Iterator[tuple[str, str]]:
    """Yield the package, if there is a file that it can describe."""
    form = next((form for form in _FORMATS if form in about.formats), None)
    if form:
        yield "datapackage.json", json.dumps(package(about, form), indent=2, ensure_ascii=False) + "\n"


def package(about: About, form: str) -> dict[str, Any]:
    """Return the package of the files of one *form*."""
    said = {
        "profile": "data-package",
        "name": "engagement-ledger",
        "title": about.title,
        "description": about.says,
        "created": about.built_at,
        "position": about.position,
        "root": about.root,
        "as_of": about.as_of,
    }
    undone = {"neutralised": UNDONE} if form == "csv" else {}
    return {**said, **undone, "resources": [_resource(about, sheet, form) for sheet in about.sheets]}


def _resource(about: About, sheet: Sheet, form: str) -> dict[str, Any]:
    path = f"{form}/{sheet.name}.{form}"
    written = about.files.get(path)
    return {
        "name": sheet.name,
        "path": path,
        "description": sheet.description,
        "profile": "tabular-data-resource",
        "format": form,
        "mediatype": _FORMATS[form],
        "encoding": "utf-8",
        **({"bytes": written.bytes, "hash": f"sha256:{written.sha256}"} if written else {}),
        **({"dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}} if form == "csv" else {}),
        "schema": {
            "fields": [_field(column, form) for column in sheet.columns],
            "primaryKey": list(sheet.key),
            "missingValues": [""],
        },
    }


def _field(column: Column, form: str) -> dict[str, Any]:
    type_ = {"type": "boolean"} if column.type == "boolean" and form == "jsonl" else TYPES[column.type]
    # an empty text is a value, but Table Schema v1 takes an empty cell for none
    required = not column.nullable and column.type not in {"text", "moment"}
    return {
        "name": column.name,
        **type_,
        "description": column.description,
        **({"unit": column.unit} if column.unit else {}),
        **({"example": column.example} if column.example else {}),
        **({"constraints": {"required": True}} if required else {}),
    }
