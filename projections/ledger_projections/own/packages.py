"""Installed packages that name tables under the entry point group `ledger.projections`."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_projections.own.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

GROUP = "ledger.projections"


def sources() -> Iterator[Source]:
    """Yield each entry point, by its package and name; what lies in the working directory alone is not installed.

    `python -m` looks for modules there too, and somebody may stand in a folder that was sent.
    """
    found = ((entry, entry.dist) for entry in entry_points(group=GROUP))
    named = [(f"package {dist.name} {dist.version}", entry) for entry, dist in found if dist and not _is_here(dist)]
    for package, entry in sorted(named, key=lambda each: (each[0], each[1].name)):
        yield Source(f"{package}, entry point {entry.name}", entry.name, entry.load)


def _is_here(distribution: Distribution) -> bool:
    return Path(str(distribution.locate_file(""))).resolve() == Path.cwd()
