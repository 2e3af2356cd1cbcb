"""How figures stood week by week: as it was then, as far as it is known at the moment that is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger_projections.snapshot import snapshot
from ledger_projections.tables.metrics import table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ledger.journal import Reader
    from ledger.replay import Replay
    from ledger_projections.metrics.figure import Metric

    Place = tuple[str, str, str]
    """A metric, a figure of it, and its subject."""
WEEK = timedelta(days=7)


def weekly(
    reader: Reader, replay: Replay, as_of: str, metrics: Collection[Metric], engagement: str, weeks: int
) -> Mapping[Place, Sequence[float | None]]:
    """Return the values of the figures of *engagement* at the same hour of so many *weeks*, oldest first, the last at *as_of*.

    None where a figure was undefined, or not there. A fact that was written down late counts from when it was so.
    """
    found: dict[Place, list[float | None]] = {}
    for number, when in enumerate(_moments(as_of, weeks)):
        then = replace(replay, true_on=min(when, replay.true_on or when))
        rows: list[dict[str, Any]] = snapshot(reader, then, when, [table_of(metrics)], engagement=engagement)["metrics"]
        for row in rows:
            if row["engagement"] == engagement:
                place = row["metric"], row["figure"], row["subject"]
                found.setdefault(place, [None] * weeks)[number] = row["value"]
    return found


def _moments(as_of: str, weeks: int) -> list[str]:
    last = parse_instant(as_of)
    return [instant(last - number * WEEK) for number in reversed(range(weeks))]
