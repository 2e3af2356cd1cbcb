"""Parquet: a file a table, typed, compressed with zstd, in row groups of a size that needs little memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ledger_projections.publishing.content import Content

GROUP = 16
"""Batches of a row group."""


def write(folder: Path, content: Content) -> None:
    """Write a file a table into *folder*: some thousand rows a row group."""
    import pyarrow as pa
    from pyarrow import parquet

    from ledger_projections.publishing.arrow import batches, schema

    below = folder / "parquet"
    below.mkdir()
    for sheet in content.sheets:
        with parquet.ParquetWriter(below / f"{sheet.name}.parquet", schema(sheet), compression="zstd") as writer:
            made = batches(content, sheet)
            while group := [*islice(made, GROUP)]:
                writer.write_table(pa.Table.from_batches(group))
