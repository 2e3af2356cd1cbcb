"""What is flagged, and what is not: for each flag, an act that raises it and one like it that does not."""

from collections.abc import Callable
from typing import Any

from ledger.drafts import Receipt
from tests.views import World, london

RESULT = {"result_id": "R1", "measure_stated_by": "client"}
Act = Callable[[World], object]


def _whole(world: World, **data: Any) -> None:
    world.record("cadence-agreed", cadence_id="quarterly", kind="review", rrule="FREQ=MONTHLY;INTERVAL=3",
                 starts="2025-06-06T10:00", calendar="default")  # fmt: skip
    world.draft(1, **{"results": [RESULT], **data})


def milestone(world: World, **data: Any) -> Receipt:
    return world.record("milestone-agreed", **{"milestone_id": "M1", "due": "2025-06-20", "title": "pilot", **data})


def _signed(world: World) -> str:
    world.draft(1, results=[RESULT])
    world.sign(1, "client", "c1")
    return next(f.entry.id for f in world.facts() if f.event.short_name == "agreement-drafted")


def _redraft(world: World) -> None:
    world.record("entry-corrected", entry=_signed(world), kind="amend", reason="typed wrong",
                 changes=[{"path": "data.currency", "after": '"EUR"'}])  # fmt: skip


def _reschedule(world: World, **data: Any) -> None:
    milestone(world)
    world.at("2025-06-03T10:00").record("milestone-rescheduled", **{
        "milestone_id": "M1", "from_due": "2025-06-20", "to_due": "2025-06-27", "agreed_by": "c1", **data})  # fmt: skip


def _let_go(world: World, **data: Any) -> None:
    milestone(world)
    world.record("commitment-released", released="milestone:M1", **data)


def _judge(world: World, by: str) -> None:
    milestone(world)
    world.record("milestone-delivered", milestone_id="M1", evidence_count=1)
    world.record("milestone-judged", milestone_id="M1", verdict="accepted", by=by)


def _tell(world: World, **data: Any) -> None:
    milestone(world)
    world.record("slip-reported", **{"milestone_id": "M1", "forecast": "2025-06-27", "to": ["c1"],
                                     "impact_stated": True, "options_count": 1, **data})  # fmt: skip


def _close(world: World, *verdicts: dict[str, str]) -> None:
    _whole(world)
    world.record("engagement-closed", reason="completed", results=list(verdicts), open_obligations=[])


def _dispute(world: World, about: str, *, closed: bool = False, **evidence: Any) -> None:
    milestone(world)
    agreed = next(f.entry.id for f in world.facts() if f.event.short_name == "milestone-agreed")
    world.record("dispute-raised", raised_by="client", items=[{"item_id": "i1", "about": [about]}])
    if closed:
        world.record("dispute-closed", dispute_id="D1", outcome="settled")
    world.record("entry-corrected", entry=agreed, kind="amend", reason="misheard",
                 changes=[{"path": "data.due", "after": '"2025-06-21"'}], **evidence)  # fmt: skip


def _sign(world: World, signatory: str) -> None:
    _whole(world)
    world.sign(1, "client", signatory)


def _propose(world: World, before: str) -> None:
    _whole(world, day_cap="100")
    world.record("amendment-proposed", from_version=1, new_version=2, proposed_by="client",
                 changes=[{"path": "data.day_cap", "before": before, "after": '"120"'}])  # fmt: skip


def _correct(world: World, before: str) -> None:
    milestone(world)
    agreed = next(f.entry.id for f in world.facts() if f.event.short_name == "milestone-agreed")
    for old, new in (('"2025-06-20"', '"2025-06-21"'), (before, '"2025-06-22"')):
        world.record("entry-corrected", entry=agreed, kind="amend", reason="misheard",
                     changes=[{"path": "data.due", "before": old, "after": new}])  # fmt: skip


def _ask(world: World, **data: Any) -> None:
    world.record("request-received", **{"from_contact": "c1", "kind": "instruction", "channel": "call",
                                        "text": "do it", **data})  # fmt: skip


def _instruct(world: World, *, may: bool) -> None:
    if may:
        world.grant("c1", "instruct")
    _ask(world)


