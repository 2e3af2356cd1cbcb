"""Parquet: a file a table, typed, compressed with zstd, in row groups of a size that needs little memory."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ledger_projections.publishing.content import Content

GROUP = 8 * 2**20
"""Bytes in memory from which rows make a row group: of each, pyarrow remembers 30 KB until the file is closed."""
WIDE, FEW = 2 * 2**20, 2_048
"""Bytes from which fewer rows than this do: whoever reads a row group holds several times what its widest rows take."""


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
    size = rows = 0
    for piece in chain.from_iterable(map(_pieces, batches)):
        held.append(piece)
        size, rows = size + piece.nbytes, rows + piece.num_rows
        if size >= (GROUP if rows >= FEW else WIDE):
            yield held
            held, size, rows = [], 0, 0
    if held:
        yield held


def _pieces(batch: Any) -> Iterator[Any]:  # noqa: ANN401 -- a pyarrow.RecordBatch
    """Yield *batch* in pieces of no more than half of what makes a row group, or of one row that is wider."""
    if batch.nbytes <= WIDE // 2 or batch.num_rows == 1:
        yield batch
        return
    half = batch.num_rows // 2
    yield from _pieces(batch.slice(0, half))
    yield from _pieces(batch.slice(half))
