"""Files that are handed to the other side: whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

from ledger.errors import Refused


def hand_out(path: Path, content: bytes, option: str = "--out") -> None:
    """Write *content* to *path*, which *option* names; do nothing where it stands there, refuse where something else does."""
    try:
        if path.exists():
            if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
                return  # only what may be the same is read: a device has no end
            raise Refused(
                f'"{path}" is there already, and says something else.', advice=f"Name another place: {option}"
            )
        part = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            f'"{path}" cannot be written: {error.strerror}.', advice=f"Name another place: {option}"
        ) from error


def taken_in(name: str) -> str:
    """Return the text of a file that somebody sent."""
    try:
        return Path(name).read_bytes().decode()
    except (OSError, ValueError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else getattr(error, "strerror", error)
        raise Refused(f'"{name}" cannot be read: {why}.', advice="Name the file as it was sent.") from error
