"""Milestones, and the slips of their dates: foreseen, told, averted, agreed (P03, P14 to P16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import (
    Amount,
    AssumptionId,
    Channel,
    Commitment,
    ContactId,
    Count,
    Day,
    Due,
    Erasable,
    Identity,
    MilestoneId,
    Minted,
    RequestId,
    SlipId,
    Str,
    Text,
    Version,
)

if TYPE_CHECKING:
    from ledger.values.records import Cause


class MilestoneAgreed(Event, streams="engagement", defines="milestone"):
    """A milestone and the date it is due (P03, P12, P19, P46, M04, M05)."""

    milestone_id: Identity[MilestoneId]
    due: Due
    agreement_version: Version | None = None
    starts_on: Day | None = None
    effort_days: Amount | None = None
    depends_on: list[MilestoneId] = []
    assumptions: list[AssumptionId] | None = None
    from_request: RequestId | None = None
    title: Erasable[Str]
    acceptance_criteria: Erasable[Text] = None


class SlipForeseen(Event, streams="engagement", defines="slip"):
    """We know that a milestone will be late; nobody need have been told (P15, M02, M03, M15)."""

    slip_id: Minted[SlipId]
    milestone_id: MilestoneId
    forecast: Due
    causes: list[Cause] = []
    why: Erasable[Text] = None

    def check(self) -> None:
        """Refuse a cause that ends before it begins."""
        check_causes(self.causes)


class SlipReported(Event, streams="engagement", defines="slip"):
    """The other side was told of a slip; with a new id it opens that slip (P15, P16, M01 to M04)."""

    slip_id: SlipId
    milestone_id: MilestoneId
    forecast: Due
    to: list[ContactId]
    channel: Channel | None = None
    affected: list[ContactId] = []
    causes: list[Cause] = []
    impact_stated: bool = False
    options_count: Count = 0
    impact: Erasable[Text] = None
    options: Erasable[list[Text]] = None

    def check(self) -> None:
        """Refuse a cause that ends before it begins."""
        check_causes(self.causes)


class SlipAverted(Event, streams="engagement"):
    """A slip that was foreseen will not come (P15)."""

    slip_id: Identity[SlipId]
    how: Erasable[Text] = None


class MilestoneRescheduled(Event, streams="engagement"):
    """The date in force moves, if whoever agreed to it may (P03, M04)."""

    milestone_id: MilestoneId
    from_due: Due
    to_due: Due
    agreed_by: ContactId | None = None
    agreement_version: Version | None = None
    reason: Erasable[Text] = None


class MilestoneDelivered(Event, streams="engagement"):
    """What a milestone promised was handed over (P14, P33, M05)."""

    milestone_id: MilestoneId
    summary: Erasable[Text] = None


class MilestoneJudged(Event, streams="engagement"):
    """The client accepted or rejected what was delivered (P14, M05, M20)."""

    milestone_id: MilestoneId
    verdict: Literal["accepted", "rejected"]
    by: ContactId
    reasons: Erasable[Text] = None


class CommitmentReleased(Event, streams="engagement account"):
    """A milestone, an obligation or a rhythm need not be kept any more: without this it would be overdue for ever."""

    released: Identity[Commitment]
    agreed_by: ContactId | None = None
    agreement_version: Version | None = None
    reason: Erasable[Text] = None


def check_causes(causes: list[Cause]) -> None:
    """Refuse a cause that ends before it begins."""
    for cause in causes:
        if cause.get("to_on", cause["from_on"]) < cause["from_on"]:
            raise Malformed(f"A cause ends on {cause['to_on']}, before it begins.", field="causes")
