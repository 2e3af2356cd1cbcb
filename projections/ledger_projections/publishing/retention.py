"""Which generations stay when a new one holds: those that somebody may still be reading, and that show nothing more.

Who has a file open cannot be known, over a network least of all; so what was replaced stays for a time. Times are those
that the stamps say: no clock is read.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.errors import Malformed
from ledger_projections.publishing.stamp import read_stamp, shows_more, withheld_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

KEPT = timedelta(minutes=15)
"""How long a generation stays after it was replaced; the one before the newest stays longer if need be."""


def staying(found: Iterable[Path], newest: Path, before: Path | None) -> dict[Path, Mapping[str, Any]]:
    """Return which of the generations *found* stay, with their stamps, now that *newest* holds, and no longer *before*."""
    stamps = dict(_stamped([*found]))
    ordered = sorted(stamps, key=lambda folder: (stamps[folder]["built_at"], folder == newest))
    now, by = stamps[newest], dict(pairwise(ordered))
    return {
        folder: stamp
        for folder, stamp in stamps.items()
        if folder in {newest, before} or _is_young(stamp, stamps[by.get(folder, newest)], now)
        if not shows_more(stamp, withheld_in(now), now["last_erasure"])
    }


def _is_young(stamp: Mapping[str, Any], replaced_by: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether what was *replaced by* another was so lately; what a clock that was ahead made is not."""
    made, replaced, at = (parse_instant(each["built_at"]) for each in (stamp, replaced_by, now))
    return made <= at and timedelta(0) <= at - replaced < KEPT


def _stamped(folders: Iterable[Path]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the folders whose stamp can be read: no other is a publication."""
    for folder in folders:
        try:
            yield folder, read_stamp(folder)
        except Malformed:
            continue
