"""What recurs keeps its time on the wall, ends when it says, and never searches for ever."""

import itertools
import time
from datetime import UTC, date, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.calendars import Calendar, check_rrule, default_calendar, instant, occurrences, parse_local
from ledger.errors import Malformed

LONDON = Calendar.parse(default_calendar("Europe/London"))
NEW_YORK = Calendar.parse(default_calendar("America/New_York"))

LOCAL = {
    "summer": (LONDON, "2025-09-05T17:00", "2025-09-05T16:00:00.000000Z"),
    "winter": (LONDON, "2025-11-05T17:00", "2025-11-05T17:00:00.000000Z"),
    "left out: as far after the gap": (NEW_YORK, "2025-03-09T02:30", "2025-03-09T07:30:00.000000Z"),
    "comes twice: the first": (NEW_YORK, "2025-11-02T01:30", "2025-11-02T05:30:00.000000Z"),
}

NOT_LOCAL = ["2025-09-05", "2025-09-05T17:00:00", "2025-09-05T17:00Z", "2025-09-05 17:00", "2025-02-30T17:00", ""]

RULES = {
    "each Friday over the clock change": (
        "FREQ=WEEKLY;BYDAY=FR",
        "2025-10-24T17:00",
        ["2025-10-24T16:00", "2025-10-31T17:00", "2025-11-07T17:00"],
    ),
    "a start that the rule does not name": ("FREQ=WEEKLY;BYDAY=FR;COUNT=1", "2025-10-20T17:00", ["2025-10-24T16:00"]),
    "a count": ("FREQ=DAILY;COUNT=2", "2025-11-01T09:00", ["2025-11-01T09:00", "2025-11-02T09:00"]),
    "until a date": ("FREQ=DAILY;UNTIL=20251102", "2025-11-01T09:00", ["2025-11-01T09:00", "2025-11-02T09:00"]),
    "until a time on the wall": ("FREQ=DAILY;UNTIL=20250602T090000", "2025-06-02T09:00", ["2025-06-02T08:00"]),
    "until an instant just before": ("FREQ=DAILY;UNTIL=20250603T075959Z", "2025-06-02T09:00", ["2025-06-02T08:00"]),
    "until the past": ("FREQ=DAILY;UNTIL=20200101", "2025-06-02T09:00", []),
    "the last Wednesday of each month": (
        "RRULE:FREQ=MONTHLY;BYDAY=-1WE;COUNT=2",
        "2025-01-01T09:00",
        ["2025-01-29T09:00", "2025-02-26T09:00"],
    ),
    "each second week": (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=2",
        "2025-01-03T09:00",
        ["2025-01-03T09:00", "2025-01-17T09:00"],
    ),
    "each twelfth month from June": (
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=6;COUNT=2",
        "2023-06-01T09:00",
        ["2023-06-01T08:00", "2024-06-01T08:00"],
    ),
    "29 February": ("FREQ=YEARLY;COUNT=2", "2012-02-29T09:00", ["2012-02-29T09:00", "2016-02-29T09:00"]),
    "a last weekday of the quarter": (
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
        "2025-01-01T09:00",
        ["2025-03-31T08:00", "2025-06-30T08:00"],
    ),
}

BAD_RULES = {
    "nothing": "",
    "no frequency": "BYDAY=FR",
    "hourly": "FREQ=HOURLY",
    "minutely": "FREQ=MINUTELY",
    "secondly": "FREQ=SECONDLY;BYDAY=FR",
    "twice a day": "FREQ=DAILY;BYHOUR=9,17",
    "hour 24": "FREQ=DAILY;BYHOUR=24",
    "a start of its own": "FREQ=WEEKLY;DTSTART=20250905T170000",
    "a start on a line of its own": "DTSTART:20250905T170000\nRRULE:FREQ=WEEKLY",
    "two rules": "FREQ=WEEKLY\nRRULE:FREQ=DAILY",
    "a part twice": "FREQ=WEEKLY;FREQ=DAILY",
    "an end and a count": "FREQ=WEEKLY;COUNT=3;UNTIL=20251231",
    "an interval of nothing": "FREQ=WEEKLY;INTERVAL=0",
    "a count of nothing": "FREQ=WEEKLY;COUNT=0",
    "a weekday nobody has": "FREQ=WEEKLY;BYDAY=XX",
    "a counted weekday in a week": "FREQ=WEEKLY;BYDAY=2FR",
    "a day of the month in a week": "FREQ=WEEKLY;BYMONTHDAY=13",
    "month 13": "FREQ=YEARLY;BYMONTH=13",
    "a month from the end": "FREQ=YEARLY;BYMONTH=-1",
    "day 32": "FREQ=MONTHLY;BYMONTHDAY=32",
    "Easter, which no standard has": "FREQ=YEARLY;BYEASTER=0",
    "a part nobody knows": "FREQ=WEEKLY;COLOUR=RED",
    "an empty part": "FREQ=WEEKLY;",
    "too long": "FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 300))),
    "an end that is no date": "FREQ=WEEKLY;UNTIL=20250230",
    "an end that is no time": "FREQ=WEEKLY;UNTIL=20250228T250000",
}

