"""What changes a row of something else, told for the test that such a row says so: verdicts, closing words, amendments."""

from tests.views import World, london


def afterwards(world: World) -> None:
    """Tell what is said of things that stand already: of news, of an action on it, of work, of a remark."""
    world.record(
        "action-agreed", trigger="news:N1", owner="a1", due="2025-06-24", what="w", occurred=london("2025-06-23T09:00")
    )
    for verdict, at in (("refuted", "2025-06-24T09:00"), ("confirmed", "2025-06-20T10:00")):
        world.record("news-verified", news_id="N1", verdict=verdict, method="asked", occurred=london(at))
    world.record("news-reported", news_id="N1", to=["c1"], kind="retraction", occurred=london("2025-06-24T10:00"))
    world.record("work-started", agreement_version=3, basis="none", occurred=london("2025-06-17T09:00"))
    world.record("work-recorded", from_on="2025-06-17", to_on="2025-06-18", days="2")
    world.record("contact-made", kind="call", direction="outbound", purpose="update", participants=["c1"], substance="thin",
                 occurred=london("2025-06-19T09:00"))  # fmt: skip
    world.record("availability-declared", person="a1", from_on="2025-06-02", to_on="2025-06-05", reason="r")
    told = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "news-learned")
    world.record("entry-annotated", entry=told, text="ask again")


def parting(world: World) -> None:
    """Tell the close, and what either side says at the end, after it."""
    world.record(
        "engagement-closed", reason="mutual", results=[], open_obligations=[], occurred=london("2025-06-25T09:00")
    )
    world.record("feedback-given", to=["c1"], closing=True, text="a pleasure", occurred=london("2025-06-25T10:00"))
    world.record("feedback-received", wave="exit", from_contact="c1", solicited=True, closing=True,
                 scale={"min": "0", "max": "10"}, scores=[{"dimension": "pace", "score": "7"}],
                 occurred=london("2025-06-25T11:00"))  # fmt: skip
