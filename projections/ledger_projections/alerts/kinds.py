"""The kinds of rhythm: what is due of each, what it is when it was missed, and what keeps it (P25 to P27, P29, P38, P39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_projections.alerts.alert import command, recording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.view import View


class Kind(NamedTuple):
    """How alerts speak of one kind of cadence."""

    due: str
    missed: str
    practices: tuple[str, str]
    """Of what is due, and of what was missed."""
    noun: str
    done: str


KINDS: Mapping[str, Kind] = {
    "report": Kind("A-report-due", "A-silence", ("P25", "P26"), "report", "sent"),
    "review": Kind("A-rhythm-due", "A-rhythm-missed", ("P38", "P38"), "review", "held"),
    "account_review": Kind("A-rhythm-due", "A-rhythm-missed", ("P29", "P29"), "account review", "held"),
    "feedback": Kind("A-rhythm-due", "A-rhythm-missed", ("P39", "P39"), "feedback", "asked for"),
    "check_in": Kind("A-rhythm-due", "A-rhythm-missed", ("P27", "P27"), "check-in", "made"),
}
"""A report that was missed is silence only until anything is said; the others are missed until they are kept."""


def keeping_command(view: View, kind: str, name: str) -> str:
    """Return the command that keeps the cadence called *name*."""
    if kind == "report":
        return command(view, "report", f"--cadence {name}")
    if kind == "feedback":
        return recording(view, "feedback-requested", "--cadence-id", name)
    if kind == "check_in" or view.engagement is None:
        purpose = "--purpose check-in" if kind == "check_in" else "--kind meeting"
        return command(view, "contact", purpose, f"--cadence {name}")
    return command(view, "review", f"--cadence {name}")
