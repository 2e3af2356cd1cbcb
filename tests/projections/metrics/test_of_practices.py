"""What practices ask to see and no formula counts, each counted by hand.

P08, P11, P12, P16, P20, P21, P25, P26, P28, P33, P35, P39, P40, P45, P47, P48, P53, P54, P55, P59, P60.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.practised import PRACTISED

from ledger.drafts import Receipt
from tests.by_hand import days_after, hours_between
from tests.measuring import figures_of
from tests.views import World, london

ACCOUNT, ENGAGEMENT = "account/acme", "engagement/northwind"
BY_ID = {metric.id: metric for metric in PRACTISED}
TEN = {"min": "0", "max": "10"}
NONE = "none yet"
Act = Callable[[World], object]
Expected = Mapping[str, tuple[object, int, str]]


def ask(world: World, **data: Any) -> Receipt:
    """Have the client ask something."""
    return world.record("request-received", from_contact="c1", kind="question", channel="call", text="t", **data)


def ask_them(world: World, day: str, **data: Any) -> Receipt:
    """Ask the client something at ten."""
    asked = {"to": ["c1"], "kind": "question", "channel": "call", "text": "t", **data}
    return world.record("request-sent", occurred=london(f"{day}T10:00"), **asked)


def speak(world: World, day: str, kind: str = "call", **data: Any) -> Receipt:
    """Speak with the sponsor at ten."""
    said = {"direction": "outbound", "purpose": "update", "participants": ["c1"], "substance": "where we are", **data}
    return world.record("contact-made", kind=kind, occurred=london(f"{day}T10:00"), **said)


def survey(world: World, day: str) -> Receipt:
    """Ask for feedback at ten."""
    return world.record("feedback-requested", wave="w1", to=["c1"], instrument="call", dimensions=["trust"], scale=TEN,
                        occurred=london(f"{day}T10:00"))  # fmt: skip


def answer(world: World, score: int, **data: Any) -> Receipt:
    """Have the sponsor score us."""
    scores = [{"dimension": "trust", "score": str(score)}, {"dimension": "speed", "score": str(score)}]
    return world.record(
        "feedback-received", wave="w1", from_contact="c1", scale=TEN, scores=scores, solicited=True, **data
    )


def propose(world: World, day: str) -> Receipt:
    """Propose an amendment at ten."""
    return world.record("amendment-proposed", from_version=1, new_version=2, proposed_by="provider",
                        changes=[], occurred=london(f"{day}T10:00"))  # fmt: skip


def deliver(world: World) -> Receipt:
    """Deliver a milestone."""
    return world.record("milestone-delivered", milestone_id="M1")


def judge(world: World, verdict: str, by: str = "c1") -> Receipt:
    """Have somebody judge it."""
    return world.record("milestone-judged", milestone_id="M1", verdict=verdict, by=by)


def withdraw(world: World, receipt: Receipt) -> Receipt:
    """Take back what was recorded."""
    return world.record("entry-corrected", entry=world.entry(receipt), kind="withdraw", reason="never was")


def news(world: World, day: str, *, ours: bool) -> object:
    """Learn bad news at nine and tell them at four."""
    known = world.record("news-learned", polarity="bad", summary="s", aware=london(f"{day}T09:00"))
    number = getattr(known.event, "news_id", "")
    return world.record("news-reported", news_id=number, to=["c1"], admits_fault=ours, occurred=london(f"{day}T16:00"))


def feel(world: World, *, confirmed: bool | None = None, intuition: bool = True) -> object:
    """Feel that something is off, and find out whether it is."""
    felt = world.record("concern-felt", topic="people", intuition=intuition, text="t")
    if confirmed is None:
        return felt
    name = getattr(felt.event, "concern_id", "")
    return world.record("concern-resolved", concern_id=name, outcome="resolved", confirmed=confirmed)


def offer(world: World, outcome: str = "") -> object:
    """Offer an idea, and have it decided."""
    offered = world.record("idea-offered", to=["c1"], text="a matinee")
    if not outcome:
        return offered
    return world.record("idea-decided", idea_id=getattr(offered.event, "idea_id", ""), outcome=outcome)


def results(world: World, *stated: Mapping[str, str]) -> object:
    """Draft a version that names results."""
    return world.draft(1, results=[{"result_id": f"R{number}", **one} for number, one in enumerate(stated, 1)])


def measure(world: World, result: str, value: str) -> Receipt:
    """Measure a result."""
    return world.record("result-measured", result_id=result, value=value, measured_by="client")


def close(world: World, *verdicts: str) -> Receipt:
    """Close the engagement and mark its results."""
    marks = [{"result_id": f"R{number}", "verdict": verdict} for number, verdict in enumerate(verdicts, 1)]
    return world.record("engagement-closed", reason="completed", results=marks, open_obligations=[])


def slip(world: World, **data: Any) -> object:
    """Foresee a slip and tell it."""
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    foreseen = world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-18", aware=london("2025-06-12T09:00"))
    name = getattr(foreseen.event, "slip_id", "")
    return world.record("slip-reported", slip_id=name, milestone_id="M1", forecast="2025-07-18", to=["c1"], **data)


def cadence(world: World, *sent: str, kind: str = "report") -> object:
    """Agree on a report each Friday at five from 30 May on, and send some."""
    world.record("cadence-agreed", cadence_id="weekly", kind=kind, rrule="FREQ=WEEKLY;BYDAY=FR", starts="2025-05-30T17:00",
                 calendar="default", occurred="2025-05-26")  # fmt: skip
    return [
        world.record("status-report-sent", cadence_id="weekly", to=["c1"], no_change=True, occurred=london(moment))
        for moment in sent
    ]


def assess(world: World, score: str, verdict: str) -> Receipt:
    """Assess how well the client fits."""
    return world.record("client-fit-assessed", ACCOUNT, scale=TEN, verdict=verdict,
                        criteria=[{"dimension": "market", "score": score}, {"dimension": "pay", "score": "10"}])  # fmt: skip


def retain(world: World, from_on: str, to_on: str) -> World:
    """Sign a version that guarantees work for a time."""
    span = {"from_on": from_on, "to_on": to_on, "notice_days": 14, "exclusive": False}
    return world.signed(1, retention=span)


CASES: dict[str, tuple[str, Act, Expected]] = {
    "P08 nothing is guaranteed": ("P08", lambda w: w.signed(1), {}),
    "P08 from today on": ("P08", lambda w: retain(w, "2025-05-01", "2025-06-30"), {
        "days_left version:1": (12, 1, "plan the next by 2025-06-16")}),
    "P08 the days before it begins do not count": ("P08", lambda w: retain(w, "2025-06-26", "2025-06-30"), {
        "days_left version:1": (3, 1, "plan the next by 2025-06-16")}),
    "P08 it is over": ("P08", lambda w: retain(w, "2025-05-01", "2025-06-11"), {
        "days_left version:1": (0, 1, "plan the next by 2025-05-28")}),
    "P11 by part and in all": ("P11", lambda w: [
        w.record("request-received", from_contact="c1", kind="clarification", channel="call", text="t", **part)
        for part in ({"part": "compensation"}, {"part": "compensation"}, {"part": "scope"}, {})], {
            "clarifications part:compensation": (2, 2, ""), "clarifications part:scope": (1, 1, ""),
            "clarifications": (4, 4, "")}),
    "P12 an amendment followed one of two": ("P12", lambda w: (
        w.draft(1), ask(w, in_scope="no", occurred=london("2025-06-02T09:00")), propose(w, "2025-06-03"),
        ask(w, in_scope="no", occurred=london("2025-06-04T09:00")), ask(w, in_scope="yes"), ask(w, in_scope="unclear")), {
            "out_of_scope": (2, 2, ""), "without_amendment": (1, 2, "")}),
    "P16 one of two came with a way out": ("P16", lambda w: (slip(w, options_count=2), slip(w)), {
        "without_options": (Decimal("0.5"), 2, "")}),
    "P20 measured, missed, unmeasured": ("P20", lambda w: (
        results(w, {"target": "90"}, {"target": "90"}, {"target": "1"}), measure(w, "R1", "96"), measure(w, "R2", "89")), {
            "attained": (Decimal(1) / 3, 3, "")}),
    "P20 the mark at the close goes before the measure": ("P20", lambda w: (
        results(w, {"target": "90"}, {"target": "90"}), measure(w, "R1", "96"), close(w, "not_attained", "attained")), {
            "attained": (Decimal("0.5"), 2, "")}),
    "P21 days on which any of two waited": ("P21", lambda w: (
        w.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot"),
        ask_them(w, "2025-06-03", blocks=["M1"]), ask_them(w, "2025-06-04", blocks=["M1"]), ask_them(w, "2025-06-02"),
        w.record("request-answered", request_id="R1", channel="call", occurred=london("2025-06-06T10:00"))), {
            "blocking_open": (1, 2, ""), "idle_bd": (days_after("2025-06-03", "2025-06-12"), 2, "")}),
    "P25 an hour and a minute off": ("P25", lambda w: cadence(w, "2025-05-30T16:00", "2025-06-06T15:59"), {
        "regular cadence:weekly": (Decimal("0.5"), 2, "")}),
    "P25 nothing came": ("P25", cadence, {"regular cadence:weekly": (None, 0, NONE)}),
    "P25 a review is no report": ("P25", lambda w: cadence(w, kind="review"), {}),
    "P26 two of three": ("P26", lambda w: (
        cadence(w, "2025-05-30T16:00", "2025-06-06T15:59"), w.record("status-report-sent", to=["c1"])), {
            "no_change": (2, 3, "")}),
    "P28 by another channel, and before we knew": ("P28", lambda w: (
        speak(w, "2025-06-02"), w.record("preference-recorded", ACCOUNT, contact="c1", channel="call", source="asked",
                                         detail_level="normal", occurred=london("2025-06-03T09:00")),
        speak(w, "2025-06-04"), speak(w, "2025-06-05", "email"), speak(w, "2025-06-06", "email", direction="inbound"),
        speak(w, "2025-06-06", "meeting", participants=["c1", "c2"])), {"off_preference": (Decimal(2) / 3, 3, "")}),
    "P33 rejected, withdrawn, accepted": ("P33", lambda w: (
        w.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot"),
        deliver(w), judge(w, "rejected"), withdraw(w, deliver(w)), deliver(w), judge(w, "accepted"), deliver(w)), {
            "taken_back": (Decimal("0.5"), 4, "")}),
    "P33 a rejection by somebody who may not": ("P33", lambda w: (
        w.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot"),
        deliver(w), judge(w, "rejected", by="c2")), {"taken_back": (Decimal(0), 1, "")}),
    "P35 one of two was ours": ("P35", lambda w: (
        news(w, "2025-06-03", ours=True), news(w, "2025-06-04", ours=False)), {
            "admitted": (1, 1, ""),
            "admit_median_bh": (hours_between("2025-06-03T09:00", "2025-06-03T16:00"), 1, "")}),
    "P39 one of two was answered": ("P39", lambda w: (
        survey(w, "2025-06-02"), survey(w, "2025-06-05"), answer(w, 5, feedback_id="F1")), {
            "answered": (Decimal("0.5"), 2, ""), "asked_days_ago": (7, 2, "")}),
    "P40 three days after the first meeting": ("P40", lambda w: (
        speak(w, "2025-06-02"), speak(w, "2025-06-04", "meeting"), speak(w, "2025-06-05", "meeting"),
        survey(w, "2025-06-11"), survey(w, "2025-06-09")), {
            "first_asked_bd": (days_after("2025-06-04", "2025-06-09"), 1, "")}),
    "P40 before the first meeting": ("P40", lambda w: (
        speak(w, "2025-06-04", "meeting"), survey(w, "2025-06-03")), {"first_asked_bd": (-1, 1, "")}),
    "P45 the lowest of four": ("P45", lambda w: [answer(w, score) for score in (9, 2, 7, 8)], {"unlearned": (1, 1, "")}),
    "P45 of which a lesson was drawn": ("P45", lambda w: (
        [answer(w, score) for score in (9, 7, 8)],
        w.record("lesson-recorded", source=f"entry:{w.entry(answer(w, 2))}", lesson="draw it first")), {
            "unlearned": (0, 1, "")}),
    "P45 a lesson of the request is one of the answer": ("P45", lambda w: (
        survey(w, "2025-06-02"), answer(w, 2, feedback_id="F1"),
        w.record("lesson-recorded", source="feedback:F1", lesson="draw it first")), {"unlearned": (0, 1, "")}),
    "P47 right, wrong, open; and no intuition": ("P47", lambda w: (
        feel(w, confirmed=True), feel(w, confirmed=False), feel(w), feel(w, confirmed=True, intuition=False)), {
            "confirmed": (Decimal(1) / 3, 3, "")}),
    "P48 measured by them, by us, not at all": ("P48", lambda w: results(
        w, {"measure_stated_by": "client"}, {"measure_stated_by": "provider"}, {}), {
            "without_measure": (Decimal(2) / 3, 3, "")}),
    "P53 at the start, and at the close": ("P53", lambda w: (
        assess(w, "6", "fit"), assess(w, "1", "unfit"), results(w, {}, {}, {}),
        close(w, "attained", "not_attained", "waived")), {
            "fit_at_start": (Decimal(80), 2, "fit"), "attained_at_close": (Decimal("0.5"), 2, "")}),
    "P54 once": ("P54", lambda w: w.record("prospect-declined", ACCOUNT, reason="no hall"), {"declined": (1, 1, "")}),
    "P55 to the end of June": ("P55", lambda w: w.record(
        "account-plan-approved", ACCOUNT, version=1, drafted_by="a1", approved_by="a1", valid_until="2025-06-30",
        objectives=[]), {"plan_days_left version:1": (18, 1, "")}),
    "P55 over": ("P55", lambda w: w.record(
        "account-plan-approved", ACCOUNT, version=1, drafted_by="a1", approved_by="a1", valid_until="2025-06-11",
        objectives=[]), {"plan_days_left": (None, 0, NONE)}),
    "P59 adopted, declined, open": ("P59", lambda w: (offer(w, "adopted"), offer(w, "declined"), offer(w)), {
        "offered": (3, 3, ""), "adopted": (Decimal(1) / 3, 3, "")}),
    "P60 one of two": ("P60", lambda w: (
        w.record("account-plan-approved", ACCOUNT, version=1, drafted_by="a1", approved_by="a1", valid_until="2025-06-30",
                 objectives=[{"objective_id": "G1", "aligned_to": "touring", "shared": True}]),
        results(w, {"client_goal": "G1"}, {})), {"linked": (Decimal("0.5"), 2, "")}),
}  # fmt: skip


@pytest.mark.parametrize(("practice", "tell", "expected"), CASES.values(), ids=CASES)
def test_a_practice_reads(tmp_path: Path, practice: str, tell: Act, expected: Expected) -> None:
    world = World(tmp_path).begin().at("2025-06-12T12:00")
    tell(world)
    metric = BY_ID[practice]

    found = figures_of(metric, world.view(stream=ENGAGEMENT if "engagement" in metric.streams else ACCOUNT))

    assert {name: (figure.value, figure.n, figure.words) for name, figure in found.items()} == expected


def test_every_figure_of_a_practice_has_a_case() -> None:
    shown: dict[str, set[str]] = {}
    for practice, _, expected in CASES.values():
        shown.setdefault(practice, set()).update(name.partition(" ")[0] for name in expected)

    assert shown == {metric.id: set(metric.meanings) for metric in PRACTISED if metric.over_all is None}


def test_practices_stand_in_their_order_and_name_themselves() -> None:
    ids = [metric.id for metric in PRACTISED]

    assert ids == sorted(ids)
    assert all(metric.id in metric.practices for metric in PRACTISED)
