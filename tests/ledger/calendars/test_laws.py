"""Business time obeys its laws on calendars that nobody chose, and agrees with a count minute by minute."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.calendars import HOUR, Calendar

Json = Mapping[str, object]
Row = dict[str, str]

ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "America/St_Johns",
    "Africa/Casablanca",  # off for Ramadan
    "Asia/Kathmandu",
    "Pacific/Apia",  # no 2011-12-30
    "UTC",
]
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
CHANGES = [
    "2011-12-30",
    "2024-03-10",
    "2024-10-27",
    "2025-03-02",
    "2025-03-30",
    "2025-04-06",
    "2025-10-05",
    "2025-11-02",
]


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _pairs(minutes: list[int]) -> list[Row]:
    ends = sorted(minutes)[: len(minutes) // 2 * 2]
    return [{"from_time": _time(a), "to_time": _time(b)} for a, b in zip(ends[::2], ends[1::2], strict=True)]


openings = st.lists(st.integers(0, 48).map(lambda half: half * 30), unique=True, max_size=6).map(_pairs) | st.just(
    [{"from_time": "09:00", "to_time": "17:00"}]
)
near_days = st.sampled_from(CHANGES).map(date.fromisoformat) | st.dates(date(1996, 1, 1), date(2034, 12, 31))


@st.composite
def calendars_and_instants(draw: st.DrawFn, most: int = 21, count: int = 3) -> tuple[Json, list[datetime]]:
    """Draw a calendar and instants in order, close to one another, to exceptions and often to a clock change."""
    middle = draw(near_days)
    week = [{"weekday": day, **row} for day in WEEKDAYS for row in draw(openings)]
    around = st.integers(-most, most).map(lambda days: middle + timedelta(days=days))
    exceptions = [
        {"day": day.isoformat(), "open": draw(openings)} for day in draw(st.lists(around, unique=True, max_size=4))
    ]
    data = {
        "calendar": "any",
        "zone": draw(st.sampled_from(ZONES)),
        "open": week or [{"weekday": "mo", "from_time": "00:00", "to_time": "24:00"}],
        "exceptions": exceptions,
    }
    begin = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - timedelta(days=most // 2)
    minutes = draw(st.lists(st.integers(0, most * 1440), min_size=count, max_size=count))
    return data, [begin + timedelta(minutes=minute) for minute in sorted(minutes)]


def _open_on_the_wall(data: Json, wall: datetime) -> bool:
    rows = [row for row in data["open"] if row["weekday"] == WEEKDAYS[wall.weekday()]]  # type: ignore[attr-defined]  # JSON
    for exception in data["exceptions"]:  # type: ignore[attr-defined]  # JSON
        rows = exception["open"] if exception["day"] == f"{wall:%Y-%m-%d}" else rows
    return any(row["from_time"] <= f"{wall:%H:%M}" < row["to_time"] for row in rows)


def _counted_by_the_minute(data: Json, a: datetime, b: datetime) -> timedelta:
    zone = ZoneInfo(str(data["zone"]))
    minutes = ((a + timedelta(minutes=at)).astimezone(zone) for at in range((b - a) // timedelta(minutes=1)))
    return timedelta(minutes=sum(_open_on_the_wall(data, wall) for wall in minutes))


@given(calendars_and_instants(count=2))
@settings(max_examples=60, deadline=None)
def test_open_time_is_what_a_count_of_minutes_on_the_wall_clock_says(drawn: tuple[Json, list[datetime]]) -> None:
    data, (a, b) = drawn

    assert Calendar.parse(data).open_time(a, b) == _counted_by_the_minute(data, a, b)


@given(calendars_and_instants(most=2000))
@settings(deadline=None)
def test_open_time_adds_up_and_is_never_below_nothing_nor_above_the_time_that_passed(
    drawn: tuple[Json, list[datetime]],
) -> None:
    calendar, (a, b, c) = Calendar.parse(drawn[0]), drawn[1]

    assert calendar.open_time(a, b) + calendar.open_time(b, c) == calendar.open_time(a, c)
    assert timedelta(0) <= calendar.open_time(a, b) <= b - a
    assert calendar.open_time(b, a) == timedelta(0) or a == b
    assert calendar.signed_microseconds(b, a) == -calendar.signed_microseconds(a, b)


@given(calendars_and_instants(most=60, count=2), st.integers(-23 * 60, 23 * 60), st.sampled_from(ZONES))
@settings(deadline=None)
def test_open_time_does_not_care_in_which_zone_an_instant_is_told(
    drawn: tuple[Json, list[datetime]], offset: int, zone: str
) -> None:
    calendar, (a, b) = Calendar.parse(drawn[0]), drawn[1]
    elsewhere = timezone(timedelta(minutes=offset))

    assert calendar.open_time(a.astimezone(elsewhere), b.astimezone(ZoneInfo(zone))) == calendar.open_time(a, b)


@given(calendars_and_instants(most=60, count=1), st.integers(0, 200 * HOUR))
@settings(deadline=None)
def test_a_term_ends_at_the_first_instant_by_which_its_hours_have_passed(
    drawn: tuple[Json, list[datetime]], open_microseconds: int
) -> None:
    calendar, (start,) = Calendar.parse(drawn[0]), drawn[1]

    end = calendar.add_hours(start, Decimal(open_microseconds) / HOUR)

    just_before = max(start, end - timedelta(microseconds=1))
    assert calendar.business_microseconds(start, end) == open_microseconds
    assert calendar.business_microseconds(start, just_before) == max(0, open_microseconds - 1)


@given(calendars_and_instants(most=2000))
@settings(deadline=None)
def test_business_days_add_up_and_turn_their_sign_with_their_direction(drawn: tuple[Json, list[datetime]]) -> None:
    calendar = Calendar.parse(drawn[0])
    a, b, c = (f"{when:%Y-%m-%d}" for when in drawn[1])

    assert calendar.bd(a, b) + calendar.bd(b, c) == calendar.bd(a, c)
    assert calendar.bd(a, b) == -calendar.bd(b, a) >= 0


@given(calendars_and_instants(most=40, count=2))
@settings(deadline=None)
def test_business_days_are_the_days_on_which_anything_was_open(drawn: tuple[Json, list[datetime]]) -> None:
    calendar = Calendar.parse(drawn[0])
    first, last = (when.date() for when in drawn[1])
    days = [(first + timedelta(days=at)).isoformat() for at in range(1, (last - first).days + 1)]

    assert calendar.bd(first.isoformat(), last.isoformat()) == sum(map(calendar.is_open_day, days))


@given(calendars_and_instants(most=300, count=1), st.integers(-500, 500).filter(bool))
@settings(deadline=None)
def test_a_term_in_days_ends_on_an_open_day_that_many_business_days_away(
    drawn: tuple[Json, list[datetime]], count: int
) -> None:
    calendar, day = Calendar.parse(drawn[0]), f"{drawn[1][0]:%Y-%m-%d}"

    end = calendar.add_days(day, count)

    # Back from d, bd leaves d out and takes the end in: an open d is one of its own.
    itself = int(count < 0 and calendar.is_open_day(day))
    assert calendar.is_open_day(end)
    assert calendar.bd(day, end) == count + (1 if count < 0 else 0) - itself


@given(calendars_and_instants(most=60, count=1))
@settings(deadline=None)
def test_nothing_is_open_between_a_close_and_the_next_opening(drawn: tuple[Json, list[datetime]]) -> None:
    calendar, day = Calendar.parse(drawn[0]), f"{drawn[1][0]:%Y-%m-%d}"
    close, opening = calendar.close_of(day), calendar.opening_of(calendar.add_days(day, 1))

    assert calendar.open_time(close, opening) == timedelta(0)
