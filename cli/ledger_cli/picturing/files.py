"""The files of pages: how they are called, each written whole or not at all, and none over somebody's own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger_cli.picturing.foot import NAME

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

INDEX = "index"


def file_name(title: str, taken: Collection[str]) -> str:
    """Return the name of the file of an engagement called *title*: letters, digits and hyphens that no other has *taken*."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in title.lower()).strip("-")[:60] or "engagement"
    names = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(taken) + 3))
    return next(name for name in names if name not in taken and name != INDEX)


def write(path: Path, text: str) -> None:
    """Write a page whole; refuse to write over what is no page of ours."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not _ours(path):
            raise Refused(
                f'"{path}" is there already, and is no page of this command.', advice="Name another folder: --html DIR"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            f'"{path}" cannot be written: {error.strerror}.', advice="Name another folder: --html DIR"
        ) from error


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Take away the pages that an earlier call wrote and this one did not: they may show what this reader is not shown."""
    for path in folder.glob("*.html"):
        if path.name not in kept and path.is_file() and _ours(path):
            path.unlink(missing_ok=True)


def _ours(path: Path) -> bool:
    """Return whether the file at *path* is a page of this command."""
    with path.open("rb") as file:
        return f'<meta name="{NAME}"'.encode() in file.read(4096)
