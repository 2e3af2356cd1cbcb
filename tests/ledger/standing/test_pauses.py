"""What was let go and what stands still: nothing is expected of it (M09, domain 3.3.4, 3.3.5)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.calendars import instant, parse_instant
from ledger.drafts import Receipt
from ledger.engagement import Engagement
from ledger.standing import Known, occurrences_of, on_hold, pauses, release_of
from tests.views import World, london

Act = Callable[[World], object]


def known(world: World) -> tuple[Known, Engagement]:
    known = world.view().known
    assert known is not None
    return known, known.engagement


def pause(world: World, at: str, until: str | None = None) -> list[Receipt]:
    paused = world.record("engagement-paused", by="client", reason="budget", occurred=_moment(at))
    return [paused, *([resume(world, until)] if until else [])]


def resume(world: World, at: str) -> Receipt:
    return world.record("engagement-resumed", by="client", occurred=_moment(at))


def _moment(text: str) -> str:
    return london(text) if "T" in text else text


PAUSES: dict[str, tuple[Act, list[tuple[str, str | None]]]] = {
    "none": (lambda w: None, []),
    "one that is open": (lambda w: pause(w, "2025-06-10T09:00"), [("2025-06-10T09:00", None)]),
    "one that ended": (
        lambda w: pause(w, "2025-06-10T09:00", "2025-06-20T09:00"), [("2025-06-10T09:00", "2025-06-20T09:00")]),
    "by date, from the close of that day": (lambda w: pause(w, "2025-06-10"), [("2025-06-10T17:00", None)]),
    "paused by date, and on again before the close: never": (
        lambda w: pause(w, "2025-06-10", "2025-06-10T12:00"), [("2025-06-10T17:00", "2025-06-10T17:00")]),
    "a second pause within the first changes nothing": (
        lambda w: (pause(w, "2025-06-10T09:00"), pause(w, "2025-06-12T09:00", "2025-06-20T09:00")),
        [("2025-06-10T09:00", "2025-06-20T09:00")]),
    "a resumption of nothing": (lambda w: resume(w, "2025-06-10T09:00"), []),
    "two, the earlier recorded later": (
        lambda w: (pause(w, "2025-06-20T09:00", "2025-06-24T09:00"), pause(w, "2025-06-03T09:00", "2025-06-05T09:00")),
        [("2025-06-20T09:00", "2025-06-24T09:00"), ("2025-06-03T09:00", "2025-06-05T09:00")]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), PAUSES.values(), ids=PAUSES)
def test_the_spans_on_hold(tmp_path: Path, act: Act, expected: list[tuple[str, str | None]]) -> None:
    world = World(tmp_path).begin().at("2025-07-01T10:00")
    act(world)

    spans = [(instant(span.since), span.until and instant(span.until)) for span in pauses(known(world)[0])]

    assert spans == [(london(since), until and london(until)) for since, until in expected]


def test_a_closed_engagement_is_not_on_hold(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-07-01T10:00")
    pause(world, "2025-06-10T09:00")
    world.record("engagement-closed", reason="mutual", results=[], open_obligations=[])
    held = [on_hold(known(world)[0], parse_instant(london(at))) is not None
            for at in ("2025-06-09T12:00", "2025-06-10T12:00", "2025-07-02T12:00")]  # fmt: skip

    assert held == [False, True, False]


RELEASES: dict[str, tuple[Act, str | None]] = {
    "nobody let it go": (lambda w: None, None),
    "from when it was": (
        lambda w: w.record("commitment-released", released="milestone:M1", occurred=london("2025-06-10T12:00")),
        "2025-06-10T12:00"),
    "by date, from its close": (
        lambda w: w.record("commitment-released", released="milestone:M1", occurred="2025-06-10"), "2025-06-10T17:00"),
    "another one": (
        lambda w: (w.record("milestone-agreed", milestone_id="M2", due="2025-06-20", title="t"),
                   w.record("commitment-released", released="milestone:M2")), None),
    "of a version that is unsigned": (
        lambda w: (w.draft(2), w.record("commitment-released", released="milestone:M1", agreement_version=2)), None),
    "of a version, from when both have signed it": (
        lambda w: (w.draft(2), w.record("commitment-released", released="milestone:M1", agreement_version=2),
                   w.at("2025-07-02T12:00").sign(2, "provider", "c2"), w.at("2025-07-03T12:00").sign(2, "client", "c1")),
        "2025-07-03T12:00"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), RELEASES.values(), ids=RELEASES)
def test_from_when_something_was_let_go(tmp_path: Path, act: Act, expected: str | None) -> None:
    world = World(tmp_path).begin().at("2025-07-01T10:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="t", occurred="2025-06-02")
    act(world)

    release = release_of(*known(world), "milestone", "M1")

    assert (instant(release.since) if release else None) == (london(expected) if expected else None)


def weekly(world: World, kind: str = "report", **data: Any) -> Receipt:
    return world.record("cadence-agreed", cadence_id="w", kind=kind, rrule="FREQ=WEEKLY;BYDAY=FR", calendar="default",
                 starts="2025-06-06T17:00", occurred="2025-06-02", **data)  # fmt: skip


def expected(world: World, as_of: str = "2025-07-01T10:00") -> dict[str, bool]:
    """Return the days of the cadence that are expected, and whether each was kept."""
    held, state = known(world)
    times = occurrences_of(held, state, state.cadences["w"], parse_instant(london(as_of)))
    return {time.day: time.sent is not None for time in times}


IDLE: dict[str, tuple[Act, list[str]]] = {
    "every Friday, and the next": (weekly, ["2025-06-06", "2025-06-13", "2025-06-20", "2025-06-27", "2025-07-04"]),
    "none on hold": (
        lambda w: (weekly(w), pause(w, "2025-06-12T09:00", "2025-06-24T09:00")),
        ["2025-06-06", "2025-06-27", "2025-07-04"]),
    "none while still on hold": (lambda w: (weekly(w), pause(w, "2025-06-13T17:00")), ["2025-06-06"]),
    "none once let go": (
        lambda w: (weekly(w), w.record("commitment-released", released="cadence:w", occurred=london("2025-06-20T17:00"))),
        ["2025-06-06", "2025-06-13"]),
    "none once closed": (
        lambda w: (weekly(w), w.record("engagement-closed", reason="mutual", results=[], open_obligations=[],
                                       occurred=london("2025-06-18T09:00"))),
        ["2025-06-06", "2025-06-13"]),
    "none of a version that is unsigned": (lambda w: (w.draft(2), weekly(w, agreement_version=2)), []),
    "of a version, once both have signed it": (
        lambda w: (w.at("2025-06-24T10:00").signed(2), weekly(w, agreement_version=2)), ["2025-06-27", "2025-07-04"]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "days"), IDLE.values(), ids=IDLE)
def test_when_something_is_expected(tmp_path: Path, act: Act, days: list[str]) -> None:
    world = World(tmp_path).begin().at("2025-07-01T10:00")
    act(world)

    assert list(expected(world)) == days


KEEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "report": ("status-report-sent", {"to": ["c1"]}),
    "review": ("review-held", {"attendees": ["c1"], "scale": {"min": "0", "max": "10"}, "decision": "continue"}),
    "feedback": ("feedback-requested", {"wave": "q2", "to": ["c1"], "instrument": "call", "dimensions": ["pace"],
                                        "scale": {"min": "0", "max": "10"}}),
    "check_in": ("contact-made", {"kind": "call", "direction": "outbound", "purpose": "check_in",
                                  "participants": ["c1", "c2"], "substance": "how the pilot goes"}),
}  # fmt: skip


@pytest.mark.parametrize("cadence", KEEPS)
@pytest.mark.parametrize("act", KEEPS)
def test_a_rhythm_is_kept_by_the_event_of_its_kind_that_names_it(tmp_path: Path, cadence: str, act: str) -> None:
    world = World(tmp_path).begin().at("2025-06-06T10:00")
    weekly(world, cadence)
    event, data = KEEPS[act]
    world.record(event, **data)
    world.at("2025-06-13T10:00").record(event, cadence_id="w", **data)

    assert expected(world, "2025-06-13T18:00") == {"2025-06-06": False, "2025-06-13": cadence == act}
