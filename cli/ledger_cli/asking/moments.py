"""Dates as people type them: `2025-06-06`, `2025-06-06T09:00`, `yesterday`, `fri 17:00`, `-3d`, in the ledger's zone.

A day stays a day; a time becomes an instant in UTC. What was understood is echoed back in full.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ledger.calendars import earliest, instant, is_day, normalise_instant
from ledger.errors import Malformed, Refused
from ledger_cli.printing.times import day_end, in_utc, say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = r"(?:at )?([01]?\d|2[0-3]):([0-5]\d)"
_AGO = r"([+-])(\d{1,4})([dwh])"
_LOCAL = r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(:\d{2})?"
_TO_THE_MINUTE = r"(T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$"
HOW = 'Write 2025-06-06, 2025-06-06T09:00, "fri 17:00", yesterday, 09:00 or -3d.'


def parse_moment(text: str, now: datetime, zone: ZoneInfo, *, ahead: bool = False) -> str:
    """Return the day or the instant (UTC) that *text* means; weekdays lie behind *now*, or ahead of it.

    Raises Malformed where it means none.
    """
    try:
        return _parsed(text, now, zone, ahead=ahead)
    except (ValueError, OverflowError) as error:  # 30 February, or a time outside the years 1 to 9999
        raise Malformed(f'"{text}" is no date: {error}.', advice=HOW) from error


def parse_past(text: str, now: datetime, zone: ZoneInfo) -> str:
    """Return the day or the instant (UTC) that *text* means; refuse one that is still to come."""
    return _come(parse_moment(text, now, zone), now, zone, "Record it once it is so.")


def known_by(text: str, now: datetime, zone: ZoneInfo) -> str:
    """Return the instant that *text* lasts until; refuse one of which nobody can say yet what will be known."""
    moment = _come(parse_moment(text, now, zone), now, zone, "What will be known by then nobody knows yet.")
    return day_end(moment, zone)


def _come(moment: str, now: datetime, zone: ZoneInfo, advice: str) -> str:
    from ledger.proposing import AHEAD

    if earliest(moment) > instant(now + AHEAD):
        raise Refused(f"{say(moment, zone)} lies in the future.", advice=advice)
    return moment


def _parsed(text: str, now: datetime, zone: ZoneInfo, *, ahead: bool) -> str:
    words = " ".join(text.strip().lower().split())
    here = now.astimezone(zone)
    if is_day(words):
        return words
    if match := re.fullmatch(_LOCAL, words.upper()):
        clock = match[2].rjust(5, "0") + (match[3] or ":00")
        return _on_the_wall(text, datetime.fromisoformat(f"{match[1]}T{clock}"), zone)
    if "t" in words and words[:4].isdigit():
        return normalise_instant(re.sub(_TO_THE_MINUTE, r"\1:00\2", words.upper()))
    if match := re.fullmatch(_AGO, words):
        return _counted(here, int(match[1] + match[2]), match[3])
    return _spoken(text, words, here, zone, ahead=ahead)


def parse_day(text: str, now: datetime, zone: ZoneInfo) -> str:
    """Return the day that *text* means, a weekday lying ahead; raise Malformed where it names a time."""
    moment = parse_moment(text, now, zone, ahead=True)
    if not is_day(moment):
        raise Malformed(f'"{text}" is no day.', advice="Write 2025-06-06, today or fri.")
    return moment


def _spoken(text: str, words: str, here: datetime, zone: ZoneInfo, *, ahead: bool) -> str:
    day_word, _, clock_word = words.partition(" ")
    if match := re.fullmatch(_CLOCK, words):
        day_word, clock_word = "today", words
    day = _named_day(day_word, here.date(), ahead=ahead)
    match = re.fullmatch(_CLOCK, clock_word)
    if words == "now":
        return instant(here.replace(microsecond=0))
    if day is None or (clock_word and match is None):
        raise Malformed(f'"{text}" is no date.', advice=HOW)
    if match is None:
        return day.isoformat()
    return _on_the_wall(text, datetime.combine(day, time(int(match[1]), int(match[2]))), zone)


def _on_the_wall(text: str, naive: datetime, zone: ZoneInfo) -> str:
    """Return the instant at which clocks show *naive*; refuse what they never show, or show twice (PEP 495)."""
    here = naive.replace(tzinfo=zone)
    before, after = here.utcoffset(), here.replace(fold=1).utcoffset()
    if before is None or after is None or before == after:
        return in_utc(naive, zone)
    hours = [f"{naive:%Y-%m-%dT%H:%M}{_offset(each)}" for each in (before, after)]
    if before < after:
        later, earlier = (naive + after - before, naive - (after - before))
        what = f'"{text}" never was: clocks in {zone} went forward over it.'
        raise Malformed(what, advice=f"Write {later:%Y-%m-%dT%H:%M}, or {earlier:%Y-%m-%dT%H:%M}.")
    what = f'"{text}" was twice: clocks in {zone} went back over it.'
    raise Malformed(what, advice=f"Write {hours[0]} for the first, {hours[1]} for the second.")


def _offset(apart: timedelta) -> str:
    """Return `+01:00`."""
    minutes = round(apart / timedelta(minutes=1))
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _named_day(word: str, today: date, *, ahead: bool) -> date | None:
    named = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
    if word in named:
        return today + timedelta(days=named[word])
    if len(word) < 3 or not any(day.startswith(word) for day in _DAYS):
        return None
    wanted = next(number for number, day in enumerate(_DAYS) if day.startswith(word))
    if ahead:
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    return today - timedelta(days=(today.weekday() - wanted) % 7)


def _counted(here: datetime, number: int, unit: str) -> str:
    if unit == "h":
        return instant((here + timedelta(hours=number)).replace(microsecond=0))
    return (here.date() + timedelta(days=number * (7 if unit == "w" else 1))).isoformat()
