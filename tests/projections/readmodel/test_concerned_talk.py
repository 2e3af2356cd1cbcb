"""What a word between the two sides can change: its own row, its day, the time it keeps, and who leaves it behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.concerning.concerned import concerned

from tests.views import World, london

ASKED: dict[str, Any] = {"from_contact": "c1", "kind": "question", "channel": "call", "text": "when"}
SPOKEN: dict[str, Any] = {
    "kind": "call",
    "direction": "outbound",
    "purpose": "chase",
    "participants": ["c1", "c2"],
    "substance": "where is it",
}
TALK = {"talk", "engagement", "cadence:w"}
CASES: dict[str, tuple[Callable[[World], object], set[str] | None]] = {
    "a report, the time it keeps": (
        lambda w: w.record("status-report-sent", cadence_id="w", to=["c1"], occurred=london("2025-06-13T16:00")),
        {*TALK, "occurrence:w/2"}),
    "a report sent late, the time before": (
        lambda w: w.record("status-report-sent", cadence_id="w", to=["c1"], occurred=london("2025-06-09T16:00")),
        {*TALK, "occurrence:w/1"}),
    "a request, itself": (lambda w: w.record("request-received", **ASKED), {"request:R2", "contact:c3"}),
    "an answer, the silence too": (
        lambda w: w.record("request-answered", request_id="R1", channel="call"), {"request:R1", "contact:c3", *TALK}),
    "what is owed, who leaves": (
        lambda w: w.record("obligation-fulfilled", obligation_id="O1"), {"obligation:O1", "contact:c3"}),
    "a call, who took part, its day and what it was about": (
        lambda w: w.record("contact-made", **SPOKEN, about=["obligation:O1"]),
        {*TALK, "contact:c1", "contact:c2", "contact:c3", "contact-day:2025-06-14", "obligation:O1"}),
    "a call with the account, nothing here": (lambda w: w.record("contact-made", "account/acme", **SPOKEN), set()),
    "a request of the account, nothing here": (lambda w: w.record("request-received", "account/acme", **ASKED), set()),
    "a departure, everything": (
        lambda w: w.record("contact-departed", "account/acme", contact="c1", leaves_on="2025-07-01"), None),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_word_concerns(tmp_path: Path, act: Callable[[World], object], expected: set[str] | None) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    world.person("manager", "client")
    world.record("contact-departed", "account/acme", contact="c3", leaves_on="2025-07-01")
    world.record("cadence-agreed", cadence_id="w", kind="report", rrule="FREQ=WEEKLY", starts="2025-06-06T17:00",
                 calendar="default")  # fmt: skip
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-07-01", title="t")
    world.record("request-received", **ASKED)
    after = world.at("2025-06-14T10:00").journal.head()
    act(world)

    things = concerned(world.view(), after)

    assert (things and {thing for thing in things if not thing.startswith("entry:")}) == expected
