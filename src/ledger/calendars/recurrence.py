"""What recurs on a wall clock: reports on Fridays at 17:00 stay at 17:00 when the clocks change."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime, time, timedelta

from ledger.calendars.business import Calendar
from ledger.calendars.rrule import Parts, parse_rrule
from ledger.errors import Malformed

_LOCAL = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}"
_TRIAL = datetime(2000, 1, 1, 17)  # noqa: DTZ001  (wall time, which has no zone until it is placed)
# The Gregorian calendar repeats to the day of the week, so a rule means the same one cycle later.
_CYCLE_YEARS, _CYCLE = 400, timedelta(days=146_097)


def parse_local(calendar: Calendar, text: str) -> datetime:
    """Read `2025-09-05T17:00` on the wall clock of *calendar*.

    RFC 5545 section 3.3.5: a time that comes twice is the first; one that is left out is as far after the gap as the
    clock before it would have had it (02:30 is then 03:30).
    """
    try:
        return _placed(_wall(text), calendar).astimezone(UTC)
    except OverflowError as error:
        raise Malformed(f"Not a local time: {text!r} lies outside the years 1 to 9999.") from error


def check_rrule(text: str) -> None:
    """Refuse a rule that breaks RFC 5545, recurs within a day, or never names a date (30 February)."""
    # Every period counts here: which ones an INTERVAL leaves out depends on where the cadence starts.
    parts = {**parse_rrule(text), "INTERVAL": "1"}
    if next(_walls(parts, _TRIAL, _TRIAL.year), None) is None:
        raise Malformed(f"Recurrence rule {text!r}: names no date in 400 years.", field="rrule")


def occurrences(rrule: str, starts: str, calendar: Calendar, until: datetime) -> Iterator[datetime]:
    """Give each instant (UTC) that *rrule* names from *starts*, a local time, to *until*, both included.

    *starts* itself counts only where the rule names it; a place in a gap or a doubled hour is as in `parse_local`.
    """
    parts, start = parse_rrule(rrule), _wall(starts)
    for wall in _walls(parts, start, max(start.year, until.year)):
        try:
            when = _placed(wall, calendar).astimezone(UTC)
        except OverflowError:  # before the year 1 or after 9999 in UTC: at no time that can be written
            if wall.year == MINYEAR:
                continue
            return
        # A UNTIL in UTC is compared as an instant, one without a zone as wall time (RFC 5545 section 3.3.10).
        if when > until or _ended(parts.get("UNTIL"), wall, when):
            return
        yield when


def _walls(parts: Parts, start: datetime, last_year: int) -> Iterator[datetime]:
    """Expand *parts* on wall time.

    A rule that names nothing is searched to the year 9999, so the search starts as many cycles later as leave room
    for *last_year*: seconds become fractions of one.
    """
    from dateutil.rrule import rrulestr

    later = (MAXYEAR - last_year) // _CYCLE_YEARS * _CYCLE
    rule = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    return (wall - later for wall in rrulestr(rule, dtstart=start + later))


def _wall(text: str) -> datetime:
    if re.fullmatch(_LOCAL, text):
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise Malformed(f"Not a local time: {text!r}: {error}.", field="starts") from error
    raise Malformed(f"Not a local time: {text!r}.", field="starts", advice="Write it as 2025-09-05T17:00.")


def _placed(wall: datetime, calendar: Calendar) -> datetime:
    return wall.replace(tzinfo=calendar.zone, fold=0)


def _ended(limit: str | None, wall: datetime, when: datetime) -> bool:
    if limit is None:
        return False
    end = datetime.fromisoformat(limit)
    if end.tzinfo is not None:
        return when > end
    return wall > (end if "T" in limit else datetime.combine(end, time.max))
