"""Metrics: every figure of M01 to M22, reckoned when the table is read, never stored (domain, part 2; ADR 17)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from ledger_projections.portfolio.found import standing_on, visibility_of
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import OURS_TOO, VISIBILITY, row_on, whose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ledger_projections.metrics.figure import Figure, Metric
    from ledger_projections.portfolio.gathered import Gathered
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *OURS_TOO,
    Column("metric", "text", "The id of its formula.", example="M06"),
    Column("figure", "text", "Which figure of it.", example="resolution_median_bh"),
    Column("subject", "text", "The thing that the figure is of, as a reference; empty: of all.", example="slip:S1"),
    Column("value", "number",
           "The figure, to three places, below a tenth to three digits; true is 1, false is 0; null: undefined.",
           nullable=True, example="4.500"),
    Column("words", "text", "What a number cannot say: a grade, a direction, too few; else empty.", example="too few"),
    Column("unit", "text", "The unit of the value; empty for a plain number.", example="business hours"),
    Column("n", "integer", "Of how many things the figure is made.", example="6"),
    Column("through", "text",
           "Figures of the same metric that name the rest of the entries behind it, where all would be too many; else empty.",
           example="minutes"),
    VISIBILITY,
)  # fmt: skip


def table_of(metrics: Collection[Metric]) -> Table:
    """Return the table with the figures of *metrics* alone: streams of which none has any are not read for it."""
    return TABLE._replace(
        rows=lambda view: _rows(view, metrics),
        streams=frozenset().union(*(metric.streams for metric in metrics)),
        over_all=(lambda gathered: _rows_over_all(gathered, metrics)) if any(m.over_all for m in metrics) else None,
    )


def figure_rows(view: View) -> Iterator[Row]:
    """Yield a row for each figure of every metric."""
    from ledger_projections.metrics import METRICS  # here, for whoever records something asks for none

    return _rows(view, METRICS)


def figure_rows_over_all(gathered: Gathered) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each figure that stands on several streams."""
    from ledger_projections.metrics import METRICS

    return _rows_over_all(gathered, METRICS)


def rounded(value: Decimal | int) -> Decimal | int:
    """Return *value* to three places, and to three digits where that is more: a probability is never 0."""
    if not isinstance(value, Decimal) or not value:
        return value
    places = max(3, 2 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def _rows(view: View, metrics: Collection[Metric]) -> Iterator[Row]:
    kind = view.stream.partition("/")[0]
    for metric in metrics:
        if kind in metric.streams:
            for figure in metric.figures(view):
                facts = figure.facts or view.state.history[:1]
                yield row_on(facts, {**whose(view), **_values(metric, figure)})


def _values(metric: Metric, figure: Figure) -> dict[str, Scalar]:
    return {
        "metric": metric.id,
        "figure": figure.name,
        "subject": figure.subject,
        "value": None if figure.value is None else rounded(figure.value),
        "words": figure.words,
        "unit": metric.meanings[figure.name].unit,
        "n": figure.n,
        "through": "",
    }


def _rows_over_all(gathered: Gathered, metrics: Collection[Metric]) -> Iterator[Mapping[str, Any]]:
    for metric in metrics:
        for total in metric.over_all(gathered) if metric.over_all else ():
            positions = sorted({*total.positions})
            yield {
                "stream": total.stream,
                **{column.name: total.whose.get(column.name) for column in OURS_TOO},
                "metric": metric.id,
                "figure": total.name,
                "subject": total.subject,
                "value": None if total.value is None else float(rounded(total.value)),
                "words": total.words,
                "unit": metric.meanings[total.name].unit,
                "n": total.n,
                "through": total.through,
                "visibility": visibility_of(total.rows),
                "positions": positions,
                **standing_on(total.rows, positions),
            }


TABLE = Table(
    "metrics",
    "One row a figure of a metric, with the entries behind it; of nothing, what opened the stream.",
    ("account", "engagement", "metric", "figure", "subject"),
    COLUMNS,
    figure_rows,
    frozenset({"engagement", "account"}),
    over_all=figure_rows_over_all,
)
