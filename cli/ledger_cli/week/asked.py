"""What a line of the page may ask of one engagement: its rows and figures at a moment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger_projections.metrics import METRICS
from ledger_projections.tables.metrics import rounded

from ledger.calendars import hours, parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.metrics.figure import Figure
    from ledger_projections.view import View

    Row = dict[str, Any]

FOUR_WEEKS = timedelta(weeks=4)
OF = {metric.id: metric for metric in METRICS}


class Week:
    """One engagement at a moment; each of its rows and figures is made when it is first asked for."""

    def __init__(self, view: View, status: Row) -> None:
        self.view = view
        self.status: Row = status
        self._made: dict[str, Sequence[Figure]] = {}

    def figures(self, metric: str, figure: str) -> list[Row]:
        """Return its figures of one kind that are defined, or those of its account."""
        return [_as_kept(each) for each in self._of(metric) if each.name == figure and each.value is not None]

    def figure(self, metric: str, figure: str) -> Row | None:
        """Return the figure that is of the engagement as a whole."""
        return next((row for row in self.figures(metric, figure) if not row["subject"]), None)

    @property
    def hours_of_a_day(self) -> Decimal:
        """Return the business hours that an open day had in the four weeks before; nought where none was open."""
        now = parse_instant(self.view.as_of)
        calendar, begun = self.view.standing.calendar(now), now - FOUR_WEEKS
        days = calendar.bd(calendar.day_of(begun), calendar.day_of(now))
        return hours(calendar.business_microseconds(begun, now)) / days if days else Decimal(0)

    def _of(self, metric: str) -> Sequence[Figure]:
        if metric not in self._made:
            self._made[metric] = [*OF[metric].figures(self.view)]
        return self._made[metric]


def _as_kept(figure: Figure) -> Row:
    """Return what a line says of a figure, its value as the table `metrics` has it."""
    value = None if figure.value is None else float(rounded(figure.value))
    return {"subject": figure.subject, "value": value, "words": figure.words, "n": figure.n}
