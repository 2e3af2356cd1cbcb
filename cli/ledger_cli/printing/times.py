"""Moments of the ledger in words, and where days begin and end: light, for every reading command needs it.

Instants that come from the ledger were checked when they were written; what people type is read in `asking/moments`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def say(moment: str, zone: ZoneInfo) -> str:
    """Return *moment* in words: `Fri 6 Jun 2025` or `Fri 6 Jun 2025 09:00`."""
    day, clock = local(moment, zone)
    return f"{day:%a} {day.day} {day:%b} {day.year} {clock}".rstrip()


def brief(moment: str, zone: ZoneInfo, beside: str, *, weekday: bool = False) -> str:
    """Return *moment* without what goes without saying *beside* another: `09:00` on its day, `6 Jun 09:00` in its year."""
    (day, clock), (other, _) = local(moment, zone), local(beside, zone)
    if day == other and clock and not weekday:
        return clock
    words = f"{day:%a} " if weekday else ""
    words += f"{day.day} {day:%b}" + ("" if day.year == other.year else f" {day.year}")
    return f"{words} {clock}".rstrip()


def local(moment: str, zone: ZoneInfo) -> tuple[date, str]:
    """Return the date of *moment* in *zone*, and the time on its clock; no time for a day."""
    if "T" not in moment:
        return date.fromisoformat(moment), ""
    here = _here(moment, zone)
    return here.date(), f"{here:%H:%M}"


def ordinal(instant: str, zone: ZoneInfo) -> int:
    """Return the ordinal of the day that an instant falls on in *zone*."""
    return _here(instant, zone).toordinal()


def day_start(moment: str, zone: ZoneInfo) -> str:
    """Return the instant a moment begins at: the start of a day in *zone*, an instant itself."""
    return moment if "T" in moment else in_utc(datetime.combine(date.fromisoformat(moment), time()), zone)


def day_end(moment: str, zone: ZoneInfo) -> str:
    """Return the instant a moment lasts until: the end of a day in *zone*, an instant itself."""
    if "T" in moment:
        return moment
    return in_utc(datetime.combine(date.fromisoformat(moment), time.max), zone)


def in_utc(naive: datetime, zone: ZoneInfo) -> str:
    """Return the instant at which the clock on the wall of *zone* shows *naive*."""
    return f"{naive.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _here(instant: str, zone: ZoneInfo) -> datetime:
    when = datetime.fromisoformat(instant)
    try:
        return when.astimezone(zone)
    except OverflowError:  # on the first and the last day there is
        return when
