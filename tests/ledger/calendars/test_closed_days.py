"""Deadlines on closed days, half days, changed clocks and dates that a zone never had."""

from decimal import Decimal

import pytest

from ledger.calendars import Calendar, day_number, hours, instant, parse_instant, parse_local
from ledger.calendars.opening import WEEKDAYS
from ledger.errors import Malformed


def _calendar(zone: str, begin: str = "09:00", end: str = "17:00", days: int = 5) -> Calendar:
    week = [{"weekday": day, "from_time": begin, "to_time": end} for day in WEEKDAYS[:days]]
    half = {"day": "2025-12-24", "open": [{"from_time": "09:00", "to_time": "12:00"}]}
    closed: list[dict[str, object]] = [{"day": day, "open": []} for day in ("2025-12-25", "2025-12-26")]
    return Calendar.parse({"calendar": "default", "zone": zone, "open": week, "exceptions": [half, *closed]})


LONDON = _calendar("Europe/London")

CHANGED_CLOCKS = {
    "London, an hour less": ("Europe/London", "2025-03-29T00:00", "2025-03-31T00:00", "47"),
    "London, an hour more": ("Europe/London", "2025-10-25T00:00", "2025-10-27T00:00", "49"),
    "New York, an hour less": ("America/New_York", "2025-03-09T00:00", "2025-03-10T00:00", "23"),
    "New York, an hour more": ("America/New_York", "2025-11-02T00:00", "2025-11-03T00:00", "25"),
    "Lord Howe, half an hour less": ("Australia/Lord_Howe", "2025-10-05T00:00", "2025-10-06T00:00", "23.5"),
    "Lord Howe, half an hour more": ("Australia/Lord_Howe", "2025-04-06T00:00", "2025-04-07T00:00", "24.5"),
    "Samoa, a day less": ("Pacific/Apia", "2011-12-29T00:00", "2012-01-01T00:00", "48"),
    "the doubled hour alone": ("Europe/London", "2025-10-26T01:00", "2025-10-26T02:00", "2"),
    "the hour left out": ("Europe/London", "2025-03-30T01:00", "2025-03-30T02:00", "0"),
}

DUE = {
    "a Friday": ("2025-06-27", "2025-06-27T16:00:00.000000Z"),
    "the Sunday after is due on the Friday": ("2025-06-29", "2025-06-27T16:00:00.000000Z"),
    "a half day": ("2025-12-24", "2025-12-24T12:00:00.000000Z"),
    "a holiday is due on the half day before": ("2025-12-26", "2025-12-24T12:00:00.000000Z"),
    "an instant is itself": ("2025-06-29T03:04:05.000006Z", "2025-06-29T03:04:05.000006Z"),
    "never": ("9999-12-31", "9999-12-31T17:00:00.000000Z"),
}

AWARE = {
    "a Friday": ("2025-06-27", "2025-06-27T08:00:00.000000Z"),
    "a Saturday counts from Monday": ("2025-06-28", "2025-06-30T08:00:00.000000Z"),
    "a holiday counts from the Monday after": ("2025-12-25", "2025-12-29T09:00:00.000000Z"),
    "an instant is itself": ("2025-06-29T03:04:05.000006Z", "2025-06-29T03:04:05.000006Z"),
}


@pytest.mark.parametrize(("zone", "a", "b", "expected"), CHANGED_CLOCKS.values(), ids=CHANGED_CLOCKS)
def test_around_the_clock_is_as_long_as_the_days_were(zone: str, a: str, b: str, expected: str) -> None:
    calendar = _calendar(zone, "00:00", "24:00", days=7)

    counted = calendar.business_microseconds(parse_local(calendar, a), parse_local(calendar, b))

    assert hours(counted) == Decimal(expected)


@pytest.mark.parametrize(("due", "expected"), DUE.values(), ids=DUE)
def test_a_day_is_due_at_the_newest_close_of_business_up_to_it(due: str, expected: str) -> None:
    assert instant(LONDON.due_instant(due)) == expected


@pytest.mark.parametrize(("moment", "expected"), AWARE.values(), ids=AWARE)
def test_awareness_by_date_counts_from_the_next_opening(moment: str, expected: str) -> None:
    assert instant(LONDON.aware_instant(moment)) == expected


def test_a_date_that_samoa_never_had_is_not_a_business_day() -> None:
    samoa = _calendar("Pacific/Apia")

    assert (samoa.is_open_day("2011-12-30"), samoa.bd("2011-12-29", "2011-12-30")) == (False, 0)


def test_a_day_open_only_in_the_hour_left_out_is_not_a_business_day() -> None:
    calendar = _calendar("Europe/London", "01:00", "02:00", days=7)

    assert calendar.bd("2025-03-29", "2025-03-31") == 1


@pytest.mark.parametrize(
    ("when", "zone", "day"),
    [
        ("2025-06-27T23:00:00.000000Z", "Europe/London", "2025-06-28"),
        ("2025-06-27T03:59:59.999999Z", "America/New_York", "2025-06-26"),
        ("9999-12-31T23:00:00.000000Z", "Asia/Tokyo", "9999-12-31"),
    ],
)
def test_the_day_of_an_instant_is_that_of_the_wall_calendar(when: str, zone: str, day: str) -> None:
    assert _calendar(zone).day_of(parse_instant(when)) == day


def test_years_far_away_are_counted_by_their_cycle_and_right() -> None:
    fridays_and_all = sum(
        (number + 3) % 7 < 5 for number in range(day_number("1000-01-01") + 1, day_number("2600-01-02"))
    )
    begin, end = parse_local(LONDON, "2400-01-01T00:00"), parse_local(LONDON, "3600-01-01T00:00")

    assert LONDON.bd("1000-01-01", "2600-01-01") == fridays_and_all - 2  # the two holidays of 2025
    assert LONDON.business_microseconds(begin, end) == LONDON.bd("2399-12-31", "3599-12-31") * 8 * 3_600_000_000


@pytest.mark.parametrize("term", ["-1", "1000001"])
def test_a_term_below_nothing_or_beyond_all_bounds_is_refused(term: str) -> None:
    with pytest.raises(Malformed, match="A term of"):
        LONDON.add_hours(parse_instant("2025-06-06T08:00:00.000000Z"), Decimal(term))


def test_a_term_that_would_end_after_the_last_year_is_refused() -> None:
    with pytest.raises(Malformed, match="before the year 9999 ends"):
        LONDON.add_days("9999-12-31", 1)
    with pytest.raises(Malformed, match="before the year 9999 ends"):
        LONDON.add_hours(parse_instant("9999-12-31T12:00:00.000000Z"), Decimal(100))
    with pytest.raises(Malformed, match="after the year 1 begins"):
        LONDON.add_days("0001-01-01", -1)


@pytest.mark.parametrize(
    ("microseconds", "shown"),
    [
        (1_800_000, "0.000"),
        (1_800_001, "0.001"),
        (5_400_000, "0.002"),
        (90_300_000_000, "25.083"),
        (-3_600_000_000, "-1.000"),
    ],
)
def test_hours_are_shown_with_three_decimals_half_to_even(microseconds: int, shown: str) -> None:
    assert str(hours(microseconds)) == shown
