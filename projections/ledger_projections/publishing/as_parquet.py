"""Parquet: a file a table, typed, compressed with zstd, in row groups of a size that needs little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ledger_projections.publishing.content import Content


def write(folder: Path, content: Content) -> None:
    """Write a file a table into *folder*: a row group a batch."""
    from pyarrow import parquet

    from ledger_projections.publishing.arrow import batches, schema

    below = folder / "parquet"
    below.mkdir()
    for sheet in content.sheets:
        with parquet.ParquetWriter(below / f"{sheet.name}.parquet", schema(sheet), compression="zstd") as writer:
            for batch in batches(content, sheet):
                writer.write_batch(batch)
