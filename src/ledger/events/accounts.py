"""The client as an organisation: whether it fits, what we plan, whether to stay (P53 to P56, P58, P61)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.events.feedback import check_scores
from ledger.values import ActorId, Day, Erasable, Identity, Percent, Sha256, Slug, Str, Text, Whole

if TYPE_CHECKING:
    from ledger.values.records import Objective, Scale, Score, StatedObjective


class AccountOpened(Event, streams="account", opens=True):
    """A client, or somebody who may become one (P53, P55)."""

    kind: Literal["organisation", "person", "community"]
    key: bool = False
    market: Slug | None = None
    alias: Erasable[Slug]
    name: Erasable[Str]


class ClientFitAssessed(Event, streams="account", private=True):
    """How far the client is one for us (P53)."""

    scale: Scale
    criteria: list[Score]
    verdict: Literal["fit", "marginal", "unfit"]
    key: bool | None = None

    def check(self) -> None:
        """Refuse a score outside its scale, and a criterion scored twice."""
        check_scores(self.scale, self.criteria)


class AccountPlanApproved(Event, streams="account", private=True):
    """What we want for a client and with it, written and approved (P55, P60)."""

    version: Identity[Annotated[int, Whole(1, 9_999)]]
    drafted_by: ActorId
    approved_by: ActorId
    valid_until: Day
    objectives: list[Objective]
    statements: Erasable[list[StatedObjective]] = None
    document_sha256: Erasable[Sha256] = None

    def check(self) -> None:
        """Refuse an objective named twice."""
        if len({objective["objective_id"] for objective in self.objectives}) < len(self.objectives):
            raise Malformed("An objective is named twice.", field="objectives")


class ProspectDeclined(Event, streams="account", private=True):
    """We will not work for them, and perhaps said who might (P54)."""

    reason: Erasable[Text]
    referred_to: Erasable[Str] = None


class KnowledgeNoted(Event, streams="account", private=True):
    """Something we learned about the client's business (P58)."""

    topic: Literal["business", "industry", "customers", "problems", "own_skills"]
    text: Erasable[Text]
    source: Erasable[Str] = None


class ExitConsidered(Event, streams="account", private=True):
    """What the client costs us against what we have of it, each of 100 (P61, M21)."""

    pain: Percent
    benefit: Percent
    reasons: Erasable[Text]


class ExitDecided(Event, streams="account", private=True):
    """We stay, or we go (P54, P61)."""

    decision: Literal["stay", "exit"]
    plan: Erasable[Text] = None
    referred_to: Erasable[Str] = None
