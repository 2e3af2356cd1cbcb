"""The drawers that the facts of one engagement are filed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.aggregate import Aggregate

if TYPE_CHECKING:
    from ledger.events import (
        AgreementDrafted,
        AgreementSigned,
        CadenceAgreed,
        CommunicationAcknowledged,
        DisputeRaised,
        EngagementClosed,
        EngagementOpened,
        FeedbackReceived,
        MilestoneAgreed,
        MilestoneDelivered,
        MilestoneJudged,
        MilestoneRescheduled,
        NewsLearned,
        NewsReported,
        ObligationAgreed,
        SlipAverted,
        SlipForeseen,
        SlipReported,
        StatusReportSent,
    )
    from ledger.facts import Fact


@dataclass(slots=True)
class Milestone:
    """A milestone, its moves, and what was delivered and judged, each in the order it was recorded."""

    agreed: Fact[MilestoneAgreed] | None = None
    moves: list[Fact[MilestoneRescheduled]] = field(default_factory=list)
    delivered: list[Fact[MilestoneDelivered]] = field(default_factory=list)
    judged: list[Fact[MilestoneJudged]] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    moved: int = 0
    """The place of the last move among the facts that stand."""


@dataclass(slots=True)
class Slip:
    """A slip: foreseen, told, averted."""

    milestone_id: str
    spoken: int = 0
    """The place, among the facts that stand, of the last one that spoke of it."""
    foreseen: list[Fact[SlipForeseen]] = field(default_factory=list)
    reported: list[Fact[SlipReported]] = field(default_factory=list)
    averted: Fact[SlipAverted] | None = None


@dataclass(slots=True)
class News:
    """A piece of news: learned, told."""

    learned: Fact[NewsLearned] | None = None
    reported: list[Fact[NewsReported]] = field(default_factory=list)


@dataclass(slots=True)
class Engagement(Aggregate):
    """The drawers that the facts of one engagement are filed in."""

    opened: Fact[EngagementOpened] | None = None
    drafts: dict[int, Fact[AgreementDrafted]] = field(default_factory=dict)
    """The first of each version: one drafted again after a signature does not take its place (domain 3.3.5)."""
    redrafts: list[Fact[AgreementDrafted]] = field(default_factory=list)
    signatures: list[Fact[AgreementSigned]] = field(default_factory=list)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    obligations: dict[str, Fact[ObligationAgreed]] = field(default_factory=dict)
    cadences: dict[str, Fact[CadenceAgreed]] = field(default_factory=dict)
    reports: list[Fact[StatusReportSent]] = field(default_factory=list)
    acknowledgements: dict[str, list[Fact[CommunicationAcknowledged]]] = field(default_factory=dict)
    news: dict[str, News] = field(default_factory=dict)
    feedback: list[Fact[FeedbackReceived]] = field(default_factory=list)
    disputes: dict[str, Fact[DisputeRaised]] = field(default_factory=dict)
    closed: Fact[EngagementClosed] | None = None

    @property
    def account(self) -> str:
        """The id of the account it is for."""
        return self.opened.event.account if self.opened else ""

    def open_slip(self, milestone_id: str) -> str | None:
        """Return the newest slip of a milestone that is neither averted nor overtaken by a new date."""
        milestone = self.milestones.get(milestone_id)
        for slip_id in reversed(milestone.slips if milestone else []):
            slip = self.slips[slip_id]
            if slip.averted is None and milestone and milestone.moved <= slip.spoken:
                return slip_id
        return None

    def drafted(self, version: int) -> list[Fact[AgreementDrafted]]:
        """Return all that was drafted under the number *version*, the one that counts first."""
        first = [self.drafts[version]] if version in self.drafts else []
        return first + [fact for fact in self.redrafts if fact.event.version == version]
