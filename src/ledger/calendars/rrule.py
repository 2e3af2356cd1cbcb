"""The part of RFC 5545's recurrence rules that a cadence may use, read strictly.

FREQ=WEEKLY;BYDAY=FR            every Friday
FREQ=MONTHLY;BYDAY=-1WE         the last Wednesday of each month
FREQ=MONTHLY;BYMONTHDAY=1;COUNT=6
"""

import re
from collections.abc import Mapping
from datetime import datetime

from ledger.errors import Malformed

Parts = Mapping[str, str]

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_LONGEST = 200
_WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)"
_FORMS = {
    "FREQ": "|".join(_FREQUENCIES),
    "UNTIL": r"[0-9]{8}(T[0-9]{6}Z?)?",
    "COUNT": r"[1-9][0-9]{0,5}",
    "INTERVAL": r"[1-9][0-9]{0,3}",
    "WKST": _WEEKDAY,
    "BYDAY": rf"([+-]?[1-9][0-9]?)?{_WEEKDAY}(,([+-]?[1-9][0-9]?)?{_WEEKDAY})*",
    # One time of day each: a cadence is at most daily.
    "BYHOUR": r"[0-9]{1,2}",
    "BYMINUTE": r"[0-9]{1,2}",
    "BYSECOND": r"[0-9]{1,2}",
}
_MOST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_CLOCK = {"BYHOUR": 23, "BYMINUTE": 59, "BYSECOND": 59}
_NUMBERS = r"[+-]?[1-9][0-9]{0,2}(,[+-]?[1-9][0-9]{0,2})*"
# RFC 5545 section 3.3.10, the table of BYxxx rule parts: N/A.
_ONLY_WITH = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
}


def parse_rrule(text: str) -> Parts:
    """Read the parts of a rule; refuse what RFC 5545 section 3.3.10 refuses, and what recurs within a day."""
    if len(text) > _LONGEST:
        raise _malformed(text[:40] + "...", f"longer than {_LONGEST} characters")
    parts: dict[str, str] = {}
    for part in text.upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        _check_part(text, name, value)
        if name in parts:
            raise _malformed(text, f"{name} stands twice")
        parts[name] = value
    _check_together(text, parts)
    return parts


def _check_part(text: str, name: str, value: str) -> None:
    if name in _MOST:
        fits = re.fullmatch(_NUMBERS, value) and all(_within(name, number) for number in value.split(","))
    elif name in _FORMS:
        fits = re.fullmatch(_FORMS[name], value) and int(value if name in _CLOCK else 0) <= _CLOCK.get(name, 0)
    elif name == "DTSTART" or "DTSTART" in value:
        raise _malformed(text, "DTSTART does not belong in it: the cadence says when it starts")
    else:
        raise _malformed(text, f"{name!r} is no part of a rule")
    if not fits or (name == "UNTIL" and not _exists(value)):
        raise _malformed(text, f"{name} cannot be {value!r}")


def _within(name: str, number: str) -> bool:
    return abs(int(number)) <= _MOST[name] and (name != "BYMONTH" or int(number) > 0)


def _exists(until: str) -> bool:
    try:
        datetime.fromisoformat(until)
    except ValueError:
        return False
    return True


def _check_together(text: str, parts: Parts) -> None:
    frequency = parts.get("FREQ")
    if frequency is None:
        raise _malformed(text, "FREQ is missing")
    if "COUNT" in parts and "UNTIL" in parts:
        raise _malformed(text, "COUNT and UNTIL exclude each other")
    for name, frequencies in _ONLY_WITH.items():
        if name in parts and frequency not in frequencies:
            raise _malformed(text, f"{name} does not go with FREQ={frequency}")
    if frequency in {"DAILY", "WEEKLY"} and re.search("[0-9]", parts.get("BYDAY", "")):
        raise _malformed(text, f"BYDAY={parts['BYDAY']} counts weekdays, which FREQ={frequency} cannot")


def _malformed(text: str, why: str) -> Malformed:
    advice = "Write a rule of RFC 5545 that recurs daily or less often, such as FREQ=WEEKLY;BYDAY=FR."
    return Malformed(f"Recurrence rule {text!r}: {why}.", field="rrule", advice=advice)
