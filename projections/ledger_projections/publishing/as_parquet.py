"""Parquet: a file a table, typed, compressed with zstd, in row groups of a size that needs little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ledger_projections.publishing.content import Content

GROUP = 8 * 2**20
"""Bytes in memory from which rows make a row group: of each, pyarrow remembers 30 KB until the file is closed."""


def write(folder: Path, content: Content) -> None:
    """Write a file a table into *folder*: so many rows a row group as make some megabytes."""
    import pyarrow as pa
    from pyarrow import parquet

    from ledger_projections.publishing.arrow import batches, schema

    below = folder / "parquet"
    below.mkdir()
    for sheet in content.sheets:
        with parquet.ParquetWriter(below / f"{sheet.name}.parquet", schema(sheet), compression="zstd") as writer:
            for group in _groups(batches(content, sheet)):
                writer.write_table(pa.Table.from_batches(group))


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield *batches* together that make a row group."""
    held: list[Any] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += batch.nbytes
        if size >= GROUP:
            yield held
            held, size = [], 0
    if held:
        yield held
