"""A calendar that contradicts itself is refused, and the refusal says where."""

from collections.abc import Mapping

import pytest

from ledger.calendars import Calendar, parse_zone
from ledger.errors import Malformed

GOOD: Mapping[str, object] = {
    "calendar": "default",
    "zone": "Europe/London",
    "open": [
        {"weekday": "mo", "from_time": "13:00", "to_time": "24:00"},
        {"weekday": "mo", "from_time": "09:00", "to_time": "13:00"},
    ],
    "exceptions": [
        {"day": "2025-04-21", "open": []},
        {"day": "2025-12-22", "open": [{"from_time": "09:00", "to_time": "12:00"}]},
    ],
}


def _open(*times: str, weekday: str = "mo") -> dict[str, object]:
    pairs = zip(times[::2], times[1::2], strict=True)
    return {"open": [{"weekday": weekday, "from_time": a, "to_time": b} for a, b in pairs]}


def _day(day: str, *times: str) -> dict[str, object]:
    pairs = zip(times[::2], times[1::2], strict=True)
    return {"day": day, "open": [{"from_time": a, "to_time": b} for a, b in pairs]}


BAD: Mapping[str, tuple[Mapping[str, object], str, str]] = {
    "a zone nobody has": ({"zone": "Europe/Londres"}, "zone", "Unknown zone 'Europe/Londres'"),
    "no zone": ({"zone": None}, "zone", "Unknown zone"),
    "a zone out of its folder": ({"zone": "../zone"}, "zone", "Unknown zone"),
    "a folder of zones": ({"zone": "Europe"}, "zone", "Unknown zone"),
    "the zone of this machine": ({"zone": "localtime"}, "zone", "Unknown zone"),
    "no name": ({"calendar": ""}, "calendar", "a name is needed"),
    "never open": ({"open": []}, "open", "one weekday at least"),
    "openings that are no list": ({"open": "mo"}, "open", "a list is needed"),
    "an opening that is no object": ({"open": ["mo"]}, "open[0]", "an object is needed"),
    "a weekday nobody has": (_open("09:00", "17:00", weekday="monday"), "open[0]", "not 'monday'"),
    "overlapping openings": (_open("13:00", "17:00", "09:00", "13:30"), "open", "mo: 09:00-13:30 and 13:00-17:00"),
    "the same opening twice": (_open("09:00", "17:00", "09:00", "17:00"), "open", "overlap"),
    "a reversed opening": (_open("17:00", "09:00"), "open[0]", "17:00 to 09:00 is reversed"),
    "an empty opening": (_open("09:00", "09:00"), "open[0]", "is empty"),
    "an hour too many": (_open("09:00", "25:00"), "open[0].to_time", "'25:00'"),
    "minutes after 24:00": (_open("09:00", "24:01"), "open[0].to_time", "'24:01'"),
    "a beginning at 24:00": (_open("24:00", "24:00"), "open[0].from_time", "'24:00'"),
    "one digit": (_open("9:00", "17:00"), "open[0].from_time", "'9:00'"),
    "a number for a time": ({"open": [{"weekday": "mo", "from_time": 9}]}, "open[0].from_time", "9"),
    "an exception twice": (
        {"exceptions": [_day("2025-12-24"), _day("2025-12-24", "09:00", "12:00")]},
        "exceptions[1]",
        "2025-12-24 is an exception already",
    ),
    "an exception on no day": ({"exceptions": [_day("2025-02-29")]}, "exceptions[0].day", "'2025-02-29'"),
    "an exception that does not say": ({"exceptions": [{"day": "2025-12-24"}]}, "exceptions[0].open", "a list"),
    "an exception with overlapping openings": (
        {"exceptions": [_day("2025-12-24", "09:00", "12:00", "11:00", "13:00")]},
        "exceptions[0]",
        "2025-12-24: 09:00-12:00 and 11:00-13:00 overlap",
    ),
    "an exception with a reversed opening": (
        {"exceptions": [_day("2025-12-24", "12:00", "09:00")]},
        "exceptions[0].open[0]",
        "is reversed",
    ),
}


@pytest.mark.parametrize(("change", "field", "words"), BAD.values(), ids=BAD)
def test_a_calendar_that_contradicts_itself_is_refused(change: Mapping[str, object], field: str, words: str) -> None:
    with pytest.raises(Malformed) as refusal:
        Calendar.parse({**GOOD, **change})

    assert (refusal.value.field, words in refusal.value.message) == (field, True)


def test_openings_that_touch_and_one_that_ends_the_day_are_fine() -> None:
    calendar = Calendar.parse(GOOD)

    assert calendar.close_of("2025-04-14").isoformat() == "2025-04-14T23:00:00+00:00"
    assert calendar.opening_of("2025-04-14").isoformat() == "2025-04-14T08:00:00+00:00"


def test_exceptions_may_be_left_out() -> None:
    assert Calendar.parse({key: GOOD[key] for key in ("calendar", "zone", "open")}).is_open_day("2025-04-21")


def test_calendars_of_the_same_json_are_equal_and_can_be_keys() -> None:
    assert {Calendar.parse(GOOD): 1}[Calendar.parse(GOOD)] == 1


def test_an_unknown_zone_is_answered_with_the_nearest() -> None:
    with pytest.raises(Malformed) as refusal:
        parse_zone("Europe/Lodon")

    assert "Europe/London" in refusal.value.advice
