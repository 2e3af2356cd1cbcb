"""Both sides look back: everything that can change a row of reviews, gaps, concerns, gifts, plans and what is done."""

from tests.views import World, london

ENGAGEMENT, ACCOUNT = "engagement/northwind", "account/acme"
SCALE = {"min": "0", "max": "10"}


def reflect(world: World) -> None:
    """Record it, in an engagement that is not closed yet."""
    _scoring(world)
    for subject in (ENGAGEMENT, ACCOUNT):
        _airing(world, subject)
    _promising(world)
    _disputing(world)
    _giving(world)


def _scoring(world: World) -> None:
    trust = [{"dimension": "trust", "score": "9"}]
    said = world.record("self-assessed", scale=SCALE, scores=trust, occurred="2025-06-02")
    world.record("feedback-requested", wave="w1", to=["c1"], instrument="call", dimensions=["trust"], scale=SCALE)
    world.record(
        "action-agreed", trigger="feedback:F1", owner="c2", due="2025-06-24", what="demo", occurred="2025-06-20"
    )
    for who, day in (("c1", "2025-06-17"), ("c3", "2025-06-16")):
        world.record("feedback-received", feedback_id="F1", wave="w1", from_contact=who, scale=SCALE, solicited=True,
                     scores=[{"dimension": "trust", "score": "5"}], occurred=day)  # fmt: skip
    world.record("feedback-received", wave="w2", from_contact="c1", scale=SCALE, solicited=False,
                 scores=[{"dimension": "pace", "score": "5"}], occurred="2025-06-18")  # fmt: skip
    world.record("self-assessed", scale=SCALE, scores=[{"dimension": "pace", "score": "5"}], occurred="2025-06-19")
    world.record("entry-corrected", entry=world.entry(said), kind="amend", reason="misread",
                 changes=[{"path": "data.scores", "after": '[{"dimension":"trust","score":"8"}]'}])  # fmt: skip
    world.record("action-completed", action_id="A1", occurred="2025-06-23")


def _airing(world: World, subject: str) -> None:
    world.record("concern-felt", subject, topic="price", text="too dear", occurred="2025-06-10")
    world.record("concern-raised", subject, concern_id="C1", topic="price", raised_by="provider", text="is it dear",
                 occurred="2025-06-12")  # fmt: skip
    world.record("concern-resolved", subject, concern_id="C1", outcome="resolved", occurred="2025-06-13")
    world.record("idea-offered", subject, to=["c1"], text="a portal", occurred="2025-06-13")
    world.record("idea-decided", subject, idea_id="I1", outcome="adopted", occurred="2025-06-16")
    world.record("lesson-recorded", subject, source="concern:C1", lesson="ask first", occurred="2025-06-16")


def _promising(world: World) -> None:
    world.record("assumption-recorded", statement="the quay is free", test_by="2025-06-20", occurred="2025-06-02")
    world.record("milestone-agreed", milestone_id="M9", due="2025-07-20", title="sail", assumptions=["H1"])
    world.record("assumption-tested", assumption_id="H1", verdict="held", how="we looked", occurred="2025-06-23")
    world.draft(3, results=[{"result_id": "R1", "target": "5"}])
    world.record("result-measured", result_id="R1", value="4", measured_by="client", occurred="2025-06-20")
    world.record("result-measured", result_id="R1", value="6", measured_by="client", occurred="2025-06-23")
    world.draft(4, results=[{"result_id": "R1", "target": "7"}])
    world.sign(4, "provider", "c2")
    world.sign(4, "client", "c1")


def _disputing(world: World) -> None:
    world.record("dispute-raised", raised_by="client", items=[{"item_id": "fee", "about": []}], occurred="2025-06-16")
    world.record("position-stated", dispute_id="D2", item_id="fee", stated_by="client", position="too much")
    world.record("dispute-closed", dispute_id="D2", outcome="settled", occurred="2025-06-20")


def _giving(world: World) -> None:
    for day in ("2025-06-10", "2025-06-12"):
        world.record("gift-recorded", ACCOUNT, direction="to_us", counterpart="c1", our_person="a1", estimated=True,
                     kind="gift", decision="accepted", what="tea", value={"currency": "GBP", "minor": 15_000},
                     occurred=day)  # fmt: skip
    review = world.record("review-held", attendees=["c1"], scale=SCALE, decision="continue", occurred="2025-06-11")
    world.record("entry-corrected", entry=world.entry(review), kind="withdraw", reason="never was")
    for version, valid_until in ((1, "2025-06-20"), (2, "2025-07-20")):
        objectives = [{"objective_id": "grow", "aligned_to": "ports", "shared": True}]
        world.record("account-plan-approved", ACCOUNT, version=version, drafted_by="a1", approved_by="a1",
                     valid_until=valid_until, objectives=objectives, occurred=london("2025-06-10T09:00"))  # fmt: skip
    world.record("client-fit-assessed", ACCOUNT, scale=SCALE, criteria=[], verdict="fit", key=True)
