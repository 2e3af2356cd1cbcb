"""News, good and bad, learned and told (P31, P35)."""

from __future__ import annotations

from typing import Annotated, Literal

from ledger.events.base import Event
from ledger.values import Channel, ContactId, Erasable, Minted, NewsId, Ref, Text, Whole


class NewsLearned(Event, streams="engagement account", defines="news"):
    """We came to know of something the client should hear (P31, M07)."""

    news_id: Minted[NewsId]
    polarity: Literal["good", "bad", "neutral"]
    severity: Annotated[int, Whole(1, 5)] = 3
    about: list[Ref] = []
    summary: Erasable[Text]
    source: Erasable[Text] = None


class NewsVerified(Event, streams="engagement account"):
    """Whether it was so after all was looked into (P32, M08)."""

    news_id: NewsId
    verdict: Literal["confirmed", "refuted", "partly"]
    implications_stated: bool = False
    method: Erasable[Text]
    implications: Erasable[Text] = None


class NewsReported(Event, streams="engagement account"):
    """The client was told of it, or that it was not so (P31, P35, M07, M08)."""

    news_id: NewsId
    kind: Literal["report", "update", "retraction"] = "report"
    to: list[ContactId]
    channel: Channel | None = None
    admits_fault: bool = False
    text: Erasable[Text] = None
