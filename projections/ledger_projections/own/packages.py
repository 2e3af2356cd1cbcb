"""Installed packages that name tables under the entry point group `ledger.projections`."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_projections.own.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = "ledger.projections"


def sources() -> Iterator[Source]:
    """Yield each entry point, by its package and name; what lies in the working directory alone is not installed.

    `python -m` looks for modules there too, and somebody may stand in a folder that was sent.
    """
    for entry in sorted(
        entry_points(group=GROUP), key=lambda entry: (entry.dist.name if entry.dist else "", entry.name)
    ):
        package = f"package {entry.dist.name} {entry.dist.version}" if entry.dist else "a package"
        if entry.dist is None or Path(str(entry.dist.locate_file(""))).resolve() != Path.cwd():
            yield Source(f"{package}, entry point {entry.name}", entry.name, entry.load)