def _beyond(world: World, in_scope: str = "no", *, amended: bool = False) -> None:
    _ask(world, in_scope=in_scope)
    _whole(world)
    if amended:
        world.draft(2)
        world.record("amendment-proposed", from_version=1, new_version=2, proposed_by="client", changes=[])
    milestone(world, from_request="R1", **({"agreement_version": 2} if amended else {}))


def _assume(world: World, *, tested: str | None) -> None:
    world.record("assumption-recorded", statement="the quay is free")
    milestone(world, assumptions=["H1"])
    world.at("2025-06-10T10:00").record("milestone-delivered", milestone_id="M1", evidence_count=1)
    if tested:
        world.at("2025-06-12T10:00").record("assumption-tested", assumption_id="H1", verdict="held", how="seen",
                                            occurred=london(tested))  # fmt: skip


def _promise(world: World, by: str, subject: str = "engagement/northwind") -> None:
    world.record("request-received", subject, from_contact="c1", kind="question", channel="call", text="when")
    world.record("holding-reply-sent", subject, request_id="R1", channel="call", promised_by=by, reason="on leave")


def _talk(world: World, *people: str, subject: str = "engagement/northwind", **data: Any) -> None:
    world.record("contact-made", subject, **{"kind": "call", "direction": "outbound", "purpose": "update",
                                             "participants": list(people), "substance": "where we are", **data})  # fmt: skip


def _review(world: World, *people: str, **data: Any) -> None:
    scores = {"needs_met_provider": "7", "needs_met_client": "8", **data}
    world.record("review-held", attendees=list(people), scale={"min": "0", "max": "10"}, decision="continue",
                 **{name: score for name, score in scores.items() if score})  # fmt: skip


def _verify(world: World, verdict: str = "confirmed", subject: str = "engagement/northwind", **data: Any) -> None:
    world.record("news-learned", subject, polarity="bad", summary="gone", aware=london("2025-06-02T09:00"))
    world.record("news-verified", subject, news_id="N1", verdict=verdict, method="asked", **data)


def _act(world: World, *, verified: bool, by_entry: bool = False) -> None:
    world.record("news-learned", polarity="bad", summary="gone", aware=london("2025-06-02T09:00"))
    learned = next(f.entry.id for f in world.facts() if f.event.short_name == "news-learned")
    if verified:
        world.record("news-verified", news_id="N1", verdict="confirmed", implications_stated=True, method="asked")
    world.record("action-agreed", trigger=f"entry:{learned}" if by_entry else "news:N1", owner="a1", due="2025-06-09",
                 what="find another")  # fmt: skip


def _raise(world: World, raised_by: str = "provider", *, stated: bool) -> None:
    world.record("concern-raised", topic="price", raised_by=raised_by, text="too low", client_view_stated=stated)


_SCALE: dict[str, Any] = {"scale": {"min": "0", "max": "10"}, "scores": [{"dimension": "pace", "score": "7"}]}


def _assess(world: World, *, first: bool) -> None:
    acts: list[Act] = [
        lambda w: w.record("self-assessed", **_SCALE),
        lambda w: w.record("feedback-received", wave="q2", from_contact="c1", solicited=True, **_SCALE)]  # fmt: skip
    for act in acts if first else reversed(acts):
        act(world)


def _leave(world: World, *, ours: bool, theirs: bool) -> None:
    _whole(world)
    world.record(
        "engagement-closed", reason="completed", results=[{"result_id": "R1", "verdict": "waived"}], open_obligations=[]
    )
    if ours:
        world.record("feedback-given", to=["c1"], closing=True, text="a pleasure")
    if theirs:
        world.record("feedback-received", wave="exit", from_contact="c1", solicited=True, closing=True, **_SCALE)


def _owe(world: World, *listed: str, given: bool = False, let_go: bool = False) -> None:
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-06-20", title="keys")
    if given:
        world.record("obligation-fulfilled", obligation_id="O1")
    if let_go:
        world.record("commitment-released", released="obligation:O1")
    world.record("engagement-closed", reason="completed", results=[], open_obligations=list(listed))


def _plan(world: World, approved_by: str) -> None:
    world.record("actor-added", "practice", name="Ada")
    world.record("account-plan-approved", "account/acme", version=1, drafted_by="a1", approved_by=approved_by,
                 valid_until="2026-06-01", objectives=[])  # fmt: skip


