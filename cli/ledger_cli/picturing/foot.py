"""What stands at the foot of a page, and what it says of itself to programs: of which ledger, when, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.printing.output import json_text
from ledger_cli.printing.pages import escaped
from ledger_cli.reporting.about import NAME as REPORT
from ledger_cli.reporting.about import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger_projections.reports import Report

NAME = "engagement-ledger-page"
"""What a page says that it is; no other file is ever written over."""
NOT_HERE = ("Not here", "What stands over several engagements, as too much promised for a week: engage signals.")


def about_page(report: Report) -> Mapping[str, str]:
    """Return what a page says of itself to programs, and the question that it answers: it can be asked again."""
    stamp = report.stamp
    said = {
        "reader": report.asked.options["reader"],
        "position": stamp.position,
        "root": stamp.root,
        "as_of": stamp.as_of,
    }
    return {NAME: json_text({**said, "withheld": len(stamp.withheld)}), REPORT: json_text(report.asked.written())}


def foot(report: Report, withheld: str = "") -> Iterator[str]:
    """Yield the stamp of a page; what it says of *withheld* entries takes the place of their numbers."""
    reader = report.asked.options["reader"]
    yield "<footer>"
    yield '<h2 class="source">About this page</h2>'
    yield "<dl>"
    *stamp, check = terms(report)
    for term, said in (*stamp, ("Made for", f"the {reader}"), NOT_HERE, check):
        words = withheld if withheld and term == "Withheld" else said
        yield f"<div><dt>{escaped(term)}</dt><dd>{escaped(words)}</dd></div>"
    yield "</dl>"
    yield "</footer>"
