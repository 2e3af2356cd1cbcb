"""The figures of a metric, as they are of the engagement that a picture is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.metrics.figure import Figure
    from ledger_projections.reports.source import Source


def figures(source: Source, metric: str, subject: str = "") -> Mapping[str, Figure]:
    """Return the figures of *metric* about *subject*, by name."""
    made = (found.figures(source.view) for found in METRICS if found.id == metric)
    return {figure.name: figure for found in made for figure in found if figure.subject == subject}
