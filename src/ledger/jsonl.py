"""The JSON-lines form of an event: what people pipe in, and what an export gives back.

    {"type": "slip-reported", "subject": "engagement/northwind", "occurred": "2025-06-11T10:05:00+01:00",
     "data": {"milestone_id": "M2", "forecast": "2025-07-18", "to": ["c1"], "channel": "email"}}

One object a line, in UTF-8. `time` and `actor` are what the original says of itself: kept as claims (design, section 6).
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ledger import entry
from ledger.calendars import is_day, normalise_instant
from ledger.drafts import Draft
from ledger.errors import LedgerError, Malformed
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.canonical import JSON

REQUIRED = ("type", "subject", "data")
TEXTS: Mapping[str, str] = {
    "type": "type",
    "subject": "subject",
    "occurred": "occurred",
    "aware": "aware",
    "party": "party",
    "visibility": "visibility",
    "onbehalfof": "onbehalfof",
    "id": "id",
    "time": "claimedtime",
    "actor": "claimedactor",
    "causationid": "causationid",
    "correlationid": "correlationid",
}
"""The keys that hold text, and what a draft calls them."""
CLAIMS = ("claimedtime", "claimedactor")
"""What an entry that was imported itself says of its original: it goes before `time` and `actor`."""
PASSED_OVER = ("position", "provenance")
"""What an export says of where an entry stands there: it is something else here."""
KEYS = (*TEXTS, *CLAIMS, "privileged", "data")
_MOMENTS = ("occurred", "aware", "time", "claimedtime")
_FORMS = {
    name: re.compile({**entry.REQUIRED, **entry.OPTIONAL}[attribute])
    for name, attribute in TEXTS.items()
    if name not in {"type", "subject", *_MOMENTS}
}
"""What an entry's attributes must be, so that a line is named before a batch of them is sent."""
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line that is not blank: its number, from 1, and its bytes without the line's end."""

    number: int
    raw: bytes


def lines(content: Iterable[bytes]) -> Iterator[Line]:
    """Yield the lines of *content* that say something; a byte order mark before the first is no part of it."""
    for number, raw in enumerate(content, 1):
        bare = (raw.removeprefix(_BOM) if number == 1 else raw).strip()
        if bare:
            yield Line(number, bare)


def parse_line(raw: bytes) -> Draft:
    """Return the draft that one line holds; refuse what is no event, naming the key."""
    line = _object(raw)
    for name in REQUIRED:
        if name not in line:
            raise Malformed(f'It lacks "{name}".', field=name, advice=f"Every line has {', '.join(REQUIRED)}.")
    for name, value in line.items():
        _check(name, value)
    for name in _MOMENTS:
        if name in line:
            line[name] = _moment(name, line[name])
    texts: dict[str, Any] = {TEXTS[name]: value for name, value in line.items() if name in TEXTS}
    texts |= {name: line[name] for name in CLAIMS if name in line}
    return Draft(data=line["data"], privileged=line.get("privileged", False), **texts)


def at_line(error: LedgerError, number: int) -> LedgerError:
    """Return *error* with its message saying that it is about line *number*."""
    if not error.message.startswith("Line "):
        error.message = f"Line {number}: {error.message}"
        error.args = (error.message,)
    return error


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = _DECODER.decode(raw.decode())
    except UnicodeDecodeError as error:
        raise Malformed(f"Not UTF-8: byte {error.start + 1} is {raw[error.start]:#04x}.") from error
    except RecursionError as error:
        raise Malformed("Nested deeper than anything here is.") from error
    except ValueError as error:
        raise Malformed(f"Not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise Malformed("Not a JSON object.", advice='Each line is one event: {"type": …, "subject": …, "data": {…}}')
    return value


def _unique(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise Malformed(f'"{next(n for n in names if names.count(n) > 1)}" stands twice in one object.')
    return members


def _no_float(number: str) -> JSON:
    raise Malformed(f"{number} is no whole number.", advice=f'Write it as text: "{number}".')


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_no_float, parse_constant=_no_float)


def _check(name: str, value: JSON | None) -> None:
    if name in PASSED_OVER:
        return
    if name not in KEYS:
        near = get_close_matches(name, KEYS, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        raise Malformed(f'An event has no "{name}".{hint}', field=name, advice=f"It may have {', '.join(KEYS)}.")
    if name == "data":
        _check_data(value)
    elif name == "privileged":
        if not isinstance(value, bool):
            raise Malformed(f'"privileged" is true or false, not {json.dumps(value)}.', field=name)
    elif not isinstance(value, str):
        raise Malformed(f'"{name}" is text, not {json.dumps(value)}.', field=name)
    elif name in _FORMS and not _FORMS[name].fullmatch(value):
        raise Malformed(f'"{name}" cannot be "{value}".', field=name)


def _check_data(value: JSON | None) -> None:
    if not isinstance(value, dict):
        raise Malformed('"data" is an object with the fields of the event.', field="data")
    for name, field in value.items():
        if field is None:
            raise Malformed(f'"data.{name}" is null.', field=f"data.{name}", advice="Leave out what is absent.")


def _moment(name: str, value: str) -> str:
    if is_day(value):
        return value
    try:
        return normalise_instant(value)
    except Malformed as error:
        raise Malformed(f'"{name}": "{value}" is no date.', field=name, advice=error.advice) from error
