"""Python files in the folder `projections` of the user's own settings, each with a `TABLE` or several `TABLES`."""

from __future__ import annotations

import os
import stat
import sys
from functools import partial
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import TYPE_CHECKING

from ledger_projections.own.faults import Because
from ledger_projections.own.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType, ModuleType

PACKAGE = "own_projections"
"""What the modules are called under which the files are known to Python."""


def sources(folder: Path) -> Iterator[Source]:
    """Yield each file in *folder* by name; one whose name begins with `_` is no source of tables."""
    for path in sorted(folder.glob("*.py")):
        if not path.name.startswith("_"):
            yield Source(shown(path), path.stem, partial(_read, path))


def shown(path: Path) -> str:
    """Return *path* as people write it: what is in their home begins with ~."""
    home = os.path.expanduser("~")
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _read(path: Path) -> ModuleType:
    for place in (path.parent, path):
        _must_be_ours(place)
    name = f"{PACKAGE}.{path.stem}"
    spec = spec_from_loader(name, _Fresh(name, str(path)))
    assert spec is not None and spec.loader is not None  # noqa: PT018, S101 -- it was given a loader
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Fresh(SourceFileLoader):
    """Reads the file as it is now: nothing compiled is kept beside it."""

    def get_code(self, fullname: str) -> CodeType:
        """Compile the file."""
        return self.source_to_code(self.get_data(self.path), self.path)


def _must_be_ours(path: Path) -> None:
    """Refuse to run what somebody else could have written: it would run as us."""
    found = path.stat()
    if found.st_uid not in {os.getuid(), 0} or found.st_mode & stat.S_IWOTH:
        raise Because(f"others may write {shown(path)}")
