"""The tables of one moment, as a reader is shown them, by engagement: every stream is folded once, for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ledger_projections.metrics import METRICS
from ledger_projections.snapshot import snapshot
from ledger_projections.tables import TABLES
from ledger_projections.tables.metrics import table_of

from ledger.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.metrics.figure import Metric

    from ledger.journal import Reader

    Row = dict[str, Any]

METRIC_IDS = frozenset(
    ("M01", "M02", "M05", "M06", "M07", "M09", "M10", "M11", "M12", "M15", "M17", "M18", "M20", "P55")
)
OTHERS = ("engagement_status", "cadence_occurrences", "concerns", "contacts_daily")


class Week:
    """What the tables say of one engagement, and of its account."""

    def __init__(self, status: Row, rows: Mapping[str, Sequence[Row]], figures: Sequence[Row]) -> None:
        self.status, self._rows, self._figures = status, rows, figures

    def rows(self, table: str) -> Sequence[Row]:
        """Return its rows of a table."""
        return self._rows.get(table, ())

    def figures(self, metric: str, figure: str) -> list[Row]:
        """Return its figures of one kind that are defined."""
        own = (row for row in self._figures if (row["metric"], row["figure"]) == (metric, figure))
        return [row for row in own if row["value"] is not None]

    def figure(self, metric: str, figure: str) -> Row | None:
        """Return the figure that is of the engagement as a whole."""
        return next((row for row in self.figures(metric, figure) if not row["subject"]), None)


def weeks_of(reader: Reader, known_on: str | None, as_of: str, engagement: str | None) -> dict[str, Week]:
    """Return the week of each engagement that there was, by its id, as known on a moment; or of one *engagement*."""
    chosen = [_of_one(metric) for metric in METRICS if metric.id in METRIC_IDS]
    tables = [*(TABLES[name] for name in OTHERS), table_of(chosen)]
    made = snapshot(reader, Replay(known_on, None), as_of, tables, engagement=engagement)
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    figures: dict[str, list[Row]] = defaultdict(list)
    for table in OTHERS[1:]:
        for row in made[table]:
            rows[row["engagement"] or row["account"]][table].append(row)
    for row in made["metrics"]:
        figures[row["engagement"] or row["account"]].append(row)
    return {
        row["engagement"]: Week(row, rows[row["engagement"]], [*figures[row["engagement"]], *_of_account(figures, row)])
        for row in made["engagement_status"]
    }


def _of_one(metric: Metric) -> Metric:
    """Return *metric* for engagements alone, where it is of both: an account would fold all of its own once more."""
    return metric._replace(streams=metric.streams - {"account"}) if "engagement" in metric.streams else metric


def _of_account(figures: Mapping[str, Sequence[Row]], status: Row) -> Iterator[Row]:
    """Yield the figures of its account that no engagement has: gifts, and the plan."""
    yield from (row for row in figures.get(status["account"], ()) if row["metric"] in {"M20", "P55"})
