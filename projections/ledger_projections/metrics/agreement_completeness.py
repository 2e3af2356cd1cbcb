"""How complete a version of the agreement is (M17, domain 3.3.7; P01 to P08).

    present     how many of the required parts it has
    required    five; six, with confidentiality, where the engagement is sensitive
    value       present ÷ required
    missing     how many it lacks, and which

A guaranteed time frame (retention) is never required: where it is there, the words of `present` say so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.standing import missing_parts, required_parts
from ledger_projections.metrics.figure import Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.facts import Fact
    from ledger_projections.view import View

BESIDE = "retention"


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each version that was drafted."""
    if view.engagement is None:
        return
    opened = view.engagement.opened
    sensitive = bool(opened and opened.event.sensitive)
    required = len(required_parts(sensitive=sensitive))
    for version, draft in view.engagement.drafts.items():
        missing = missing_parts(draft.event.parts, sensitive=sensitive)
        present, subject = required - len(missing), f"version:{version}"
        facts: list[Fact[Any]] = [draft, *([opened] if opened else [])]
        beside = f"and {BESIDE}" if BESIDE in draft.event.parts else ""
        yield Figure("present", present, required, facts, subject, beside)
        yield Figure("required", required, required, facts, subject, "sensitive" if sensitive else "")
        yield Figure("value", Decimal(present) / required, required, facts, subject)
        yield Figure("missing", len(missing), required, facts, subject, ", ".join(missing))


METRIC = Metric(
    "M17",
    "Agreement completeness",
    tuple(f"P{number:02d}" for number in range(1, 9)),
    {
        "present": Meaning("How many of the required parts the version has.", "parts"),
        "required": Meaning("How many it needs.", "parts"),
        "value": Meaning("The share of the required parts that it has.", worse="lower"),
        "missing": Meaning("How many it lacks; the words name them.", "parts", "higher"),
    },
    figures,
)
