"""Every business-time number of the stories ST1, ST4, ST5 and ST8 (domain.md Part 4)."""

from decimal import Decimal

import pytest

from ledger.calendars import Calendar, default_calendar, hours, instant, occurrences, parse_local

LONDON = Calendar.parse(default_calendar("Europe/London", country="GB", subdivision="ENG", years=[2025]))

HOURS = {
    "ST1 delay as known on 06-30": ("2025-06-06T09:00", "2025-06-11T10:05", "25.083"),
    "ST1 delay as we now know": ("2025-06-03T14:20", "2025-06-11T10:05", "43.75"),
    "ST1 lead to the close of the due date": ("2025-06-11T10:05", "2025-06-27T17:00", "102.917"),
    "ST1 delay of the acknowledgement": ("2025-06-11T10:05", "2025-06-12T16:40", "14.583"),
    "ST4 undisclosed before the opening": ("2025-06-06T09:00", "2025-06-10T08:30", "16.0"),
    "ST5 the first request": ("2025-08-04T10:00", "2025-08-04T11:30", "1.5"),
    "ST5 over a night": ("2025-08-06T16:00", "2025-08-07T10:00", "2.0"),
    "ST5 within a day": ("2025-08-12T09:30", "2025-08-12T16:30", "7.0"),
    "ST5 over a weekend": ("2025-08-15T12:00", "2025-08-19T12:00", "16.0"),
    "ST5 over the bank holiday": ("2025-08-22T15:30", "2025-08-27T11:00", "11.5"),
    "ST5 the holding reply": ("2025-08-22T15:30", "2025-08-22T16:10", "0.667"),
    "ST5 the last request": ("2025-08-28T14:00", "2025-08-28T14:45", "0.75"),
    "ST5 over the clock change": ("2025-10-24T16:00", "2025-10-27T10:00", "2.0"),
    "ST8 the longest silence": ("2025-09-26T16:00", "2025-10-10T15:00", "79.0"),
}

DEADLINES = {
    "ST1 notice from the awareness first told": ("2025-06-06T09:00", "2025-06-09T17:00"),
    "ST1 notice from the corrected awareness": ("2025-06-03T14:20", "2025-06-05T14:20"),
}

DAYS = {
    "ST1 lead": ("2025-06-11", "2025-06-27", 12),
    "ST1 slip": ("2025-06-27", "2025-07-18", 15),
    "ST8 the longest silence": ("2025-09-26", "2025-10-10", 10),
    "ST8 one day of grace": ("2025-10-03", "2025-10-06", 1),
    "over the bank holiday": ("2025-08-22", "2025-08-26", 1),
    "back over Easter": ("2025-04-22", "2025-04-17", -1),
}


@pytest.mark.parametrize(("a", "b", "expected"), HOURS.values(), ids=HOURS)
def test_the_business_hours_of_the_stories_come_out(a: str, b: str, expected: str) -> None:
    counted = LONDON.business_microseconds(parse_local(LONDON, a), parse_local(LONDON, b))

    assert hours(counted) == Decimal(expected)


@pytest.mark.parametrize(("aware", "deadline"), DEADLINES.values(), ids=DEADLINES)
def test_sixteen_business_hours_end_where_the_stories_say(aware: str, deadline: str) -> None:
    assert LONDON.add_hours(parse_local(LONDON, aware), Decimal(16)) == parse_local(LONDON, deadline)


@pytest.mark.parametrize(("a", "b", "expected"), DAYS.values(), ids=DAYS)
def test_the_business_days_of_the_stories_come_out(a: str, b: str, expected: int) -> None:
    assert LONDON.bd(a, b) == expected


@pytest.mark.parametrize(("aware", "share"), [("2025-06-06T09:00", "0.804"), ("2025-06-03T14:20", "0.702")])
def test_the_share_of_available_warning_is_that_of_st1(aware: str, share: str) -> None:
    due, reported = LONDON.due_instant("2025-06-27"), parse_local(LONDON, "2025-06-11T10:05")
    left = LONDON.business_microseconds(reported, due)
    available = LONDON.business_microseconds(parse_local(LONDON, aware), due)

    assert (Decimal(left) / available).quantize(Decimal("0.001")) == Decimal(share)


def test_nine_weekly_reports_are_expected_in_st8_each_at_17_00_on_the_wall() -> None:
    until = parse_local(LONDON, "2025-11-03T17:00")

    expected = [instant(at) for at in occurrences("FREQ=WEEKLY;BYDAY=FR", "2025-09-05T17:00", LONDON, until)]

    fridays = ("09-05", "09-12", "09-19", "09-26", "10-03", "10-10", "10-17", "10-24")
    summer = [f"2025-{day}T16:00:00.000000Z" for day in fridays]
    assert expected == [*summer, "2025-10-31T17:00:00.000000Z"]


def test_the_silence_alert_of_st8_fires_one_business_day_after_the_missed_friday() -> None:
    alert = LONDON.close_of(LONDON.add_days("2025-10-03", 1))

    assert alert == parse_local(LONDON, "2025-10-06T17:00")