NEVER = [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
]


@pytest.mark.parametrize(("calendar", "text", "expected"), LOCAL.values(), ids=LOCAL)
def test_a_local_time_is_placed_as_rfc_5545_says(calendar: Calendar, text: str, expected: str) -> None:
    assert instant(parse_local(calendar, text)) == expected


@pytest.mark.parametrize("text", NOT_LOCAL)
def test_what_is_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="Not a local time"):
        parse_local(LONDON, text)


def test_a_local_time_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(Malformed, match="years 1 to 9999"):
        parse_local(NEW_YORK, "9999-12-31T23:00")


@pytest.mark.parametrize(("rule", "starts", "expected"), RULES.values(), ids=RULES)
def test_a_rule_names_the_times_it_says(rule: str, starts: str, expected: list[str]) -> None:
    check_rrule(rule)

    times = occurrences(rule, starts, LONDON, parse_local(LONDON, "2026-01-01T00:00"))

    assert [instant(at)[:16] for at in itertools.islice(times, 3)] == expected


@pytest.mark.parametrize("rule", BAD_RULES.values(), ids=BAD_RULES)
def test_a_rule_that_breaks_the_standard_or_recurs_within_a_day_is_refused(rule: str) -> None:
    with pytest.raises(Malformed, match="Recurrence rule"):
        check_rrule(rule)


@pytest.mark.parametrize("rule", NEVER)
def test_a_rule_that_names_no_date_is_refused_and_searched_only_for_a_moment(rule: str) -> None:
    begun = time.process_time()

    with pytest.raises(Malformed, match="names no date"):
        check_rrule(rule)
    assert list(occurrences(rule, "2025-01-01T09:00", LONDON, parse_local(LONDON, "2026-01-01T00:00"))) == []
    assert time.process_time() - begun < 5


def test_the_time_until_which_is_asked_is_included() -> None:
    until = parse_local(LONDON, "2025-11-02T09:00")

    assert list(occurrences("FREQ=DAILY", "2025-11-02T09:00", LONDON, until)) == [until]


def test_a_time_in_the_hour_left_out_comes_an_hour_later_that_day_only() -> None:
    times = occurrences("FREQ=DAILY;COUNT=3", "2025-03-08T02:30", NEW_YORK, parse_local(NEW_YORK, "2025-04-01T00:00"))

    assert [instant(at)[:16] for at in times] == ["2025-03-08T07:30", "2025-03-09T07:30", "2025-03-10T06:30"]


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.sampled_from([1, 5, 7]),  # with another, months from a start can miss those of the rule for ever
    st.sampled_from(["", ";BYDAY=MO,FR", ";BYMONTH=2,6", ";BYMONTH=2;BYDAY=TU", ";BYDAY=SU;BYSETPOS=1", ";WKST=SU"]),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(lambda day: day.replace(day=min(day.day, 28))),
)
@settings(deadline=None)
def test_searching_some_cycles_later_finds_what_searching_now_finds(
    frequency: str, interval: int, by: str, day: date
) -> None:
    utc = Calendar.parse(default_calendar("UTC"))
    rule = f"FREQ={frequency};INTERVAL={interval}{by};COUNT=20"

    found = occurrences(rule, f"{day}T09:30", utc, datetime(2600, 1, 1, tzinfo=UTC))

    directly = rrulestr(rule, dtstart=datetime(day.year, day.month, day.day, 9, 30))  # noqa: DTZ001  (wall time)
    assert [at.replace(tzinfo=None) for at in found] == list(directly)


@pytest.mark.parametrize(
    ("zone", "starts", "expected"),
    [
        ("Pacific/Kiritimati", "0001-01-01T00:00", ["0001-01-01T", "0001-01-02T"]),
        ("America/New_York", "9999-12-30T23:00", ["9999-12-31T"]),
    ],
)
def test_what_falls_outside_the_years_that_can_be_written_does_not_recur(
    zone: str, starts: str, expected: list[str]
) -> None:
    calendar = Calendar.parse(default_calendar(zone))

    times = itertools.islice(occurrences("FREQ=DAILY", starts, calendar, datetime.max.replace(tzinfo=UTC)), 2)

    assert [instant(when)[:11] for when in times] == expected
