"""The folder that a publication goes to: made whole beside, then current in one rename, so that nobody ever sees half.

    DIR/current        a link to the generation that holds
    DIR/generations/   <position>-<as_of>-<random>/, the one that holds and what it replaced lately (`retention.py`)
    DIR/increments/    <from>-<to>-<as_of>-<random>/, what changed from one publication to the next
    DIR/.next-…        what is being made, or was when somebody was interrupted: the next publisher takes it away
    DIR/.publishing    a lock: of two publishers one is told to wait

Whoever reads several files resolves the link once. Whatever else stands in DIR is left alone.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger_projections.publishing.retention import staying
from ledger_projections.publishing.stamp import STAMP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_GENERATION = re.compile(r"\d{9,}-\d{8}T\d{12}Z-[0-9a-f]{8}")
_INCREMENT = re.compile(r"\d{9,}-\d{9,}-\d{8}T\d{12}Z(-[0-9a-f]{8})?")
_STAGING = re.compile(r"\.next-[0-9a-f]{8}")


class Place:
    """The folder *path*, while we are the only one who publishes to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.current, self.generations, self.increments = path / "current", path / "generations", path / "increments"

    def held(self) -> Path | None:
        """Return the generation that holds, if there is one."""
        return self.current.resolve() if self.current.is_symlink() and self.current.exists() else None

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give an empty folder to write into; whatever is left of it in the end is taken away."""
        folder = self.path / f".next-{os.urandom(4).hex()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, made: Path, name: str) -> Path:
        """Put the folder *made* among the increments as *name* and more: it counts once a stamp that holds names it."""
        sync_all(made)
        self.increments.mkdir(exist_ok=True)
        found = self.increments / f"{name}-{os.urandom(4).hex()}"  # two may be of one position and one moment
        made.rename(found)
        sync(self.increments)
        return found

    def hold(self, made: Path, position: int, as_of: str) -> Path:
        """Make the folder *made* the generation that holds: before the last rename nothing has changed, after it all has.

        Of the generations before it those stay that somebody may still be reading, and the increments that they name.
        """
        sync_all(made)
        self.generations.mkdir(exist_ok=True)
        generation = self.generations / f"{position:09}-{compact(as_of)}-{os.urandom(4).hex()}"
        made.rename(generation)
        sync(self.generations)
        before = self.held()
        link = self.path / f".next-{os.urandom(4).hex()}"
        link.symlink_to(generation.relative_to(self.path))
        link.rename(self.current)
        sync(self.path)
        stay = staying(_ours(self.generations, _GENERATION), generation, before)
        _prune(self.generations, _GENERATION, {folder.name for folder in stay})
        _prune(self.increments, _INCREMENT, {name for stamp in stay.values() for name in stamp["increments"]})
        return generation

    def clear(self) -> None:
        """Take away what an interrupted publisher left."""
        for left in self.path.iterdir():
            if _STAGING.fullmatch(left.name):
                left.unlink() if left.is_symlink() else shutil.rmtree(left, ignore_errors=True)

    def check(self) -> None:
        """Refuse a folder in which our names are somebody else's."""
        there = self.current.is_symlink() or self.current.exists()
        strange = there and not (self.current.is_symlink() and _GENERATION.fullmatch(self.current.resolve().name))
        for found in [self.current] * strange + [p for p in (self.generations, self.increments) if _is_strange(p)]:
            raise Refused(
                f'"{found}" is there, and nothing that this command made. Nothing was written.',
                advice="Publish to a folder of its own.",
            )


def is_publication(path: Path) -> bool:
    """Return whether *path* is a generation or an increment of ours, by its name and its stamp."""
    named = _GENERATION.fullmatch(path.name) or _INCREMENT.fullmatch(path.name)
    return bool(named) and (path / STAMP).is_file()


def sync_all(folder: Path) -> None:
    """Have every file and folder from *folder* down on the disk."""
    for below, _, names in os.walk(folder):
        for name in names:
            sync(Path(below, name))
        sync(Path(below))


def sync(path: Path) -> None:
    """Have the file or folder at *path* on the disk (POSIX fsync; a rename is in the folder that holds the name)."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def compact(moment: str) -> str:
    """Return an instant as it stands in the name of a folder (ISO 8601, basic format)."""
    return re.sub(r"[-:.]", "", moment)


def _prune(folder: Path, form: re.Pattern[str], kept: Collection[str]) -> None:
    for old in _ours(folder, form):
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)


def _ours(folder: Path, form: re.Pattern[str]) -> list[Path]:
    """Return what is ours in *folder*, by the *form* of its name and its stamp."""
    found = folder.iterdir() if folder.is_dir() else ()
    return [each for each in found if form.fullmatch(each.name) and not each.is_symlink() and (each / STAMP).is_file()]


def _is_strange(folder: Path) -> bool:
    """Return whether *folder* is there and holds nothing of ours."""
    if not folder.exists() and not folder.is_symlink():
        return False
    if folder.is_symlink() or not folder.is_dir():
        return True
    found = [*folder.iterdir()]
    return bool(found) and not any((each / STAMP).is_file() for each in found)
