"""What shows a practice beside its table: the signals that call for somebody, the metrics that count it, the flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.flagging import FLAGS
from ledger_projections.metrics import METRICS

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.metrics.figure import Metric

SIGNALS: Mapping[str, tuple[str, ...]] = {
    "P02": ("A-agreement-incomplete",),
    "P05": ("A-day-cap",),
    "P09": ("A-unsigned", "A-unsigned-work"),
    "P14": ("A-overdue", "A-due-next"),
    "P15": ("A-undisclosed-slip", "A-unacknowledged"),
    "P17": ("A-client-overdue-unnotified", "A-client-overdue-notified"),
    "P18": ("A-check-obligation",),
    "P19": ("A-overcommitted",),
    "P22": ("A-waiting-on-us",),
    "P25": ("A-report-due",),
    "P26": ("A-silence",),
    "P27": ("A-rhythm-due", "A-rhythm-missed"),
    "P29": ("A-rhythm-due", "A-rhythm-missed"),
    "P30": ("A-neglected",),
    "P31": ("A-unreported-bad-news", "A-unacknowledged"),
    "P32": ("A-unverified-news", "A-needs-retraction"),
    "P34": ("A-unraised",),
    "P37": ("A-concern-open",),
    "P38": ("A-rhythm-due", "A-rhythm-missed", "A-needs-unsaid"),
    "P39": ("A-feedback-unanswered", "A-rhythm-due", "A-rhythm-missed"),
    "P40": ("A-first-feedback",),
    "P42": ("A-missing-exit-feedback",),
    "P43": ("A-action-due",),
    "P44": ("A-adverse-trend",),
    "P45": ("A-unlearned",),
    "P46": ("A-assumption-untested",),
    "P49": ("A-without-authority",),
    "P50": ("A-single-contact",),
    "P55": ("A-no-plan",),
    "P56": ("A-dependency",),
    "P57": ("A-gift",),
    "P61": ("A-pain-over-benefit",),
}
"""The signals of each practice; those that are left out have none."""


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
