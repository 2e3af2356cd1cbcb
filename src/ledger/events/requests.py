"""What one side asks of the other, and how soon it is answered (P11, P12, P21 to P23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.events.base import Event
from ledger.values import Channel, ContactId, Due, Erasable, Identity, MilestoneId, Minted, Part, RequestId, Text

if TYPE_CHECKING:
    from ledger.values.records import Money


class RequestReceived(Event, streams="engagement account", defines="request"):
    """The client asked for something (P11, P12, P22, M06)."""

    request_id: Minted[RequestId]
    from_contact: ContactId
    kind: Literal["question", "instruction", "clarification", "document", "call"]
    channel: Channel
    needs_reply: bool = True
    in_scope: Literal["yes", "no", "unclear"] | None = None
    part: Part | None = None
    value: Money | None = None
    text: Erasable[Text]


class RequestSent(Event, streams="engagement account", defines="request"):
    """We asked the client for something, and perhaps cannot go on before it is answered (P21)."""

    request_id: Minted[RequestId]
    to: list[ContactId]
    kind: Literal["question", "instruction", "clarification", "document", "call"]
    channel: Channel
    blocks: list[MilestoneId] = []
    text: Erasable[Text]


class HoldingReplySent(Event, streams="engagement account"):
    """Whoever asked was told when the answer will come, and why not now (P23, M06)."""

    request_id: RequestId
    channel: Channel
    promised_by: Due
    reason: Erasable[Text]


class RequestAnswered(Event, streams="engagement account"):
    """A request has its answer (P22, M06)."""

    request_id: Identity[RequestId]
    channel: Channel
    answer: Erasable[Text] = None
