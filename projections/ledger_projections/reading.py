"""Entries read as facts, with what their erasable fields say, a run of neighbours at a time."""

from __future__ import annotations

from binascii import a2b_base64
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from ledger import events
from ledger.entry import Entry
from ledger.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.journal import Reader, Stored

    Facts = list[Fact[Event]]

_PLAIN = bytes.maketrans(b"-_", b"+/")
_NEAR = 6
"""Disclosures of entries that stand no farther apart than this are read in one go."""


def read_all(reader: Reader, stored: Sequence[Stored]) -> Facts:
    """Read entries with what their erasable fields say."""
    texts = dict(chain.from_iterable(reader.disclosures(a, b).items() for a, b in _spans(stored)))
    return [read(s, texts.get(s.position, ())) for s in stored]


def read(stored: Stored, disclosures: Sequence[bytes]) -> Fact[Event]:
    """Read an entry without checking its bytes again: they were checked when they were written, and `verify` does."""
    attributes: dict[str, Any] = orjson.loads(stored.raw)
    said: dict[str, JSON] = {}
    for disclosure in disclosures:
        content = orjson.loads(a2b_base64(disclosure.translate(_PLAIN) + b"=="))
        if len(content) == 3:  # a decoy has only its salt
            said[content[1]] = content[2]
    return Fact(
        Entry(stored.position, attributes, stored.raw),
        events.read(attributes["type"], attributes["data"], said),
        attributes.get("occurred"),
        attributes.get("aware"),
        attributes["visibility"],
        "privileged" in attributes,
    )


def _spans(stored: Sequence[Stored]) -> Iterator[tuple[Any, Any]]:
    """Yield the first and last position of each run of entries that stand near each other."""
    first = last = None
    for position, _ in stored:
        if first is None or last is None:
            first = position
        elif position - last > _NEAR:
            yield first, last
            first = position
        last = position
    if first is not None:
        yield first, last
