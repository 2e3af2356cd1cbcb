"""The figures of one metric by their name and subject, checked to be what the metric says it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from ledger_projections.metrics.figure import Figure, Metric
    from ledger_projections.view import View


def figures_of(metric: Metric, view: View) -> Mapping[str, Figure]:
    """Return the figures of *metric* for *view*, each as `lead_bd slip:S1`; the subject is left out where there is none."""
    assert view.stream.partition("/")[0] in metric.streams
    made = list(metric.figures(view))
    found = {f"{figure.name} {figure.subject}".rstrip(): figure for figure in made}
    assert len(found) == len(made), "two figures of one name and subject"
    assert {figure.name for figure in made} <= set(metric.meanings), "a figure that the metric does not explain"
    return found


def values_of(metric: Metric, view: View) -> Mapping[str, Decimal | int | bool | None]:
    """Return their values."""
    return {name: figure.value for name, figure in figures_of(metric, view).items()}
