"""How figures stood week by week: as it was then, as far as it is known at the moment that is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ledger.calendars import instant, parse_instant
from ledger.values import Stream
from ledger_projections.log import Log
from ledger_projections.replaying.snapshot import Replayed
from ledger_projections.tables.metrics import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.replay import Replay
    from ledger_projections.metrics.figure import Metric

    Facts = list[Fact[Event]]
    Place = tuple[str, str, str]
    """A metric, a figure of it, and its subject."""
WEEK = timedelta(days=7)


def weekly(
    reader: Reader, replay: Replay, as_of: str, metrics: Collection[Metric], engagement: str, weeks: int
) -> Mapping[Place, Sequence[float | None]]:
    """Return the values of the figures of *engagement* at the same hour of so many *weeks*, oldest first, the last at *as_of*.

    None where a figure was undefined, or not there. A fact that was written down late counts from when it was so.
    """
    read, stream = cache(Log(reader, reader.head()).facts), Stream(f"engagement/{engagement}")
    own = [metric for metric in metrics if "engagement" in metric.streams]
    found: dict[Place, list[float | None]] = {}
    for number, when in enumerate(_moments(as_of, weeks)):
        then = replace(replay, true_on=min(when, replay.true_on or when))
        view = _Reread(reader, then, read).view(stream, when)
        figures = ((metric.id, figure) for metric in own for figure in metric.figures(view))
        for metric_id, figure in figures if view.state.history else ():
            values = found.setdefault((metric_id, figure.name, figure.subject), [None] * weeks)
            values[number] = None if figure.value is None else float(rounded(figure.value))
    return found


class _Reread(Replayed):
    """A replay of facts that were read for another: every week is a replay of the same."""

    def __init__(self, reader: Reader, replay: Replay, read: Callable[[Stream], Facts]) -> None:
        super().__init__(reader, replay)
        self._read = read

    def facts(self, stream: Stream) -> Facts:
        """Return the facts of *stream* that the replay leaves."""
        return self._kept(self._read(stream))


def _moments(as_of: str, weeks: int) -> list[str]:
    last = parse_instant(as_of)
    first = datetime.min.replace(tzinfo=UTC)  # before which there is no week
    return [instant(last - min(number * WEEK, last - first)) for number in reversed(range(weeks))]
