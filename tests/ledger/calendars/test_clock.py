"""Instants and days are read strictly, written in one form, and compare as text."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calendars import (
    day_number,
    day_text,
    earliest,
    from_microseconds,
    instant,
    is_day,
    latest,
    microseconds,
    normalise_instant,
    parse_instant,
    surely_before,
)
from ledger.errors import Malformed

offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=offsets)  # noqa: DTZ001  (bounds are naive)

NORMAL = {
    "2025-06-06T09:00:00+01:00": "2025-06-06T08:00:00.000000Z",
    "2025-06-06T08:00:00Z": "2025-06-06T08:00:00.000000Z",
    "2025-06-06t08:00:00.5z": "2025-06-06T08:00:00.500000Z",
    "2025-06-06T08:00:00.123456-00:00": "2025-06-06T08:00:00.123456Z",
    "2025-01-01T05:44:59.000001+05:45": "2024-12-31T23:59:59.000001Z",
}

NOT_INSTANTS = {
    "a day": "2025-06-06",
    "a space": "2025-06-06 08:00:00Z",
    "no seconds": "2025-06-06T08:00Z",
    "no offset": "2025-06-06T08:00:00",
    "seven digits": "2025-06-06T08:00:00.1234567Z",
    "an empty fraction": "2025-06-06T08:00:00.Z",
    "a leap second": "2016-12-31T23:59:60Z",
    "an hour too many": "2025-06-06T24:00:00Z",
    "30 February": "2025-02-30T08:00:00Z",
    "a basic offset": "2025-06-06T08:00:00+0100",
    "an offset of a day": "2025-06-06T08:00:00+24:00",
    "year 0": "0000-06-06T08:00:00Z",
    "before year 1": "0001-01-01T00:00:00+01:00",
    "after year 9999": "9999-12-31T23:59:59-01:00",
    "other digits": "\uff12025-06-06T08:00:00Z",
    "a line end": "2025-06-06T08:00:00Z\n",
    "nothing": "",
}

DAYS = {
    "2025-06-27": True,
    "2024-02-29": True,
    "2025-02-29": False,
    "20250627": False,
    "2025-W26-5": False,
    "2025-06-27T00:00": False,
    "\uff12025-06-27": False,
    "0000-01-01": False,
    "2025-06-27\n": False,
}

ORDER = {
    "an instant before another": ("2025-06-06T08:00:00.000000Z", "2025-06-06T08:00:00.000001Z", True),
    "an instant and itself": ("2025-06-06T08:00:00.000000Z", "2025-06-06T08:00:00.000000Z", False),
    "two days in a row may overlap": ("2025-06-06", "2025-06-07", False),
    "a day and the one after the next still share two hours": ("2025-06-06", "2025-06-08", False),
    "three days apart": ("2025-06-06", "2025-06-09", True),
    "a day and the last instant it can mean": ("2025-06-06", "2025-06-07T11:59:59.999999Z", False),
    "a day and the instant after": ("2025-06-06", "2025-06-07T12:00:00.000000Z", True),
    "an instant just before a day can begin": ("2025-06-05T09:59:59.999999Z", "2025-06-06", True),
    "an instant when a day can begin": ("2025-06-05T10:00:00.000000Z", "2025-06-06", False),
}


@pytest.mark.parametrize(("text", "expected"), NORMAL.items())
def test_any_rfc_3339_date_time_becomes_the_one_form(text: str, expected: str) -> None:
    assert normalise_instant(text) == expected


@pytest.mark.parametrize("text", NOT_INSTANTS.values(), ids=NOT_INSTANTS)
def test_what_is_no_instant_is_refused_in_both_readings(text: str) -> None:
    for read in (normalise_instant, parse_instant):
        with pytest.raises(Malformed, match="Not an instant"):
            read(text)


def test_only_the_canonical_form_is_parsed() -> None:
    with pytest.raises(Malformed, match="has not the form"):
        parse_instant("2025-06-06T08:00:00Z")


def test_an_instant_is_never_written_from_a_naive_datetime() -> None:
    with pytest.raises(ValueError, match="aware"):
        instant(datetime(2025, 6, 6, 8))  # noqa: DTZ001  (the point)


@given(moments)
def test_writing_and_reading_an_instant_are_inverse(when: datetime) -> None:
    assert parse_instant(instant(when)) == when
    assert normalise_instant(when.isoformat()) == instant(when)
    assert from_microseconds(microseconds(when)) == when


@given(moments, moments)
def test_instants_sort_as_text(a: datetime, b: datetime) -> None:
    assert (instant(a) < instant(b)) == (a < b)


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_day_is_written_one_way_and_exists(text: str, expected: bool) -> None:
    assert is_day(text) == expected


@given(st.dates())
def test_day_numbers_count_from_1970(day: object) -> None:
    number = day_number(str(day))

    assert day_text(number) == str(day)
    assert from_microseconds(number * 86_400_000_000).date() == day


def test_a_day_that_is_none_has_no_number() -> None:
    with pytest.raises(Malformed, match="Not a day"):
        day_number("2025-02-29")


@pytest.mark.parametrize(("a", "b", "expected"), ORDER.values(), ids=ORDER)
def test_a_moment_is_surely_before_another_only_if_no_zone_can_turn_them(a: str, b: str, expected: bool) -> None:
    assert surely_before(a, b) == expected


def test_the_first_and_last_days_of_all_keep_to_the_years_that_can_be_written() -> None:
    ends = (earliest("0001-01-01"), latest("9999-12-31"))

    assert ends == ("0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z")


@pytest.mark.parametrize("moment", ["soon", "2025-06-06T08:00:00Z", "2025-02-30"])
def test_a_moment_that_is_neither_day_nor_instant_is_refused(moment: str) -> None:
    with pytest.raises(Malformed, match="Not an instant"):
        earliest(moment)


@given(moments, st.integers(-12 * 60, 14 * 60))
def test_no_zone_puts_an_instant_outside_its_day(when: datetime, offset: int) -> None:
    day = when.astimezone(timezone(timedelta(minutes=offset))).date().isoformat()

    assert earliest(day) <= instant(when.astimezone(UTC)) <= latest(day)
