"""What is recorded when somebody is shown a report: whom, which entries, how many were withheld, and the file's hash."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ledger.drafts import Draft
from ledger.names import PRACTICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.reports import Report

    from ledger.canonical import JSON

AT_ONCE = 1_000
"""So many ids fit in one entry (design 2.1); longer lists take several, all or none of them recorded."""


def shown(report: Report, content: bytes, to: str) -> Iterator[Draft]:
    """Yield the drafts that record that *to* was shown *report*, written as *content*."""
    ids = [str(line.values["id"]) for section in report.sections if section.anchors for line in section.rows]
    data: dict[str, JSON] = {
        "form": "shown_to_witness",
        "stream": f"engagement/{report.asked.engagement}",
        "size": report.stamp.position,
        "root": report.stamp.root,
        "sha256": sha256(content).hexdigest(),
        "withheld": len(report.stamp.withheld),
        "to": to,
    }
    for start in range(0, max(len(ids), 1), AT_ONCE):
        some: list[JSON] = [*ids[start : start + AT_ONCE]]
        yield Draft("evidence-issued", PRACTICE, {**data, "entries": some})
