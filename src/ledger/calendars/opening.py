"""Opening hours as people write them, read with every contradiction refused and named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ledger.calendars.clock import day_number, is_day
from ledger.errors import Malformed
from ledger.values.named import NamedTuple

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")

_TIME = re.compile(r"(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))")
_MINUTE = 60_000_000


class Opening(NamedTuple):
    """One stretch of wall time in a day, in microseconds after 00:00; *end* is not in it."""

    start: int
    end: int


Openings = tuple[Opening, ...]


def parse_week(rows: object, field: str = "open") -> tuple[Openings, ...]:
    """Read `[{"weekday": "mo", "from_time": "09:00", "to_time": "17:00"}, ...]` into seven days from Monday."""
    days: list[list[Opening]] = [[] for _ in WEEKDAYS]
    for at, row in _rows(rows, field):
        weekday = row.get("weekday")
        if weekday not in WEEKDAYS:
            raise Malformed(f"{at}: weekday is one of {' '.join(WEEKDAYS)}, not {weekday!r}.", field=at)
        days[WEEKDAYS.index(str(weekday))].append(_opening(row, at))
    if not any(days):
        raise Malformed(f"{field}: a calendar is open on one weekday at least.", field=field)
    return tuple(_apart(day, f"{field}: {name}", field) for day, name in zip(days, WEEKDAYS, strict=True))


def parse_exceptions(rows: object, field: str = "exceptions") -> dict[int, Openings]:
    """Read `[{"day": "2025-12-24", "open": [{"from_time": "09:00", "to_time": "12:00"}]}, ...]` by day number."""
    days: dict[int, Openings] = {}
    for at, row in _rows(rows, field):
        day = row.get("day")
        if not isinstance(day, str) or not is_day(day):
            raise Malformed(f"{at}: not a day: {day!r}.", field=f"{at}.day", advice="Write it as 2025-12-24.")
        if day_number(day) in days:
            raise Malformed(
                f"{at}: {day} is an exception already.", field=at, advice="Write its openings in one place."
            )
        openings = [_opening(opening, where) for where, opening in _rows(row.get("open"), f"{at}.open")]
        days[day_number(day)] = _apart(openings, f"{at}: {day}", at)
    return days


def _rows(value: object, field: str) -> Iterable[tuple[str, Mapping[str, object]]]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise Malformed(f"{field}: a list is needed, not {value!r}.", field=field)
    for index, row in enumerate(value):
        at = f"{field}[{index}]"
        if not isinstance(row, Mapping):
            raise Malformed(f"{at}: an object is needed, not {row!r}.", field=at)
        yield at, row


def _opening(row: Mapping[str, object], at: str) -> Opening:
    start, end = _time(row, "from_time", at), _time(row, "to_time", at)
    if start >= end:
        which = "is empty" if start == end else "is reversed"
        raise Malformed(
            f"{at}: {row['from_time']} to {row['to_time']} {which}.",
            field=at,
            advice="An opening past midnight is two: one to 24:00, one from 00:00 of the next day.",
        )
    return Opening(start, end)


def _time(row: Mapping[str, object], name: str, at: str) -> int:
    text = row.get(name)
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None or (name == "from_time" and found[3]):
        limit = "24:00" if name == "to_time" else "23:59"
        raise Malformed(f"{at}.{name}: not a time from 00:00 to {limit}: {text!r}.", field=f"{at}.{name}")
    return (int(found[1] or found[3]) * 60 + int(found[2] or found[4])) * _MINUTE


def _apart(openings: Iterable[Opening], which: str, field: str) -> Openings:
    """Sort *openings* and refuse two that share time; two that only touch are fine."""
    ordered = tuple(sorted(openings))
    for one, next_one in pairwise(ordered):
        if next_one.start < one.end:
            raise Malformed(f"{which}: {_text(one)} and {_text(next_one)} overlap.", field=field)
    return ordered


def _text(opening: Opening) -> str:
    start, end = (f"{us // _MINUTE // 60:02d}:{us // _MINUTE % 60:02d}" for us in (opening.start, opening.end))
    return f"{start}-{end}"
