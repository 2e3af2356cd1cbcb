"""One SQLite file: STRICT tables as the read model has them, with an index on their keys and on `last_position`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.readmodel.filling import create
from ledger_projections.readmodel.runner import transaction
from ledger_projections.readmodel.schema import create as created

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.sheet import Sheet

NAME = "ledger.sqlite"


def write(folder: Path, content: Content) -> None:
    """Write the file into *folder*."""
    db = create(str(folder / NAME))
    db.execute("ATTACH ? AS made", (content.path,))
    with transaction(db):
        for sheet in content.sheets:
            db.execute(created(sheet.name, sheet.columns))
            db.execute(f'INSERT INTO main."{sheet.name}" SELECT * FROM {content.source(sheet, "made")}')
            for statement in _indexes(sheet):
                db.execute(statement)
    db.execute("DETACH made")
    db.execute("PRAGMA optimize")
    db.close()


def _indexes(sheet: Sheet) -> Iterator[str]:
    yield f'CREATE UNIQUE INDEX "{sheet.name}_key" ON "{sheet.name}" ({", ".join(sheet.key)})'
    if any(column.name == "last_position" for column in sheet.columns):
        yield f'CREATE INDEX "{sheet.name}_last_position" ON "{sheet.name}" (last_position)'
