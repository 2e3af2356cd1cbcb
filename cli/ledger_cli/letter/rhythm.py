"""A rhythm in words, and words as a rhythm: `every Friday 17:00` is FREQ=WEEKLY;BYDAY=FR (RFC 5545 section 3.3.10).

every day 09:00                          every 2 weeks on Friday 17:00
every Monday and Thursday 09:00          every month on the first Tuesday 10:00
every 3 months on the last Friday 16:00  every month on day 15 12:00
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from ledger.calendars.rrule import parse_rrule
from ledger.errors import Malformed
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
        "SU": "Sunday"}  # fmt: skip
ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_IN_WORDS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"}
_BYDAY = re.compile(r"([+-]?\d+)?([A-Z]{2})")
_SAID = re.compile(r"every (?:(\d{1,3}|quarter|other) ?)?(.*?) ?(?:at )?(\d{1,2}:\d{2})", re.IGNORECASE)
_ON = re.compile(r"(day|week|month|year)s?(?: on (.*))?", re.IGNORECASE)
_DAY = re.compile(r"day (\d{1,2})", re.IGNORECASE)
_AND = re.compile(r",? and |, ?")
HOW = 'Write "every Friday 17:00", "every month on the first Tuesday 10:00", or a rule such as FREQ=WEEKLY;BYDAY=FR.'


def in_words(rrule: str, starts: str) -> str:
    """Return the rhythm of *rrule* as people say it, at the time of day of *starts*; the rule itself where it says more."""
    parts = parse_rrule(rrule)
    if not _sayable(parts):
        return f"by the rule {safe(rrule)}, {starts[11:16]}"
    ends = f" until {_day(parts['UNTIL'])}" if "UNTIL" in parts else ""
    ends += f", {parts['COUNT']} times" if "COUNT" in parts else ""
    byday, number = parts.get("BYDAY", ""), int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "WEEKLY" and not byday:
        byday = list(DAYS)[datetime.fromisoformat(starts).weekday()]
    unit = _UNITS[parts["FREQ"]]
    on = _listed(_named(day) for day in byday.split(",")) if byday else ""
    if parts["FREQ"] == "WEEKLY" and number == 1:
        return f"every {on} {starts[11:16]}{ends}"
    on = on or _on_days(parts.get("BYMONTHDAY", ""), parts["FREQ"], starts)
    every = f"every {unit}" if number == 1 else f"every {number} {unit}s"
    return f"{every}{f' on {on}' if on else ''} {starts[11:16]}{ends}"


def parse_rhythm(text: str) -> tuple[str, str]:
    """Return the rule and the time of day that *text* says; raise Malformed where it says none."""
    words = " ".join(text.split())
    match = _SAID.fullmatch(words)
    rule = match and _rule(match[1] or "", match[2])
    if match is None or not rule:
        raise Malformed(f'"{text}" is no rhythm.', advice=HOW)
    parse_rrule(rule)
    hour, minute = match[3].split(":")
    if int(hour) > 23 or int(minute) > 59:
        raise Malformed(f'"{match[3]}" is no time of day.', advice=HOW)
    return rule, f"{int(hour):02d}:{minute}"


def _sayable(parts: Mapping[str, str]) -> bool:
    """Return whether the words below say all of a rule: not a Friday the 13th, nor what is counted from the end."""
    days = parts.get("BYMONTHDAY", "")
    both = "BYDAY" in parts or parts["FREQ"] != "MONTHLY" or "-" in days
    counted = parts["FREQ"] != "MONTHLY" and any(character.isdigit() for character in parts.get("BYDAY", ""))
    return not set(parts) - _IN_WORDS and not (days and both) and not counted


def _rule(number: str, what: str) -> str:
    """Return the rule of `every {number} {what}`; nothing where it is none."""
    if number.casefold() == "quarter":
        number, what = "3", f"months {what}"
    every = {"other": "2", "": "1"}.get(number.casefold(), number)
    interval = "" if every == "1" else f"INTERVAL={int(every)};"
    if days := _weekdays(what):
        return f"FREQ=WEEKLY;{interval}BYDAY={days}"
    match = _ON.fullmatch(what.strip())
    if match is None:
        return ""
    freq = next(freq for freq, unit in _UNITS.items() if unit == match[1].casefold())
    on = f";{found}" if (found := _by(match[2], freq)) else ""
    return "" if match[2] and not on else f"FREQ={freq};{interval}".rstrip(";") + on


def _by(on: str | None, freq: str) -> str:
    if not on:
        return ""
    if freq == "WEEKLY":
        return f"BYDAY={days}" if (days := _weekdays(on)) else ""
    if freq != "MONTHLY":
        return ""
    if match := _DAY.fullmatch(on):
        return f"BYMONTHDAY={int(match[1])}"
    found = [_ordinal(part) for part in _AND.split(on)]
    return f"BYDAY={','.join(found)}" if all(found) else ""


def _ordinal(text: str) -> str:
    order, _, day = text.casefold().removeprefix("the ").partition(" ")
    number = next((number for number, word in ORDINALS.items() if word == order), "")
    code = _weekdays(day)
    return f"{number}{code}" if number and code and "," not in code else ""


def _weekdays(text: str) -> str:
    words = [word.casefold() for word in _AND.split(text.strip())]
    codes = [
        next((code for code, day in DAYS.items() if len(word) > 2 and day.casefold().startswith(word)), "")
        for word in words
    ]
    return ",".join(codes) if all(codes) else ""


def _named(day: str) -> str:
    match = _BYDAY.fullmatch(day)
    if match is None or not match[1]:
        return DAYS[day]
    number = match[1].removeprefix("+")
    return f"the {ORDINALS[number]} {DAYS[match[2]]}" if number in ORDINALS else f"{DAYS[match[2]]} number {number}"


def _on_days(numbers: str, freq: str, starts: str) -> str:
    if not numbers:
        return {"MONTHLY": f"day {int(starts[8:10])}", "YEARLY": f"{int(starts[8:10])} {_month(starts)}"}.get(freq, "")
    return f"day {_listed(numbers.split(','))}"


def _month(starts: str) -> str:
    return f"{datetime.fromisoformat(starts):%B}"


def _day(until: str) -> str:
    day = datetime.strptime(until[:8], "%Y%m%d")  # noqa: DTZ007 -- a day
    return f"{day.day} {day:%b %Y}"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
