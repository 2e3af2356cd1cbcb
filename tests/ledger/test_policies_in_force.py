"""Which policy and which calendar hold on a day: those set last of what is valid by then, else what holds without."""

from itertools import permutations
from typing import cast

import pytest

from ledger.events import Event, PolicySet
from ledger.practice import DEFAULTS, Practice
from ledger.testing.scenario import PRACTICE, given
from ledger.values.records import CalendarData, Opening, Policy
from tests.northwind import amend, withdraw

MONDAY: list[Opening] = [{"weekday": "mo", "from_time": "09:00", "to_time": "17:00"}]
TUESDAY: list[Opening] = [{"weekday": "tu", "from_time": "09:00", "to_time": "17:00"}]


def calendar(name: str, hours: list[Opening]) -> CalendarData:
    """Return a calendar of *hours*."""
    return {"calendar": name, "zone": "UTC", "open": hours, "exceptions": []}


def silence(valid_from: str, days: str) -> PolicySet:
    """Set after how many days of silence something is said, beside another policy."""
    policies: list[Policy] = [{"policy": "floor", "value": "75"}, {"policy": "silence_bd", "value": days}]
    return PolicySet(policies=policies, valid_from=valid_from)


def opening(valid_from: str, *calendars: CalendarData) -> PolicySet:
    """Set calendars from a day on."""
    return PolicySet(calendars=[*calendars], valid_from=valid_from)


def practice(*history: Event) -> Practice:
    """Return our own side as *history* leaves it."""
    return cast("Practice", given(*history, stream=PRACTICE).state)


def open_days(state: Practice, name: str, day: str) -> list[str]:
    """Return which of a Monday, a Tuesday and a Sunday are open in a calendar as valid on *day*."""
    found = state.calendar(name, day)
    week = {"mo": "2025-06-02", "tu": "2025-06-03", "su": "2025-06-08"}
    return [weekday for weekday, date in week.items() if found.is_open_day(date)]


YEARS = [silence("2025-01-01", "12"), silence("2025-03-01", "5"), silence("2025-06-01", "7")]


@pytest.mark.parametrize(
    "history", [*permutations(YEARS)], ids=lambda order: "-".join(s.valid_from[5:7] for s in order)
)
def test_a_policy_holds_from_its_day_until_the_next_whatever_was_recorded_first(history: tuple[PolicySet, ...]) -> None:
    state = practice(*history)
    days = ["2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01", "2025-05-31", "2025-06-01", "2026-01-01"]

    assert [state.policy("silence_bd", day) for day in days] == [DEFAULTS["silence_bd"], "12", "12", "5", "5", "7", "7"]
    assert state.policy("floor", "2025-06-01") == "75"
    assert state.policy("gift_limit", "2025-06-01") == "200 GBP"
    assert state.starting("2024-12-31") == ["2025-01-01", "2025-03-01", "2025-06-01"]
    assert (state.starting("2025-03-01"), state.starting("2025-06-02")) == (["2025-03-01", "2025-06-01"], [])
    assert [fact.event for fact in state.valid_on("2025-03-01")] == YEARS[:2]


def test_of_two_that_hold_from_one_day_the_one_recorded_last_holds() -> None:
    state = practice(silence("2025-01-01", "12"), silence("2025-01-01", "5"))

    assert state.policy("silence_bd", "2025-01-01") == "5"


def test_a_setting_that_was_corrected_holds_as_corrected_and_one_withdrawn_not_at_all() -> None:
    later = practice(silence("2025-01-01", "12"), amend(1, "data.valid_from", '"2025-03-01"'))
    gone = practice(silence("2025-01-01", "12"), withdraw(1))

    assert [later.policy("silence_bd", day) for day in ("2025-02-28", "2025-03-01")] == [DEFAULTS["silence_bd"], "12"]
    assert gone.policy("silence_bd", "2025-03-01") == DEFAULTS["silence_bd"]


def test_what_was_asked_before_a_setting_does_not_hold_after_it() -> None:
    state = practice(silence("2025-01-01", "12"))
    before = state.policy("silence_bd", "2025-06-01")

    state.hold(given(silence("2025-01-01", "5"), stream=PRACTICE).facts[0].saying(YEARS[0]))

    assert (before, state.policy("silence_bd", "2025-06-01")) == ("12", "5")


def test_a_calendar_holds_as_the_policies_do_and_the_first_of_its_name_before_all() -> None:
    mondays, tuesdays = calendar("london", MONDAY), calendar("london", TUESDAY)
    state = practice(opening("2025-03-01", mondays), opening("2025-06-01", tuesdays))
    days = ["2025-01-01", "2025-03-01", "2025-05-31", "2025-06-01"]

    assert [open_days(state, "london", day) for day in days] == [["mo"], ["mo"], ["mo"], ["tu"]]


def test_a_calendar_nobody_set_is_the_one_called_default_or_else_always_open() -> None:
    state = practice(opening("2025-03-01", calendar("default", MONDAY), calendar("london", TUESDAY)))

    assert [open_days(state, name, "2025-03-01") for name in ("paris", "default", "london")] == [["mo"], ["mo"], ["tu"]]
    assert open_days(practice(), "london", "2025-03-01") == ["mo", "tu", "su"]


def test_a_policy_and_a_calendar_of_one_name_are_two() -> None:
    state = practice(silence("2025-01-01", "12"), opening("2025-01-01", calendar("floor", MONDAY)))

    assert (state.policy("floor", "2025-01-01"), open_days(state, "floor", "2025-01-01")) == ("75", ["mo"])
