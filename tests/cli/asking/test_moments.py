"""Dates as people type them, read in the ledger's zone, and said again in full."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cli.asking.moments import parse_day, parse_moment
from ledger_cli.printing.times import brief, day_end, day_start, say

from ledger.errors import Malformed

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2025, 6, 11, 9, 5, tzinfo=UTC)  # Wednesday, 10:05 in London

TYPED = {
    "2025-06-06": "2025-06-06",
    "2025-06-06T09:00": "2025-06-06T08:00:00.000000Z",
    "2025-06-06 09:00": "2025-06-06T08:00:00.000000Z",
    "2025-01-06T09:00": "2025-01-06T09:00:00.000000Z",
    "2025-06-06T09:00:30": "2025-06-06T08:00:30.000000Z",
    "2025-06-06T09:00:00+02:00": "2025-06-06T07:00:00.000000Z",
    "2025-06-06T09:00Z": "2025-06-06T09:00:00.000000Z",
    "2025-06-06T09:00+14:00": "2025-06-05T19:00:00.000000Z",
    "2025-06-06t09:00:00z": "2025-06-06T09:00:00.000000Z",
    "09:00": "2025-06-11T08:00:00.000000Z",
    "9:00": "2025-06-11T08:00:00.000000Z",
    "at 9:00": "2025-06-11T08:00:00.000000Z",
    "now": "2025-06-11T09:05:00.000000Z",
    "today": "2025-06-11",
    "yesterday": "2025-06-10",
    "yesterday 16:30": "2025-06-10T15:30:00.000000Z",
    "tomorrow": "2025-06-12",
    "fri": "2025-06-06",
    "Friday 17:00": "2025-06-06T16:00:00.000000Z",
    "wed": "2025-06-11",
    "-3d": "2025-06-08",
    "-2w": "2025-05-28",
    "-2h": "2025-06-11T07:05:00.000000Z",
    "+3d": "2025-06-14",
}


@pytest.mark.parametrize(("typed", "meant"), TYPED.items(), ids=TYPED)
def test_what_is_typed_is_understood(typed: str, meant: str) -> None:
    assert parse_moment(typed, NOW, LONDON) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("fri", "2025-06-13"), ("fri 17:00", "2025-06-13T16:00:00.000000Z"), ("wed", "2025-06-11")]
)
def test_a_weekday_lies_ahead_where_one_is_planned(typed: str, meant: str) -> None:
    assert parse_moment(typed, NOW, LONDON, ahead=True) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2025-13-01",
        "2025-02-30",
        "2025-02-30T09:00",
        "25:00",
        "9.30",
        "fr",
        "fri 25:00",
        "2025-06-06T9",
        "-3",
        "6/6/2025",
        "9999-12-31T23:59:59-23:00",
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(Malformed):
        parse_moment(typed, NOW, LONDON)


def test_a_day_is_asked_for_without_a_time() -> None:
    with pytest.raises(Malformed, match="no day"):
        parse_day("09:00", NOW, LONDON)


def test_a_moment_is_said_in_full() -> None:
    said = [say(moment, LONDON) for moment in ("2025-06-06", "2025-06-06T08:00:00.000000Z")]

    assert said == ["Fri 6 Jun 2025", "Fri 6 Jun 2025 09:00"]


BRIEF = {
    "its own day": ("2025-06-06T08:00:00.000000Z", "2025-06-06T08:20:00.000000Z", "09:00"),
    "its year": ("2025-06-03T13:20:00.000000Z", "2025-06-06T08:20:00.000000Z", "3 Jun 14:20"),
    "another year": ("2024-06-03T13:20:00.000000Z", "2025-06-06T08:20:00.000000Z", "3 Jun 2024 14:20"),
    "a day": ("2025-06-27", "2025-06-06", "27 Jun"),
    "midnight in the zone": ("2025-06-05T23:30:00.000000Z", "2025-06-06T08:20:00.000000Z", "00:30"),
}


@pytest.mark.parametrize(("moment", "beside", "words"), BRIEF.values(), ids=BRIEF)
def test_beside_another_a_moment_is_brief(moment: str, beside: str, words: str) -> None:
    assert brief(moment, LONDON, beside) == words


@given(st.dates(min_value=datetime(1950, 1, 1, tzinfo=UTC).date(), max_value=datetime(2100, 1, 1, tzinfo=UTC).date()))
def test_a_day_ends_just_before_the_next_begins(day: object) -> None:
    end, following = day_end(str(day), LONDON), str(day + timedelta(days=1))  # type: ignore[operator]  # a date

    begin = day_start(following, LONDON)

    assert datetime.fromisoformat(end) + timedelta(microseconds=1) == datetime.fromisoformat(begin)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_said_can_be_typed(when: datetime) -> None:
    typed = f"{when.astimezone(LONDON):%Y-%m-%dT%H:%M}"

    read = datetime.fromisoformat(parse_moment(typed, NOW, LONDON))

    assert f"{read.astimezone(LONDON):%Y-%m-%dT%H:%M}" == typed


@pytest.mark.parametrize("typed", ["2025-03-30T01:30", "2025-03-30 01:00", "sun 01:59"])
def test_a_time_that_clocks_skip_is_refused_with_both_that_may_be_meant(typed: str) -> None:
    with pytest.raises(Malformed, match=r"clocks in Europe/London went forward over it") as refused:
        parse_moment(typed, datetime(2025, 3, 31, 9, tzinfo=UTC), LONDON)

    earlier, later = (parse_moment(word, NOW, LONDON) for word in refused.value.advice[6:-1].split(", or ")[::-1])
    assert datetime.fromisoformat(later) - datetime.fromisoformat(earlier) == timedelta(hours=1)


def test_a_time_that_clocks_show_twice_is_refused_with_both() -> None:
    with pytest.raises(Malformed, match=r"clocks in Europe/London went back over it") as refused:
        parse_moment("2025-10-26T01:30", datetime(2025, 10, 27, 9, tzinfo=UTC), LONDON)

    first, second = "2025-10-26T01:30+01:00", "2025-10-26T01:30+00:00"
    assert refused.value.advice == f"Write {first} for the first, {second} for the second."
    assert [parse_moment(word, NOW, LONDON)[11:16] for word in (first, second)] == ["00:30", "01:30"]