def _gift(world: World, minor: int = 5_000, **data: Any) -> Receipt:
    return world.record("gift-recorded", "account/acme", **{
        "direction": "to_us", "counterpart": "c1", "our_person": "a1", "value": {"currency": "GBP", "minor": minor},
        "estimated": True, "kind": "gift", "decision": "accepted", "what": "wine", **data})  # fmt: skip


def _gifts(world: World, *, later: str = "2025-06-20T10:00", **data: Any) -> None:
    _gift(world, 15_000)
    _gift(world.at(later), 5_001, **data)


def _decide(world: World, at: str, what: str = "sign") -> None:
    _gift(world)
    world.at(at)
    match what:
        case "sign":
            _sign(world, "c1")
        case "review":
            _review(world, "c1", "c2")
        case "accept" | "reject":
            milestone(world)
            world.record("milestone-judged", milestone_id="M1", verdict=f"{what}ed", by="c1")


CASES: dict[str, list[tuple[Act, Act]]] = {
    "version-skipped": [(lambda w: w.draft(2), _whole)],
    "redraft-after-signature": [(_redraft, _signed)],
    "agreement-incomplete": [
        (lambda w: w.draft(1, results=[RESULT]), _whole),
        (lambda w: _whole(w, parts=["scope"]), _whole),
        (lambda w: _whole(w, results=[]), _whole),
        (lambda w: _whole(w, results=[{"result_id": "R1"}]), _whole)],
    "due-after-completion": [
        (lambda w: (w.signed(1, timeframe={"completion": "2025-06-13"}), milestone(w)),
         lambda w: (w.signed(1, timeframe={"completion": "2025-06-20"}), milestone(w)))],
    "before-not-in-force": [
        (lambda w: _reschedule(w, from_due="2025-06-19"), _reschedule),
        (lambda w: _propose(w, '"90"'), lambda w: _propose(w, '"100"')),
        (lambda w: _correct(w, '"2025-06-20"'), lambda w: _correct(w, '"2025-06-21"'))],
    "out-of-scope-without-amendment": [
        (_beyond, lambda w: _beyond(w, amended=True)), (_beyond, lambda w: _beyond(w, "yes"))],
    "without-authority": [
        (lambda w: _sign(w, w.person("clerk", "client")), lambda w: _sign(w, "c1")),
        (lambda w: _sign(w, "c2"), lambda w: _sign(w, "c1")),
        (lambda w: _judge(w, "c2"), lambda w: _judge(w, "c1")),
        (lambda w: _instruct(w, may=False), lambda w: _instruct(w, may=True)),
        (_ask, lambda w: _ask(w, kind="question")),
        (lambda w: _reschedule(w, agreed_by="c2"), _reschedule),
        (lambda w: _reschedule(w, agreed_by=None), lambda w: _reschedule(w, agreed_by="c1"))],
    "delivered-on-untested-assumption": [
        (lambda w: _assume(w, tested=None), lambda w: _assume(w, tested="2025-06-09T10:00")),
        (lambda w: _assume(w, tested="2025-06-11T10:00"), lambda w: _assume(w, tested="2025-06-10T10:00"))],
    "released-by-us-alone": [
        (_let_go, lambda w: _let_go(w, agreed_by="c1")), (_let_go, lambda w: _let_go(w, party="client"))],
    "promise-not-ahead": [
        (lambda w: _promise(w, london("2025-06-02T10:00")), lambda w: _promise(w, "2025-06-02")),
        (lambda w: _promise(w, "2025-05-30", "account/acme"), lambda w: _promise(w, "2025-06-03", "account/acme"))],
    "one-side-missing": [
        (lambda w: _talk(w, "c1"), lambda w: _talk(w, "c1", "c2")),
        (lambda w: _talk(w, "c2", subject="account/acme"), lambda w: _talk(w, "c1", "c2", subject="account/acme")),
        (lambda w: _review(w, "c2"), lambda w: _review(w, "c1", "c2"))],
    "thin-substance": [
        (lambda w: _talk(w, "c1", "c2", substance="hello    "), lambda w: _talk(w, "c1", "c2", substance="hello, Ann")),
        (lambda w: _talk(w, substance="hello"), lambda w: _talk(w, substance="hello", substantive=False))],
    "confirmed-without-implications": [
        (_verify, lambda w: _verify(w, implications_stated=True)), (_verify, lambda w: _verify(w, "refuted")),
        (lambda w: _verify(w, subject="account/acme"), lambda w: _verify(w, "partly", "account/acme"))],
    "action-on-unverified-news": [
        (lambda w: _act(w, verified=False), lambda w: _act(w, verified=True)),
        (lambda w: _act(w, verified=False, by_entry=True), lambda w: _act(w, verified=True, by_entry=True))],
    "concern-without-client-view": [
        (lambda w: _raise(w, stated=False), lambda w: _raise(w, stated=True)),
        (lambda w: _raise(w, stated=False), lambda w: _raise(w, "client", stated=False))],
    "needs-met-missing": [(lambda w: _review(w, "c1", "c2", needs_met_client=""), lambda w: _review(w, "c1", "c2"))],
    "unsealed": [(lambda w: _assess(w, first=False), lambda w: _assess(w, first=True))],
    "missing-exit-feedback": [
        (lambda w: _leave(w, ours=False, theirs=True), lambda w: _leave(w, ours=True, theirs=True)),
        (lambda w: _leave(w, ours=True, theirs=False), lambda w: _leave(w, ours=True, theirs=True))],
    "closed-with-unlisted-obligations": [
        (_owe, lambda w: _owe(w, "O1")), (_owe, lambda w: _owe(w, given=True)), (_owe, lambda w: _owe(w, let_go=True))],
    "plan-approved-by-author": [(lambda w: _plan(w, "a1"), lambda w: _plan(w, "a2"))],
    "gift-approved-by-recipient": [
        (lambda w: _gift(w, approved_by="a1"), _gift),
        (lambda w: _gift(w, approved_by="a1"), lambda w: _gift(w, approved_by="a1", direction="to_them"))],
    "gift-over-limit": [
        (lambda w: _gift(w, 20_001), lambda w: _gift(w, 20_000)),
        (_gifts, lambda w: _gifts(w, direction="to_them")),
        (_gifts, lambda w: _gifts(w, counterpart="c2")),
        (_gifts, lambda w: _gifts(w, decision="declined")),
        (lambda w: _gifts(w, later="2026-06-01T10:00"), lambda w: _gifts(w, later="2026-06-02T10:00")),
        (lambda w: _gift(w, 20_001), lambda w: _gift(w, value={"currency": "EUR", "minor": 90_000}))],
    "gift-in-another-currency": [
        (lambda w: _gift(w, value={"currency": "EUR", "minor": 100}), _gift),
        (lambda w: _gift(w, value={"currency": "EUR", "minor": 100}),
         lambda w: _gift(w, decision="declined", value={"currency": "EUR", "minor": 100}))],
    "gift-near-decision": [
        (lambda w: _decide(w, "2025-07-02T10:00"), lambda w: _decide(w, "2025-07-03T10:00")),
        (lambda w: _decide(w, "2025-06-09T10:00", "review"), _gift),
        (lambda w: _decide(w, "2025-06-09T10:00", "accept"), lambda w: _decide(w, "2025-06-09T10:00", "reject"))],
    "delivered-without-evidence": [
        (lambda w: (milestone(w), w.record("milestone-delivered", milestone_id="M1")), lambda w: _judge(w, "c1"))],
    "forecast-not-after-due": [(lambda w: _tell(w, forecast="2025-06-20"), _tell)],
    "told-without-impact": [(lambda w: _tell(w, impact_stated=False), _tell)],
    "told-without-options": [(lambda w: _tell(w, options_count=0), _tell)],
    "closed-with-unmarked-results": [(_close, lambda w: _close(w, {"result_id": "R1", "verdict": "waived"}))],
    "correction-without-evidence": [
        (lambda w: _dispute(w, "milestone:M1"), lambda w: _dispute(w, "milestone:M1", evidence_count=1)),
        (lambda w: _dispute(w, "milestone:M1"), lambda w: _dispute(w, "contact:c1")),
        (lambda w: _dispute(w, "milestone:M1"), lambda w: _dispute(w, "milestone:M1", closed=True))],
}  # fmt: skip
