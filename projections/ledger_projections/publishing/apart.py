"""A format written by a process of its own, so that what its library holds is let go before the next one is loaded."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.errors import Unreachable
from ledger_projections.processes import can_begin, command_of, places
from ledger_projections.publishing.content import Content
from ledger_projections.publishing.formats import FORMATS, writer
from ledger_projections.publishing.sheet import Sheet
from ledger_projections.table import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

SPARING = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""What keeps glibc and Arrow from holding memory for threads and for later: 30 MB less."""


def write(name: str, folder: Path, content: Content) -> None:
    """Write *content* into *folder* in the format *name*: what takes a library, in another process."""
    if FORMATS[name].packages and can_begin():
        _write_apart(name, folder, content)
    else:
        writer(name)(folder, content)


def _write_apart(name: str, folder: Path, content: Content) -> None:
    task = {"name": name, "folder": os.fspath(folder), "path": content.path, "chosen": dict(content.chosen)}
    sheets = [sheet._asdict() for sheet in content.sheets]
    command = command_of("ledger_projections.publishing.apart")
    _let_go()
    said = json.dumps({**task, "sheets": sheets})
    done = subprocess.run(command, input=said, env=places(**SPARING), capture_output=True, text=True, check=False)  # noqa: S603 -- our own module
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line and not line.startswith((" ", "Traceback"))]
        why = lines[0] if lines else f"it ended with {done.returncode}"
        raise Unreachable(f"{name} cannot be written: {why}.", advice="Make room there, or leave that format out.")


def _let_go() -> None:
    """Give what has been freed back to the system, as glibc does not of itself: others need memory now."""
    import ctypes

    with suppress(AttributeError, OSError, TypeError):  # another C library, or none to ask
        ctypes.CDLL(None).malloc_trim(0)


def _sheet(said: Mapping[str, Any]) -> Sheet:
    columns = tuple(Column(*column) for column in said["columns"])
    return Sheet(said["name"], said["description"], tuple(said["key"]), columns)


def main() -> None:
    """Write what standard input says."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # pyarrow loads it if it can, and pandas with it: 70 MB for nothing
    task = json.load(sys.stdin)
    with closing(sqlite3.connect(task["path"])) as db:
        content = Content(db, task["path"], [*map(_sheet, task["sheets"])], task["chosen"])
        writer(task["name"])(Path(task["folder"]), content)


if __name__ == "__main__":
    main()
