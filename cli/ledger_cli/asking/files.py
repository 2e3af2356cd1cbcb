"""Files as people name them: what one holds, and what the ledger keeps of one that shows something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.canonical import JSON


def describe_evidence(name: str) -> dict[str, JSON]:
    """Return the hash, size and kind of a file; the file itself stays where it is."""
    import hashlib
    import mimetypes
    from pathlib import Path

    path = Path(name)
    content = read_file(path, "Name a file that shows it.")
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    digest = hashlib.sha256(content).hexdigest()
    return {"sha256": digest, "bytes": len(content), "media_type": media_type, "name": path.name[:200]}


def read_file(path: Path, advice: str) -> bytes:
    """Return the bytes of the file at *path*; refuse one that cannot be read."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a path with U+0000 is a ValueError
        raise Refused(f"{path} cannot be read: {getattr(error, 'strerror', error)}.", advice=advice) from error
