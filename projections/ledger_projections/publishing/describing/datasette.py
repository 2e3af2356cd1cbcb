"""`metadata.json`: what Datasette shows beside the SQLite file: titles, and what every column means.

https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.publishing.about import About
    from ledger_projections.publishing.sheet import Sheet

DATABASE = "ledger"
"""What Datasette calls the file `ledger.sqlite`."""
FACETS = ("engagement_alias", "state", "type", "signal", "flag", "metric")
"""Columns by whose values people look at rows, where a table has them."""


def files(about: About) -> Iterator[tuple[str, str]]:
    """Yield the metadata, if there is a SQLite file that they are of."""
    if "sqlite" in about.formats:
        yield "metadata.json", json.dumps(metadata(about), indent=2, ensure_ascii=False) + "\n"


def metadata(about: About) -> dict[str, Any]:
    """Return the metadata of the one database."""
    tables = {sheet.name: _table(sheet) for sheet in about.sheets}
    return {"title": about.title, "description": about.says, "databases": {DATABASE: {"tables": tables}}}


def _table(sheet: Sheet) -> dict[str, Any]:
    facets = [column.name for column in sheet.columns if column.name in FACETS]
    said = {column.name: column.description + (f" ({column.unit})" if column.unit else "") for column in sheet.columns}
    return {"description": sheet.description, "columns": said, **({"facets": facets} if facets else {})}
