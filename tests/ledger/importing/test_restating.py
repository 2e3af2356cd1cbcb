"""Which event a stated date amounts to, line by line of the table in `ledger.restating`."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.restating import Standing, restate

FIRST = Standing()
AGREED = Standing("2025-06-30", "2025-06-30", None, "S1")
LATE = Standing("2025-06-30", "2025-09-30", "S1", "S2")
AVERTED = Standing("2025-06-30", "2025-06-30", None, "S2")
UNAGREED_MOVE = Standing("2025-06-30", "2025-08-31", None, "S1")

CASES: Mapping[str, tuple[Standing, str, str, Mapping[str, Any]]] = {
    "the first date is agreed": (FIRST, "2025-06-30", "milestone-agreed", {"due": "2025-06-30"}),
    "d = L = D is no change": (AGREED, "2025-06-30", "status-report-sent", {"no_change": True}),
    "d = L > D is no change": (LATE, "2025-09-30", "status-report-sent", {"no_change": True}),
    "d > D opens a slip": (AGREED, "2025-07-18", "slip-reported", {"slip_id": "S1", "forecast": "2025-07-18"}),
    "d > L > D is a later forecast of the open slip": (LATE, "2025-12-31", "slip-reported", {"slip_id": "S1"}),
    "D < d < L is a better forecast of the open slip": (LATE, "2025-07-31", "slip-reported", {"slip_id": "S1"}),
    "d > D after a slip was averted opens the next": (AVERTED, "2025-07-18", "slip-reported", {"slip_id": "S2"}),
    "d = D < L averts the open slip": (LATE, "2025-06-30", "slip-averted", {"slip_id": "S1"}),
    "d = D without a slip confirms the date": (UNAGREED_MOVE, "2025-06-30", "status-report-sent", {"no_change": False}),
    "d < D is the client's own earlier date": (
        AGREED, "2025-05-31", "milestone-rescheduled", {"from_due": "2025-06-30", "to_due": "2025-05-31"}),
    "d < D with a slip open moves the date too": (LATE, "2025-05-31", "milestone-rescheduled", {"to_due": "2025-05-31"}),
}  # fmt: skip

days = st.dates().map(lambda day: day.isoformat())
standings = st.builds(Standing, days, days, st.none() | st.just("S1"), st.just("S2"))


@pytest.mark.parametrize(("now", "day", "event", "data"), CASES.values(), ids=CASES)
def test_a_stated_date_is(now: Standing, day: str, event: str, data: Mapping[str, Any]) -> None:
    restated = restate(now, "M1", day, "Project end")

    assert (restated.type, {name: restated.data[name] for name in data}) == (event, data)


def test_only_an_earlier_date_is_the_word_of_the_client() -> None:
    parties = {event: restate(now, "M1", day, "Project end").party for now, day, event, _ in CASES.values()}

    assert {event for event, party in parties.items() if party} == {"milestone-rescheduled"}
    assert parties["milestone-rescheduled"] == "client"


@given(standings, days)
def test_the_same_date_stated_again_is_no_change(now: Standing, day: str) -> None:
    again = restate(restate(now, "M1", day, "Project end").after, "M1", day, "Project end")

    assert (again.type, again.data["no_change"]) == ("status-report-sent", True)


@given(standings, days)
def test_a_forecast_never_moves_the_date_in_force(now: Standing, day: str) -> None:
    restated = restate(now, "M1", day, "Project end")

    assert (restated.after.in_force == now.in_force) == (restated.type != "milestone-rescheduled")
