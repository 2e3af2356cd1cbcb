"""JSON lines: an object a row, with true and false, and JSON columns as the JSON they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.sheet import Sheet


def write(folder: Path, content: Content) -> None:
    """Write a file a table into *folder*."""
    below = folder / "jsonl"
    below.mkdir()
    for sheet in content.sheets:
        with (below / f"{sheet.name}.jsonl").open("wb") as out:
            out.writelines(_lines(content, sheet))


def _lines(content: Content, sheet: Sheet) -> Iterator[bytes]:
    names = [column.name for column in sheet.columns]
    flags = [names[place] for place in sheet.places("boolean")]
    documents = [names[place] for place in sheet.places("json")]
    for values in content.rows(sheet):
        row = dict(zip(names, values, strict=True))
        for name in flags:
            row[name] = None if row[name] is None else bool(row[name])
        for name in documents:
            row[name] = None if row[name] is None else orjson.Fragment(row[name])
        yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
