"""A relationship that hangs on one person (P50, M18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger_projections.alerts.alert import Alert, command
from ledger_projections.metrics.single_contact import reach, risk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.view import View


def on_one_contact(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each engagement that is open and at risk."""
    for view in views:
        if view.known is None or view.known.engagement.closed is not None:
            continue
        found = risk(view)
        if found.why:
            since = max((view.known.at(fact) for fact in found.facts), default=parse_instant(view.as_of))
            yield (
                view,
                Alert(
                    "A-single-contact",
                    "P50",
                    "engagement",
                    raised=since,
                    since=since,
                    says="hangs on one person",
                    also=found.why if isinstance(found.why, str) else ", ".join(found.why),
                    command=command(view, "contact", "--kind meeting"),
                    facts=found.facts or [view.state.history[0]],
                ),
            )


def _command(view: View) -> str:
    """Return how others are met; where enough are, how another is given what one alone may do."""
    found = reach(view)
    if found.is_one or found.is_level or not found.alone:
        return command(view, "contact", "--kind meeting")
    return command(view, "person", f"--may {','.join(sorted(found.alone))}")
