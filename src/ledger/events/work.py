"""The work itself: begun, done, measured, paused (P05, P09, P20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.events.base import Event
from ledger.events.spans import check_span
from ledger.values import Amount, Day, Dec, Erasable, Identity, MilestoneId, Party, ResultId, Str, Text, Version

if TYPE_CHECKING:
    from ledger.values.records import Money


class WorkStarted(Event, streams="engagement"):
    """Work began, on a signed agreement or without one (P09, M16)."""

    agreement_version: Identity[Version | None] = None
    basis: Literal["signed", "letter_of_intent", "none"]
    effort_hours: Amount | None = None
    value: Money | None = None


class WorkRecorded(Event, streams="engagement"):
    """Days of work, and what they are worth (P05, M16)."""

    from_on: Day
    to_on: Day
    days: Amount
    agreement_version: Version | None = None
    milestone_id: MilestoneId | None = None
    value: Money | None = None

    def check(self) -> None:
        """Refuse work that ends before it begins."""
        check_span(self.from_on, self.to_on)


class ResultMeasured(Event, streams="engagement"):
    """How far a result of the assignment has come (P20)."""

    result_id: ResultId
    value: Dec
    unit: Str | None = None
    measured_by: Party


class EngagementPaused(Event, streams="engagement"):
    """One side put the engagement on hold: no rhythm is expected until it goes on (M09)."""

    by: Party
    resume_expected_on: Day | None = None
    reason: Erasable[Text]


class EngagementResumed(Event, streams="engagement"):
    """The engagement goes on (M09)."""

    by: Party
