"""Entries read as facts, with what their erasable fields say."""

from __future__ import annotations

from binascii import a2b_base64
from typing import TYPE_CHECKING, Any

import orjson

from ledger import events
from ledger.entry import Entry
from ledger.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.journal import Reader, Stored

    Facts = list[Fact[Event]]

_PLAIN = bytes.maketrans(b"-_", b"+/")


def read_all(reader: Reader, stored: Sequence[Stored]) -> Facts:
    """Read entries with what their erasable fields say."""
    texts = reader.disclosures(each.position for each in stored)
    return [read(each, texts.get(each.position, ())) for each in stored]


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
