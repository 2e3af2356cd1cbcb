"""Public holidays come as calendar exceptions, for the places that are asked and no others."""

import pytest

from ledger.calendars import Calendar, default_calendar, exceptions_for
from ledger.errors import Malformed

ENGLAND_2025 = [f"2025-{day}" for day in ("01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26")]

UNKNOWN = {
    "a country": ("XX", None, "country", "Known:"),
    "a country written small": ("gb", None, "country", "GB"),
    "a subdivision": ("GB", "ENGLAND", "subdivision", "ENG"),
    "a subdivision of another country": ("GB", "BY", "subdivision", "NIR"),
    "a subdivision where there is none": ("UA", "KV", "subdivision", "leave it out"),
}


def test_england_has_eight_holidays_in_2025() -> None:
    assert exceptions_for("GB", "ENG", [2025]) == [{"day": day, "open": []} for day in ENGLAND_2025]


def test_a_holiday_on_a_weekend_brings_its_day_in_lieu() -> None:
    days = [exception["day"] for exception in exceptions_for("GB", "ENG", [2022])]

    assert days[:2] == ["2022-01-01", "2022-01-03"]


def test_years_come_once_and_in_order() -> None:
    days = [str(exception["day"]) for exception in exceptions_for("GB", "SCT", [2026, 2025, 2026])]

    assert days == sorted(set(days))
    assert {day[:4] for day in days} == {"2025", "2026"}


@pytest.mark.parametrize(("country", "subdivision", "field", "advice"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_place_is_refused_with_those_that_are_known(
    country: str, subdivision: str | None, field: str, advice: str
) -> None:
    with pytest.raises(Malformed, match=f"Unknown {field}") as refusal:
        exceptions_for(country, subdivision, [2025])

    assert (refusal.value.field, advice in refusal.value.advice) == (field, True)


def test_the_default_calendar_is_closed_on_holidays_and_weekends() -> None:
    calendar = Calendar.parse(default_calendar("Europe/London", country="GB", subdivision="ENG", years=[2025]))

    closed = [day for day in ENGLAND_2025 if not calendar.is_open_day(day)]
    assert (calendar.name, closed, calendar.bd("2024-12-31", "2025-12-31")) == ("default", ENGLAND_2025, 261 - 8)


def test_no_country_means_no_holidays_and_the_zone_is_not_asked_for_one() -> None:
    assert default_calendar("Europe/London", years=[2025])["exceptions"] == []


def test_other_hours_can_be_given() -> None:
    calendar = Calendar.parse(default_calendar("UTC", open_from="08:00", open_to="24:00"))

    assert calendar.close_of("2025-06-06").isoformat() == "2025-06-07T00:00:00+00:00"


def test_a_subdivision_of_no_country_is_refused() -> None:
    with pytest.raises(Malformed, match="of no country"):
        default_calendar("Europe/London", subdivision="ENG")
