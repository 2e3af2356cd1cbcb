"""What needs attention: one alert, from when to when, why, and what clears it (domain 3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ledger.facts import Fact
    from ledger_projections.view import View

RANKS = {
    "A-undisclosed-slip": 1,
    "A-waiting-on-us": 2,
    "A-overdue": 3,
    "A-due-next": 3,
    "A-report-due": 4,
    "A-silence": 4,
    "A-rhythm-due": 4,
    "A-rhythm-missed": 4,
    "A-unacknowledged": 5,
    "A-client-overdue-unnotified": 5,
    "A-client-overdue-notified": 5,
    "A-check-obligation": 5,
    "A-feedback-unanswered": 5,
    "A-unreported-bad-news": 6,
    "A-needs-retraction": 6,
    "A-unverified-news": 6,
    "A-unsigned": 7,
    "A-unsigned-work": 7,
    "A-day-cap": 7,
    "A-without-authority": 7,
    "A-action-due": 8,
    "A-adverse-trend": 8,
    "A-assumption-untested": 8,
    "A-first-feedback": 8,
    "A-unraised": 9,
    "A-concern-open": 9,
    "A-agreement-incomplete": 10,
    "A-needs-unsaid": 10,
    "A-gift": 10,
    "A-no-plan": 10,
    "A-pain-over-benefit": 10,
    "A-missing-exit-feedback": 10,
}
"""By consequence, as in domain 3.7: the lower, the more there is to lose. Up to 9 they are the lists of the morning."""
MORNING = 9
"""The last of the lists that somebody looks at each morning; what ranks behind it is for the week."""


class Alert(NamedTuple):
    """One signal: it stands from *raised* until *cleared*; *says* and *also* hold no number that grows."""

    signal: str
    practice: str
    subject: str
    raised: datetime
    since: datetime
    says: str
    command: str
    facts: Sequence[Fact[Any]]
    also: str = ""
    deadline: datetime | None = None
    cleared: datetime | None = None
    occurrence: str = ""
    calendar: str = "default"

    def until(self, end: datetime | None) -> Alert | None:
        """Return this alert, cleared at *end* at the latest; None if it never stood."""
        cleared = min((when for when in (self.cleared, end) if when is not None), default=None)
        if cleared is not None and cleared <= self.raised:
            return None
        return self if cleared is self.cleared else self._replace(cleared=cleared)


def named(view: View) -> str:
    """Return what a command calls the stream of *view*."""
    if view.engagement is not None:
        return view.alias or view.stream.partition("/")[2]
    return f"account/{_account(view)}"


def command(view: View, verb: str, *words: str) -> str:
    """Return a command about the stream of *view*; what only whoever types it knows is left out, for the verb asks it."""
    if view.engagement is not None:
        return " ".join(("engage", verb, named(view), *words))
    return " ".join(("engage", verb, *words, "--account", _account(view)))


def recording(view: View, event: str, *words: str) -> str:
    """Return a command that records an event for which there is no verb."""
    return " ".join(("engage record", event, "--on", named(view), *words))


def first(*moments: datetime | None) -> datetime | None:
    """Return the earliest of *moments*."""
    return min((moment for moment in moments if moment is not None), default=None)


def known_by_then(since: datetime, *written: Fact[Any]) -> datetime:
    """Return *since*, or when the first of *written* was recorded, if that was before: who writes it knows it.

    A day of awareness counts from its opening (domain 3.3.7), which on a weekend or early in the morning is still to come.
    """
    return min(since, *(parse_instant(fact.recorded) for fact in written))


def _account(view: View) -> str:
    return view.account_alias or view.stream.partition("/")[2]
