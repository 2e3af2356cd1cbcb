"""Business time: instants and days as text, opening hours, holidays, and what recurs."""

from ledger.calendars.business import HOUR, Calendar, hours, unrounded_hours
from ledger.calendars.clock import (
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
    shifted,
    surely_before,
)
from ledger.calendars.holidays import default_calendar, exceptions_for
from ledger.calendars.reach import OutOfTime
from ledger.calendars.recurrence import check_rrule, occurrences, parse_local
from ledger.calendars.zones import parse_zone

__all__ = [
    "HOUR",
    "Calendar",
    "OutOfTime",
    "check_rrule",
    "day_number",
    "day_text",
    "default_calendar",
    "earliest",
    "exceptions_for",
    "from_microseconds",
    "hours",
    "instant",
    "is_day",
    "latest",
    "microseconds",
    "normalise_instant",
    "occurrences",
    "parse_instant",
    "parse_local",
    "parse_zone",
    "shifted",
    "surely_before",
    "unrounded_hours",
]
