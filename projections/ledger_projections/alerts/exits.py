"""What is still to be said once an engagement is closed: how it was, by both sides (P42)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.alerts.alert import Alert, command
from ledger_projections.flagging import flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Known
    from ledger_projections.view import View


def exit_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert while a close lacks the recap of either side."""
    if known.engagement.closed is None:
        return
    for flag in flags(view):
        if flag.flag == "missing-exit-feedback":
            since = known.at(flag.fact)
            yield Alert(
                "A-missing-exit-feedback",
                "P42",
                flag.subject,
                raised=since,
                since=since,
                says="closed without a recap of both sides",
                also=flag.detail,
                command=_command(view, flag.detail),
                calendar=known.calendar(since).name,
                facts=[flag.fact, *flag.others],
            )


def _command(view: View, detail: str) -> str:
    """Return the command for the word that is missing, theirs before ours."""
    return command(view, "feedback", "--closing") if "the client" in detail else command(view, "self", "--closing")
