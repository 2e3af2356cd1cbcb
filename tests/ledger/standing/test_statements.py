"""What each kind of message says of who knew: stated, told, acknowledged, inferred of its sender and of nobody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.drafts import Receipt
from ledger.standing.matters import knowledge_of
from ledger.standing.statements import statements
from tests.views import HASH, World, london

Said = tuple[str, str | None, tuple[str, ...], bool]
"""The clock, the side, its people, and whether it is inferred."""
US, THEM = "provider", "client"


def knew(side: str, *people: str) -> Said:
    return "aware", side, people, True


def stated(side: str, *people: str) -> Said:
    return "aware", side, people, False


def was_told(side: str, *people: str) -> Said:
    return "told", side, people, False


def answered(side: str, *people: str) -> Said:
    return "acknowledged", side, people, False


HAPPENED: Said = ("happened", None, (), False)
AWARE = london("2025-06-02T09:00")
CALL: dict[str, Any] = {
    "kind": "call",
    "purpose": "update",
    "substance": "the interface is late",
    "participants": ["c1", "c2"],
}


def slip(world: World) -> Receipt:
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    return world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", aware=AWARE, occurred=AWARE)


def owed(world: World) -> Receipt:
    return world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-06-20", title="keys")


def asked(world: World) -> Receipt:
    return world.record("request-received", from_contact="c1", kind="question", channel="call", text="when")


def then(first: Callable[[World], object], event_type: str, **data: Any) -> Callable[[World], Receipt]:
    def act(world: World) -> Receipt:
        first(world)
        return world.record(event_type, **data)

    return act


CASES: dict[str, tuple[Callable[[World], Receipt], list[Said]]] = {
    "a slip foreseen: since when it is known, and not that it happened then": (slip, [stated(US)]),
    "a slip told": (
        then(slip, "slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c1"]),
        [knew(US), was_told(THEM, "c1")]),
    "a slip told to nobody who is named": (
        then(slip, "slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=[]),
        [knew(US), was_told(THEM)]),
    "a slip told, with when it was known": (
        then(slip, "slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c1"], aware=AWARE),
        [stated(US), knew(US), was_told(THEM, "c1")]),
    "a slip told to both sides": (
        then(slip, "slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c2", "c1"]),
        [knew(US), was_told(US, "c2"), was_told(THEM, "c1")]),
    "bad news that happened before it was known": (
        lambda w: w.record("news-learned", polarity="bad", summary="gone", aware=AWARE, occurred="2025-06-01"),
        [stated(US), HAPPENED]),
    "a call of ours": (
        then(slip, "contact-made", direction="outbound", about=["slip:S1"], **CALL),
        [knew(US, "c2"), was_told(THEM, "c1")]),
    "a call of theirs": (
        then(slip, "contact-made", direction="inbound", about=["slip:S1"], **CALL),
        [knew(THEM, "c1"), was_told(US, "c2")]),
    "a delay that the client told": (
        then(owed, "obligation-delay-notified", obligation_id="O1", by="c1", channel="email"),
        [knew(THEM, "c1"), was_told(US)]),
    "a delay that the client told, in its own words": (
        then(owed, "obligation-delay-notified", obligation_id="O1", by="c1", party="client", aware="2025-06-01"),
        [stated(THEM), knew(THEM, "c1"), was_told(US)]),
    "what was given": (then(owed, "obligation-fulfilled", obligation_id="O1", occurred="2025-06-02"), [HAPPENED]),
    "a request of theirs": (
        asked,
        [knew(THEM, "c1"), was_told(US)]),
    "our answer to it": (
        then(asked, "request-answered", request_id="R1", channel="call"),
        [knew(US), answered(US)]),
    "their answer to a request of ours": (
        then(lambda w: w.record("request-sent", to=["c1"], kind="document", channel="email", text="plan"),
             "request-answered", request_id="R1", channel="email"),
        [knew(THEM, "c1"), answered(THEM, "c1")]),
    "a concern felt is known to us": (
        lambda w: w.record("concern-felt", topic="price", text="dear", occurred="2025-06-01"), [stated(US)]),
    "a concern that the client raised": (
        lambda w: w.record("concern-raised", topic="price", raised_by="client", by="c1", text="dear"),
        [knew(THEM, "c1"), was_told(US)]),
    "a version drafted by the client": (
        lambda w: w.draft(1, drafted_by="client"), [HAPPENED, knew(THEM)]),
    "a version signed": (
        then(lambda w: w.draft(1), "agreement-signed", version=1, signed_for="client", signatory="c1",
             document_sha256=HASH, method="email"),
        [knew(THEM, "c1"), answered(THEM, "c1")]),
    "a dispute": (
        lambda w: w.record("dispute-raised", raised_by="client", items=[{"item_id": "fee", "about": []}]),
        [knew(THEM), was_told(US)]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_message_says(tmp_path: Path, act: Callable[[World], Receipt], expected: list[Said]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T12:00")
    entry = world.entry(act(world))
    view = world.view()
    assert view.known is not None

    fact = next(fact for fact in view.state.facts.values() if fact.entry.id == entry)
    said = [(s.clock, s.side, s.people, s.inferred) for s in statements(fact, view.known)]

    assert said == expected


def test_an_acknowledgement_says_that_whoever_sent_it_knew(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T12:00")
    told = world.entry(
        then(slip, "slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c1"])(world)
    )
    world.record("communication-acknowledged", acknowledges=told, by="c1", channel="call")
    known = world.view().standing

    last = knowledge_of(known, "slip:S1").statements[-2:]

    assert [(s.clock, s.side, s.people, s.inferred, s.channel) for s in last] == [
        ("aware", THEM, ("c1",), True, None), ("acknowledged", THEM, ("c1",), False, "call")]  # fmt: skip
