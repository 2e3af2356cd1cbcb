"""Which of two things was first: by moments, by days, by nothing; and the laws that no order may break."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.log import Log

from ledger.standing import Known, Order, knowledge_of, orders
from ledger.standing.firsts import verdict
from ledger.standing.knowledge import Knowledge, Span
from ledger.values import Position, Stream
from tests.by_hand import hours_between
from tests.histories import LATER, Step, Told, read, steps
from tests.views import World, london

EPOCH = datetime(2025, 6, 2, tzinfo=UTC)
MIRRORED = {"first": "second", "second": "first", "only first": "only second", "only second": "only first"}
HISTORIES = settings(max_examples=25, deadline=None)

moments = st.integers(0, 40).map(lambda hours: Span(*[EPOCH + timedelta(hours=hours)] * 2))
whole_days = st.integers(0, 3).map(
    lambda d: Span(EPOCH + timedelta(days=d), EPOCH + timedelta(days=d + 1, microseconds=-1))
)
spans = moments | whole_days


def learned(world: World, moment: str, news: str) -> None:
    world.record("news-learned", polarity="bad", summary="gone", aware=moment, news_id=news)


def told(world: World, moment: str, news: str) -> None:
    world.record("news-reported", news_id=news, to=["c1"], occurred=moment)


def compared(world: World, first: str = "news:N1", second: str = "news:N2") -> dict[str, Order]:
    known = world.view().standing
    return {order.clock: order for order in orders(knowledge_of(known, first), knowledge_of(known, second))}


CASES: dict[str, tuple[str, str, str, tuple[Any, ...]]] = {
    "two moments": (
        london("2025-06-02T09:00"), london("2025-06-03T10:00"), "first", (Decimal("9.000"), Decimal("25.000"), None, None)),
    "the other way round": (
        london("2025-06-03T10:00"), london("2025-06-02T09:00"), "second", (Decimal("9.000"), Decimal("25.000"), None, None)),
    "one moment": (london("2025-06-03T10:00"), london("2025-06-03T10:00"), "same moment", (None,) * 4),
    "one day": ("2025-06-03", "2025-06-03", "cannot be told apart", (None,) * 4),
    "a moment of that day": ("2025-06-03", london("2025-06-03T10:00"), "cannot be told apart", (None,) * 4),
    "a moment of another day": (london("2025-06-02T16:59"), "2025-06-03", "first", (None, None, 1, 1)),
    "two days with a weekend between": ("2025-06-06", "2025-06-09", "first", (None, None, 1, 3)),
    "the last moment of a day and the next day": (
        london("2025-06-02T23:59"), "2025-06-03", "first", (None, None, 1, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "said", "apart"), CASES.values(), ids=CASES)
def test_it_is_said_which_was_known_first(
    tmp_path: Path, one: str, other: str, said: str, apart: tuple[Any, ...]
) -> None:
    world = World(tmp_path).begin().at("2025-06-10T12:00")
    learned(world, one, "N1")
    learned(world, other, "N2")

    order = compared(world)["known to us"]

    assert (order.verdict, tuple(order.apart)) == (said, apart)


def test_each_clock_has_its_own_order(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-10T12:00")
    learned(world, london("2025-06-02T09:00"), "N1")
    learned(world, london("2025-06-03T09:00"), "N2")
    told(world, london("2025-06-05T10:00"), "N2")
    told(world.at("2025-06-10T13:00"), london("2025-06-06T10:00"), "N1")

    found = compared(world)

    assert {clock: order.verdict for clock, order in found.items()} == {
        "happened": "neither", "known to us": "first", "known to the client": "neither", "told": "second",
        "acknowledged": "neither", "recorded": "same moment"}  # fmt: skip
    assert found["told"].apart.business_hours == hours_between("2025-06-05T10:00", "2025-06-06T10:00")


def test_what_only_one_has_is_said(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-10T12:00")
    learned(world, london("2025-06-02T09:00"), "N1")
    learned(world, london("2025-06-03T09:00"), "N2")
    told(world, london("2025-06-05T10:00"), "N2")

    assert compared(world)["told"].verdict == "only second"


@given(spans, spans)
def test_an_order_read_from_the_other_side_is_the_same_order(one: Span, other: Span) -> None:
    said = verdict(one, other)

    assert verdict(other, one) == MIRRORED.get(said, said)


@given(spans, spans, spans)
def test_what_came_before_what_came_before_came_before(one: Span, two: Span, three: Span) -> None:
    ordered = verdict(one, two) == verdict(two, three) == "first"

    assert not ordered or verdict(one, three) == "first"


@given(moments, moments, moments)
def test_moments_can_always_be_told_apart_and_are_in_one_order(one: Span, two: Span, three: Span) -> None:
    said = {verdict(a, b) for a, b in ((one, two), (two, three), (one, three))}

    assert said <= {"first", "second", "same moment"}


@given(steps)
@HISTORIES
def test_in_any_history_the_order_of_two_things_is_one(taken: Sequence[Step]) -> None:
    for known in engagements(done(taken)):
        things = everything(known)[:4]
        for one in things:
            for two in things:
                forth, back = list(orders(one, two)), list(orders(two, one))
                assert [MIRRORED.get(order.verdict, order.verdict) for order in forth] == [o.verdict for o in back]
                assert [order.apart for order in forth] == [order.apart for order in back]


@given(steps)
@HISTORIES
def test_in_any_history_nobody_knew_before_the_earliest_statement(taken: Sequence[Step]) -> None:
    for known in engagements(done(taken)):
        for knowledge in everything(known):
            for side in ("provider", "client"):
                aware = knowledge.of("aware", side=side)
                spans = [knowledge.span(said) for said in aware]
                before = min((each.first for each in spans), default=EPOCH) - timedelta(microseconds=1)
                assert {each.by(before) for each in spans} <= {"no"}
                assert all(
                    said.fact.aware or said.inferred or said.fact.event.short_name == "concern-felt" for said in aware
                )


@given(steps, st.integers(0, 9), st.integers(0, 9))
@HISTORIES
def test_a_correction_of_awareness_moves_what_that_entry_states_and_nothing_else(
    taken: Sequence[Step], which: int, days: int
) -> None:
    history = done(taken)
    before = statements_of(history)
    history.take(("aware", which, days))
    after, corrected = statements_of(history), targets(history)

    moved = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}

    assert {(entry, clock, inferred) for entry, clock, _, inferred in moved} <= {(e, "aware", False) for e in corrected}


def done(taken: Sequence[Step]) -> Told:
    history = Told()
    for step in taken:
        history.take(step)
    return history


def engagements(history: Told) -> list[Known]:
    log = Log(history.journal, history.journal.head())
    streams = [head.stream for head in history.journal.streams() if head.stream.startswith("engagement/")]
    return [log.view(Stream(stream), LATER).standing for stream in streams]


def everything(known: Known, entries: int = 3) -> list[Knowledge]:
    """Return the knowledge of all things, and of the newest *entries*."""
    kinds = ("slip", "news", "obligation", "request", "concern", "version", "dispute")
    things = known.engagement.things
    refs = [f"{kind}:{name}" for kind in kinds for name in things.get(kind, {})]
    newest = [f"entry:{entry}" for entry in list(known.engagement.facts)[::-1][:entries]]
    return [knowledge_of(known, ref) for ref in (*refs, *newest)]


def statements_of(history: Told) -> dict[tuple[str, str, str | None, bool], set[str]]:
    found: dict[tuple[str, str, str | None, bool], set[str]] = {}
    for known in engagements(history):
        for knowledge in everything(known, entries=0):
            for said in knowledge.statements:
                found.setdefault((said.fact.entry.id, said.clock, said.side, said.inferred), set()).add(said.moment)
    return found


def targets(history: Told) -> set[str]:
    """Return the entry that the newest one corrects, if it corrects any."""
    newest = read(history.journal.since(Position(history.journal.head() - 1), 1)[0])
    data = newest["data"]
    assert isinstance(data, dict)
    return {str(data["entry"])} if str(newest["type"]).endswith("entry-corrected.v1") else set()
