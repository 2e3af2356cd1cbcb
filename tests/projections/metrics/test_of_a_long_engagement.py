"""An engagement twice as long is twice the work for every metric, not four times: calls are counted, so no clock matters."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from types import FrameType
from typing import Any

import pytest
from ledger_projections.metrics import METRICS
from ledger_projections.metrics.figure import Metric
from ledger_projections.view import View

from ledger.calendars import instant
from ledger.drafts import Draft
from ledger.engagement import fold
from ledger.statistics.kendall import EXACT
from ledger.statistics.theil_sen import ALL_PAIRS
from tests.views import World

SUBJECT = "engagement/northwind"
TEN: Any = {"min": "0", "max": "10"}
BEGUN = datetime(2025, 3, 4, 9, tzinfo=UTC)
ROUNDS = 110
STREAMS = (SUBJECT, "account/acme")
ASKED = [pytest.param(m, s, id=f"{m.id} {s}") for m in METRICS for s in STREAMS if s.partition("/")[0] in m.streams]

Views = Mapping[str, View]


def rounds(count: int) -> Iterator[Draft]:
    """Yield so many rounds of all that metrics are made of."""
    for number in range(1, count + 1):
        when = BEGUN + timedelta(hours=12 * number)
        yield from (_draft(number, when, kind, data) for kind, data in _round(number, when.date().isoformat()))


def _draft(number: int, when: datetime, kind: str, data: dict[str, Any]) -> Draft:
    moment = instant(when + timedelta(minutes=number % 60))
    aware = moment if kind in {"slip-foreseen", "news-learned"} else None
    return Draft(kind, SUBJECT, data, occurred=moment, aware=aware)


def _round(number: int, day: str) -> Iterator[tuple[str, dict[str, Any]]]:
    contact = {"kind": "call", "direction": "outbound", "purpose": "chase", "participants": ["c1", "c2"]}
    scores = [{"dimension": "trust", "score": str(number % 10)}]
    yield "milestone-agreed", {"milestone_id": f"M{number}", "due": day, "title": "rehearsal"}
    yield "obligation-agreed", {"obligation_id": f"O{number}", "kind": "access", "due": day, "title": "keys",
                                "blocks": [f"M{number}"]}  # fmt: skip
    yield "slip-foreseen", {"milestone_id": f"M{number}", "forecast": "2025-12-01",
                            "causes": [{"party": "provider", "from_on": day}]}  # fmt: skip
    yield "contact-made", {**contact, "about": [f"obligation:O{number}"], "substance": "where are the keys"}
    yield "request-received", {"request_id": f"R{number}", "from_contact": "c1", "kind": "question", "channel": "email",
                               "text": "when"}  # fmt: skip
    yield "status-report-sent", {"cadence_id": "daily", "to": ["c1"]}
    yield "self-assessed", {"scale": TEN, "scores": scores}
    for half in "ab":
        answer = {"wave": f"w{number}{half}", "from_contact": "c1", "solicited": True}
        yield "feedback-received", {**answer, "scale": TEN, "scores": scores}
    yield "concern-raised", {"topic": "price", "raised_by": "provider", "text": "dear", "client_view_stated": True,
                             "client_view": "dear"}  # fmt: skip
    yield "news-learned", {"polarity": ("good", "bad")[number % 2], "summary": "the bank called"}
    yield "action-agreed", {"trigger": f"slip:S{number}", "owner": "c1", "due": day, "what": "look again"}
    if number % 2:
        yield "request-answered", {"request_id": f"R{number}", "channel": "email"}
        yield "obligation-fulfilled", {"obligation_id": f"O{number}"}
        yield "milestone-delivered", {"milestone_id": f"M{number}"}


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Views, Views]:
    """Return the streams of two engagements, the second of which is twice as long, folded."""
    return views(told(tmp_path_factory.mktemp("once"), ROUNDS)), views(
        told(tmp_path_factory.mktemp("twice"), 2 * ROUNDS)
    )


def views(world: World) -> Views:
    found = {stream: world.view(stream=stream) for stream in STREAMS}
    return {stream: view.but(find_engagements=partial(tuple, view.engagements)) for stream, view in found.items()}


def told(folder: Any, count: int) -> World:
    # just after the last round, so that as much lies in the last thirty days of either
    world = World(folder).begin().at(f"{BEGUN + timedelta(hours=12 * count + 24):%Y-%m-%dT%H:%M}")
    world.record("cadence-agreed", cadence_id="daily", kind="report", rrule="FREQ=DAILY", starts="2025-03-04T09:00",
                 calendar="default", tolerance_bd=0)  # fmt: skip
    world.ledger.record(*rounds(count))
    return world


@pytest.mark.parametrize(("metric", "stream"), ASKED)
def test_twice_as_much_is_twice_the_work(long: tuple[Views, Views], metric: Metric, stream: str) -> None:
    once, twice = (work(metric, streams[stream]) for streams in long)

    assert twice <= 2.25 * once


def test_all_metrics_together_take_a_few_times_what_folding_takes(long: tuple[Views, Views]) -> None:
    view = long[0][SUBJECT]
    metrics = [metric for metric in METRICS if "engagement" in metric.streams]

    folding = counted(lambda: fold(view.state.history))
    reckoning = counted(lambda: [list(metric.figures(view)) for metric in metrics])

    assert reckoning < 10 * folding


def test_there_are_more_waves_than_are_compared_each_with_each() -> None:
    assert max(ALL_PAIRS, EXACT) < 2 * 2 * ROUNDS


def work(metric: Metric, view: View) -> int:
    """Count the calls that it takes to make the figures of a stream that was folded, its calendar looked up."""
    cold, fresh = view.but(), view.but()
    list(metric.figures(cold))
    return counted(lambda: list(metric.figures(fresh)))


def counted(act: Callable[[], object]) -> int:
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count
