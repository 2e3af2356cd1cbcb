"""A ledger of several times the engagements of another: each entry comes as often, in a stream of its own, at the same time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import orjson

from bench.proposed import Clock
from ledger.calendars import parse_instant
from ledger.entry import Proposal
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PAGE = 1_000
FINISHED = ("recordedtime", "streamversion")
"""What the store adds, and adds again."""
APART = 0x1234567891
"""How far the ids of the copies of an entry lie apart, modulo 2**48."""


def multiply(ledger: Path, times: int, new: Path) -> None:
    """Make the ledger *new*, of *times* the accounts and engagements of *ledger*, and of our own side once."""
    clock, versions, at = Clock(), defaultdict[Stream, int](int), Position(0)
    with SqliteReader(ledger) as reader, SqliteJournal.create(new, reader.origin, clock) as journal:
        while page := reader.since(at, PAGE):
            at = page[-1].position
            texts = reader.disclosures(stored.position for stored in page)
            batch: list[Proposal] = []
            for stored in page:
                attributes = orjson.loads(stored.raw)
                clock.now = max(clock.now, parse_instant(attributes["recordedtime"]))
                batch += _copies(attributes, texts.get(stored.position, ()), times)
            journal.append(batch, {proposal.stream: versions[proposal.stream] for proposal in batch})
            for proposal in batch:
                versions[proposal.stream] += 1


def _copies(attributes: Mapping[str, Any], texts: Sequence[bytes], times: int) -> Iterator[Proposal]:
    given = {name: value for name, value in attributes.items() if name not in FINISHED}
    for number in range(times if "/" in attributes["subject"] else 1):
        own = {"id": _other_id(attributes["id"], number), "subject": _renamed(attributes["subject"], number)}
        data = dict(attributes["data"])
        if "account" in data:
            data["account"] = _renamed(data["account"], number)
        yield Proposal({**given, **own, "data": data}, texts)


def _renamed(name: str, number: int) -> str:
    return f"{name}{number}" if number else name


def _other_id(entry_id: str, number: int) -> str:
    return f"{entry_id[:24]}{(int(entry_id[24:], 16) + number * APART) % 2**48:012x}"
