"""Files as people name them: what one holds, and what the ledger keeps of one that shows something."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.canonical import JSON

PART = 1 << 20
"""Bytes that are read at once of a file that shows something."""


def describe_evidence(name: str) -> dict[str, JSON]:
    """Return the hash, size and kind of a file; the file itself stays where it is."""
    import hashlib
    import mimetypes
    from pathlib import Path

    path = Path(name)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    hashed, size = hashlib.sha256(), 0
    with _readable(path, "Name a file that shows it."), path.open("rb") as file:
        while part := file.read(PART):  # it may be a film of an hour
            hashed.update(part)
            size += len(part)
    return {"sha256": hashed.hexdigest(), "bytes": size, "media_type": media_type, "name": path.name[:200]}


def read_file(path: Path, advice: str) -> bytes:
    """Return the bytes of the file at *path*; refuse one that cannot be read."""
    with _readable(path, advice):
        return path.read_bytes()


@contextmanager
def _readable(path: Path, advice: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # a path with U+0000 is a ValueError
        raise Refused(f"{path} cannot be read: {getattr(error, 'strerror', error)}.", advice=advice) from error
