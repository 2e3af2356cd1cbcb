"""Where an engagement stands at a moment, in the lines that a director sees: each is folded once for both weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_projections.metrics import METRICS
from ledger_projections.replaying.twofold import Twofold
from ledger_projections.tables import engagement_status
from ledger_projections.tables.metrics import rounded

from ledger.events import EngagementOpened, EntryCorrected
from ledger_cli.week.items import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.metrics.figure import Figure
    from ledger_projections.replaying.twofold import Moment
    from ledger_projections.view import View

    from ledger.journal import Reader
    from ledger_cli.week.items import Told

    Row = dict[str, Any]

TELLING = (EngagementOpened, EntryCorrected)
"""What says how an engagement is called: no other text is on the page."""
OF = {metric.id: metric for metric in METRICS}


class Standing(NamedTuple):
    """Where an engagement stands: its id, what people call it, its state, and what each line of the page says of it."""

    engagement: str
    alias: str | None
    state: str
    told: Mapping[str, Told | None]


class Week:
    """What a line of the page may ask of one engagement: its rows and figures, each made when first asked for."""

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

    def _of(self, metric: str) -> Sequence[Figure]:
        if metric not in self._made:
            self._made[metric] = [*OF[metric].figures(self.view)]
        return self._made[metric]


def weeks_of(
    reader: Reader, before: Moment, now: Moment, engagement: str | None = None
) -> Iterator[tuple[Standing | None, Standing]]:
    """Yield where each engagement stood *before*, if there was one, and stands *now*; or one *engagement* alone."""
    for then, stands in Twofold(reader, before, now, TELLING).asked(standing_of, engagement):
        if stands is not None:
            yield then, stands


def standing_of(view: View) -> Standing | None:
    """Return where the engagement of *view* stands; None where it was not opened yet, or that was taken back."""
    status: Row | None = next((dict(row.values) for row in engagement_status.rows(view)), None)
    if status is None:
        return None
    week = Week(view, status)
    told = {item.name: item.of(week) for item in ITEMS}
    return Standing(status["engagement"], status["engagement_alias"], status["state"], told)


def _as_kept(figure: Figure) -> Row:
    """Return what a line says of a figure, its value as the table `metrics` has it."""
    value = None if figure.value is None else float(rounded(figure.value))
    return {"subject": figure.subject, "value": value, "words": figure.words, "n": figure.n}
