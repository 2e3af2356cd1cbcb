"""M09, M10 and M12 to M15 hang on when things were so, never on the order in which they were written down."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.metrics import (
    cadence_adherence,
    client_obligations,
    contact_tracking,
    courage,
    satisfaction_trend,
    silence,
)

from ledger.calendars import instant
from ledger.drafts import Draft
from tests.measuring import figures_of
from tests.views import World

MODULES = (cadence_adherence, silence, satisfaction_trend, contact_tracking, courage, client_obligations)
SUBJECT = "engagement/northwind"
BEGINS = datetime(2025, 5, 1, 8, tzinfo=UTC)
MADE: Mapping[str, Sequence[tuple[str, dict[str, Any]]]] = {
    "contact": [("contact-made", {"kind": "call", "direction": direction, "purpose": "update", "participants": ["c1", "c2"],
                                  "minutes": 15, "substance": "where it stands"}) for direction in ("outbound", "inbound")],
    "report": [("status-report-sent", {"cadence_id": "weekly", "to": ["c1"]})],
    "feedback": [("feedback-received", {"wave": wave, "from_contact": "c1", "scale": {"min": "0", "max": "10"},
                                        "scores": [{"dimension": "trust", "score": score}], "solicited": True})
                 for wave, score in (("a", "9"), ("b", "7"), ("c", "6"), ("d", "8"))],
    "concern": [("concern-raised", {"topic": "price", "raised_by": side, "text": "dear", "client_view_stated": True,
                                    "client_view": "dear"}) for side in ("provider", "client")],
    "given": [("obligation-fulfilled", {"obligation_id": name}) for name in ("O1", "O2")],
    "delivered": [("milestone-delivered", {"milestone_id": "M1"})],
}  # fmt: skip
ONCE = {"feedback", "given", "delivered"}
"""Of these, what was recorded last would hold: each is recorded once."""

happenings = st.lists(
    st.tuples(st.sampled_from(sorted(MADE)), st.integers(0, 3), st.integers(0, 24 * 50)), min_size=2, max_size=12
)


@settings(max_examples=10, deadline=None)
@given(happenings, st.randoms(use_true_random=False))
def test_what_is_written_down_in_another_order_comes_to_the_same(happened: Any, random: Any) -> None:
    drafts = list(drafts_of(happened))
    shuffled = random.sample(drafts, len(drafts))

    assert reckoned(drafts) == reckoned(shuffled)


def drafts_of(happened: Sequence[tuple[str, int, int]]) -> list[Draft]:
    found: dict[object, Draft] = {}
    for number, (kind, which, hours) in enumerate(happened):
        at = which % len(MADE[kind])
        name, data = MADE[kind][at]
        when = instant(BEGINS + timedelta(hours=hours, seconds=number))
        found.setdefault((kind, at) if kind in ONCE else number, Draft(name, SUBJECT, data, occurred=when))
    return list(found.values())


def reckoned(drafts: Sequence[Draft]) -> Sequence[tuple[str, object, int, str]]:
    """Return all figures after *drafts*, with their words, by name and subject."""
    with TemporaryDirectory() as folder:
        world = agreed(World(Path(folder)).begin())
        world.ledger.record(*drafts)
        view = world.view()
        found = [figures_of(module.METRIC, view) for module in MODULES]
        world.journal.close()
    return [(name, one.value, one.n, one.words) for figures in found for name, one in sorted(figures.items())]


def agreed(world: World) -> World:
    """Agree on 1 May a weekly report, a milestone, and what blocks it."""
    when = instant(BEGINS)
    world.at("2025-06-27T12:00")
    world.record("cadence-agreed", cadence_id="weekly", kind="report", rrule="FREQ=WEEKLY;BYDAY=FR", occurred=when,
                 starts="2025-05-02T17:00", calendar="default")  # fmt: skip
    world.record("milestone-agreed", milestone_id="M1", due="2025-05-30", title="rehearsal", occurred=when)
    for name, due in (("O1", "2025-05-16"), ("O2", "2025-06-06")):
        world.record("obligation-agreed", obligation_id=name, kind="access", due=due, title=name, blocks=["M1"],
                     occurred=when)  # fmt: skip
    return world
