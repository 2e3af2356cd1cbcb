"""What shows a practice beside its table: the signals that call for somebody, the metrics that count it, the flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger_projections.flagging import FLAGS
from ledger_projections.metrics import METRICS

from ledger_cli.practices import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.metrics.figure import Metric


class Shown(NamedTuple):
    """The names of the signals and flags of one practice, and its metrics."""

    signals: Sequence[str]
    metrics: Sequence[Metric]
    flags: Sequence[str]


def shown(practice: str) -> Shown:
    """Return what shows a practice."""
    return Shown(
        SIGNALS.get(practice, ()),
        [metric for metric in METRICS if practice in metric.practices],
        [name for name, rule in FLAGS.items() if rule.practice == practice],
    )
