"""The drawers that the facts of one engagement are filed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dialogue import Dialogue

if TYPE_CHECKING:
    from ledger.events import (
        AgreementDrafted,
        AgreementSigned,
        AmendmentDeclined,
        AmendmentProposed,
        AssumptionRecorded,
        AssumptionTested,
        AvailabilityDeclared,
        CadenceAgreed,
        CommunicationAcknowledged,
        DisputeClosed,
        DisputeRaised,
        EngagementClosed,
        EngagementOpened,
        EngagementPaused,
        EngagementResumed,
        FeedbackGiven,
        FeedbackReceived,
        MilestoneAgreed,
        MilestoneDelivered,
        MilestoneJudged,
        MilestoneRescheduled,
        NewsLearned,
        NewsReported,
        ObligationAgreed,
        ObligationDelayNotified,
        ObligationFulfilled,
        PositionStated,
        ResultMeasured,
        ReviewHeld,
        SelfAssessed,
        SlipAverted,
        SlipForeseen,
        SlipReported,
        StatusReportSent,
        WorkRecorded,
        WorkStarted,
    )
    from ledger.facts import Fact


class Milestone:
    """A milestone, its moves, and what was delivered and judged, each in the order it was recorded."""

    def __init__(self) -> None:
        self.agreed: Fact[MilestoneAgreed] | None = None
        self.moves: list[Fact[MilestoneRescheduled]] = []
        self.delivered: list[Fact[MilestoneDelivered]] = []
        self.judged: list[Fact[MilestoneJudged]] = []
        self.slips: list[str] = []
        self.moved = 0
        """The place of the last move among the facts that stand."""


class Slip:
    """A slip: foreseen, told, averted."""

    def __init__(self, milestone_id: str) -> None:
        self.milestone_id = milestone_id
        self.spoken = 0
        """The place, among the facts that stand, of the last one that spoke of it."""
        self.foreseen: list[Fact[SlipForeseen]] = []
        self.reported: list[Fact[SlipReported]] = []
        self.averted: Fact[SlipAverted] | None = None


class News:
    """A piece of news: learned, told."""

    def __init__(self) -> None:
        self.learned: Fact[NewsLearned] | None = None
        self.reported: list[Fact[NewsReported]] = []


class Amendment:
    """A change of the terms: proposed, and by whom it was declined."""

    def __init__(self) -> None:
        self.proposed: Fact[AmendmentProposed] | None = None
        self.declined: list[Fact[AmendmentDeclined]] = []


class Assumption:
    """Something taken to be so: recorded, tested."""

    def __init__(self) -> None:
        self.recorded: Fact[AssumptionRecorded] | None = None
        self.tested: Fact[AssumptionTested] | None = None


class Dispute:
    """What either side holds in a dispute, and how it ended."""

    def __init__(self) -> None:
        self.positions: list[Fact[PositionStated]] = []
        self.closed: Fact[DisputeClosed] | None = None


class Work:
    """The work: begun, done, measured, paused and gone on with, each in the order it was recorded."""

    def __init__(self) -> None:
        self.started: list[Fact[WorkStarted]] = []
        self.recorded: list[Fact[WorkRecorded]] = []
        self.measured: list[Fact[ResultMeasured]] = []
        self.pauses: list[Fact[EngagementPaused] | Fact[EngagementResumed]] = []


class Engagement(Dialogue):
    """The drawers that the facts of one engagement are filed in."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: Fact[EngagementOpened] | None = None
        self.drafts: dict[int, Fact[AgreementDrafted]] = {}
        """The first of each version: one drafted again after a signature does not take its place (domain 3.3.5)."""
        self.redrafts: list[Fact[AgreementDrafted]] = []
        self.signatures: list[Fact[AgreementSigned]] = []
        self.milestones: dict[str, Milestone] = {}
        self.slips: dict[str, Slip] = {}
        self.obligations: dict[str, Fact[ObligationAgreed]] = {}
        self.cadences: dict[str, Fact[CadenceAgreed]] = {}
        self.reports: list[Fact[StatusReportSent]] = []
        self.acknowledgements: dict[str, list[Fact[CommunicationAcknowledged]]] = {}
        self.news: dict[str, News] = {}
        self.feedback: list[Fact[FeedbackReceived]] = []
        self.disputes: dict[str, Fact[DisputeRaised]] = {}
        self.contests: dict[str, Dispute] = {}
        """What was said in each dispute once it was raised."""
        self.work = Work()
        self.amendments: dict[int, Amendment] = {}
        self.delays: dict[str, list[Fact[ObligationDelayNotified]]] = {}
        self.fulfilled: dict[str, Fact[ObligationFulfilled]] = {}
        self.assumptions: dict[str, Assumption] = {}
        self.away: list[Fact[AvailabilityDeclared]] = []
        self.reviews: dict[str, Fact[ReviewHeld]] = {}
        self.given_feedback: list[Fact[FeedbackGiven]] = []
        self.assessed: list[Fact[SelfAssessed]] = []
        self.closed: Fact[EngagementClosed] | None = None

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
