"""The slow answer: one entry, its columns and its texts, held against all that a writer keeps to, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from ledger.audit.accept import Row
from ledger.audit.erased import Erased
from ledger.audit.report import short
from ledger.audit.texts import Text
from ledger.disclosures import digest, read
from ledger.entry import LARGEST_DISCLOSURE, Entry, decode
from ledger.errors import Refused
from ledger.events import BY_NAME, UPCASTERS, Event, upcast
from ledger.stores.schema import ORDINAL_BITS

NONE: Erased = MappingProxyType({})


def explain(row: Row, texts: Sequence[Text], origin: str, erased: Erased = NONE) -> str | None:
    """Say what differs first in an entry, some of whose texts may be *erased*; None where nothing does."""
    raw = row[8]
    if type(raw) is not bytes:
        return f"where its bytes should be stands {short(raw)}"
    try:
        entry = decode(row[0], raw)
    except Refused as error:
        return f"its bytes are no entry: {error.message}"
    return (
        _columns(row, entry)
        or _source(entry, origin)
        or _digests(entry)
        or _event(entry)
        or _keys(entry, texts, erased)
        or _texts(entry, texts)
    )


def digests_in(entry: Entry) -> list[str]:
    """Return the digests of the texts of *entry*, which has such a list."""
    return cast("list[str]", entry.data["_sd"])


def _columns(row: Row, entry: Entry) -> str | None:
    names = ("stream", "version", "type", "id", "recorded")
    said = (entry.stream, entry.version, entry.type, entry.id, entry.recorded)
    for name, column, value in zip(names, (row[1], row[2], *row[4:7]), said, strict=True):
        if type(column) is not type(value) or column != value:
            return f"the column {name} says {short(column)}, its bytes say {short(value)}"
    return None


def _source(entry: Entry, origin: str) -> str | None:
    source = entry.attributes["source"]
    return None if source == origin else f'its source is "{source}", this ledger is "{origin}"'


def _digests(entry: Entry) -> str | None:
    digests = entry.data.get("_sd")
    if not isinstance(digests, list) or not all(isinstance(d, str) for d in digests):
        return "its data lacks the list _sd of digests"
    if digests != sorted(set(digests)):
        return "the digests in data._sd are doubled or out of order"
    event_type = BY_NAME.get(entry.type)
    if event_type is not None and len(digests) != (places := len(event_type.erasable())):
        return f"data._sd has {len(digests)} digests; {event_type.short_name} has {places} erasable fields"
    return None


def _event(entry: Entry) -> str | None:
    event_type = BY_NAME.get(entry.type)
    if event_type is None and entry.type not in UPCASTERS:
        return f'its type "{entry.type}" is unknown to this program; a newer engagement-ledger may know it'
    if event_type is None:
        return None
    if missing := sorted(event_type.defaults().keys() - entry.data.keys()):
        return f"its data lacks {missing[0]}, which is always written"
    if shown := sorted(entry.data.keys() & set(event_type.erasable())):
        return f"its data holds {shown[0]}, which is kept outside the bytes"
    return None


def _shape(name: str, plain: Mapping[str, Any]) -> str | None:
    """Say why *plain* is not the data of the type stored as *name*."""
    try:
        name, data = upcast(name, plain)
        event = BY_NAME[name].reread(data)
    except Refused as error:
        return f"its data is not that of its type: {error.message}"
    changed = [field for field, value in data.items() if event.data.get(field) != value]
    return f"the field {changed[0]} of its data is not in the form it is written in" if changed else None


def _keys(entry: Entry, texts: Sequence[Text], erased: Erased) -> str | None:
    expected = range(entry.position << ORDINAL_BITS, (entry.position << ORDINAL_BITS) + len(digests_in(entry)))
    there = {key for key, _ in texts}
    for ordinal, (key, said) in enumerate(zip(expected, digests_in(entry), strict=True), 1):
        if key not in there and erased.get(said) != entry.id:
            return f"digest {ordinal} of {len(expected)} has neither its disclosure nor an erasure"
    extra = sorted(there - set(expected))
    return f"a disclosure stands at place {extra[0] % 64 + 1}, where it has no digest" if extra else None


def _texts(entry: Entry, texts: Sequence[Text]) -> str | None:
    fields: dict[str, Any] = {}
    for key, text in texts:
        ordinal = key - (entry.position << ORDINAL_BITS) + 1
        said = digests_in(entry)[ordinal - 1]
        if type(text) is not bytes or len(text) > LARGEST_DISCLOSURE:
            return f"disclosure {ordinal} is {short(text)}"
        if digest(text) != said:
            return f"disclosure {ordinal} hashes to {short(digest(text))}, its digest is {short(said)}: its text was changed"
        try:
            field = read(text)
        except Refused as error:
            return f"disclosure {ordinal} cannot be read: {error.message}"
        if field is not None:
            if field[0] in fields:
                return f"its text {field[0]} is disclosed twice"
            fields[field[0]] = field[1]
    return _disclosed(entry, fields)


def _disclosed(entry: Entry, fields: Mapping[str, Any]) -> str | None:
    event_type: type[Event] | None = BY_NAME.get(entry.type)
    if event_type is None:  # an older type: its fields are those of the step that reads it
        return _shape(entry.type, {**_plain(entry), **fields})
    if strange := sorted(fields.keys() - set(event_type.erasable())):
        return f"a disclosure names {strange[0]}, which is no erasable field of {event_type.short_name}"
    return _shape(entry.type, {**_plain(entry), **fields})


def _plain(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in entry.data.items() if name != "_sd"}
