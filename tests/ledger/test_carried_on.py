"""A later act of a thing is known as one; what the other side was told by is none, nor what only mentions a thing."""

from typing import Any

import pytest

from ledger.events import (
    CommitmentReleased,
    ContactMade,
    Event,
    MilestoneDelivered,
    NewsReported,
    NewsVerified,
    SlipForeseen,
    SlipReported,
)
from ledger.references import carried_on

TALK: dict[str, Any] = {
    "kind": "call",
    "direction": "outbound",
    "purpose": "update",
    "participants": ["c1"],
    "substance": "the cable",
}
ACTS: dict[str, tuple[Event, list[tuple[str, str]]]] = {
    "a delivery": (MilestoneDelivered(milestone_id="M2"), [("milestone", "M2")]),
    "a slip": (
        SlipForeseen(slip_id="S1", milestone_id="M2", forecast="2025-07-18"), [("slip", "S1"), ("milestone", "M2")]),
    "a verification": (NewsVerified(news_id="N1", verdict="confirmed", method="seen"), [("news", "N1")]),
    "what is let go": (CommitmentReleased(released="obligation:O4"), [("obligation", "O4")]),
    "a slip that they were told of": (
        SlipReported(slip_id="S1", milestone_id="M2", forecast="2025-07-18", to=["c1"]), []),
    "news that they were told": (NewsReported(news_id="N1", to=["c1"]), []),
    "talk about a thing": (ContactMade(**TALK, about=["milestone:M2"]), []),
}  # fmt: skip


@pytest.mark.parametrize(("event", "things"), ACTS.values(), ids=ACTS)
def test_an_act_carries_on_the_things_that_it_is_a_later_act_of(event: Event, things: list[tuple[str, str]]) -> None:
    assert list(carried_on(event)) == things
