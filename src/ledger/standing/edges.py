"""Business time where people write any day at all: what lies past the edge of a calendar falls on the day itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ledger.calendars import day_number, day_text, is_day, parse_instant, parse_local
from ledger.errors import Malformed

if TYPE_CHECKING:
    from decimal import Decimal

    from ledger.calendars import Calendar

END = datetime.max.replace(tzinfo=UTC)
"""The last moment that can be written."""
LAST_DAY = "9999-12-31"


def falls(calendar: Calendar, moment: str) -> datetime:
    """Return when *moment* falls: a day at its close; one that no open day comes before, as it begins in UTC."""
    try:
        return calendar.due_instant(moment)
    except Malformed:
        return datetime.fromisoformat(moment).replace(tzinfo=UTC) if is_day(moment) else parse_instant(moment)


def days_before(calendar: Calendar, day: str, count: int) -> str:
    """Return the open day *count* open days before *day*; *day* itself where there are not so many."""
    try:
        return calendar.add_days(day, -count)
    except Malformed:
        return day


def days_after(calendar: Calendar, day: str, count: int) -> str:
    """Return the open day *count* open days after *day*; the last day there is where there are not so many."""
    try:
        return calendar.add_days(day, count)
    except Malformed:
        return LAST_DAY


def midnight(calendar: Calendar, day: str) -> datetime:
    """Return when *day* begins on the wall clock of *calendar*; the first day there is, in UTC."""
    try:
        return parse_local(calendar, f"{day}T00:00")
    except Malformed:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)


def happened(calendar: Calendar, moment: str) -> datetime:
    """Return from when what was so at *moment* counts: a day from its close, one that is closed from its end.

    A date to be kept falls on the close before a Sunday; what was done on the Sunday was not done by then.
    """
    is_closed = is_day(moment) and not calendar.is_open_day(moment)
    return day_end(calendar, moment) if is_closed else falls(calendar, moment)


def day_end(calendar: Calendar, day: str) -> datetime:
    """Return the last moment of *day* on the wall clock of *calendar*."""
    if day == LAST_DAY:
        return END
    return midnight(calendar, day_text(day_number(day) + 1)) - timedelta.resolution


def hours_after(calendar: Calendar, start: datetime, hours: Decimal) -> datetime:
    """Return when *hours* of business time have passed since *start*; the end of time where they never do."""
    try:
        return calendar.add_hours(start, hours)
    except Malformed:
        return END
