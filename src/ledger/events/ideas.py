"""Ideas we bring to the client, with its goals in mind (P59)."""

from __future__ import annotations

from typing import Literal

from ledger.events.base import Event
from ledger.values import ContactId, Erasable, IdeaId, Identity, Minted, ObjectiveId, Text


class IdeaOffered(Event, streams="engagement account", defines="idea"):
    """We offered an idea, perhaps towards one of the client's goals (P59)."""

    idea_id: Minted[IdeaId]
    to: list[ContactId]
    client_goal: ObjectiveId | None = None
    text: Erasable[Text]


class IdeaDecided(Event, streams="engagement account"):
    """The client took it up, or did not (P59)."""

    idea_id: Identity[IdeaId]
    outcome: Literal["adopted", "declined"]
