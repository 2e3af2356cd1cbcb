"""CSV (RFC 4180): UTF-8, a header line, nothing for what is missing, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.table import Column

RISKY = "=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20"
"""What a text must not begin with: what a spreadsheet takes for a formula (OWASP, CSV injection), in wide forms too, and
the apostrophe, so that one that was put before a text can be told from one that was there."""


def write(folder: Path, content: Content) -> None:
    """Write a file a table into *folder*."""
    below = folder / "csv"
    below.mkdir()
    for sheet in content.sheets:
        with (below / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([column.name for column in sheet.columns])
            writer.writerows(content.rows(sheet, _neutral))


def _neutral(column: Column) -> str:
    """Return the SQL for a column whose texts get an apostrophe where they begin with something risky."""
    name = f'"{column.name}"'
    if column.type != "text":
        return name
    risky = ", ".join(f"char({ord(character)})" for character in RISKY)
    return f"CASE WHEN substr({name}, 1, 1) IN ({risky}) THEN '''' || {name} ELSE {name} END"
