"""Entries as JSON lines, the inverse of `ledger.jsonl`: what an export gives, an import takes.

    {"type":"milestone-agreed","subject":"engagement/k7h2…","id":"01974…","position":31,"time":"2025-06-06T08:20:00.000000Z",
    "actor":"a1","party":"provider","visibility":"shared","occurred":"2025-06-06","data":{"milestone_id":"M1",…}}

`time` is when the entry was recorded, `position` where it stands; both are claims to whoever imports them. What an
imported entry claimed itself stays beside them, as `claimedtime` and `claimedactor`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ledger.disclosures import disclosed
from ledger.entry import decode
from ledger.values import Position, Stream
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.entry import Entry
    from ledger.journal import Reader

PAGE = 1_000
CARRIED = (
    "party",
    "visibility",
    "privileged",
    "provenance",
    "occurred",
    "aware",
    "onbehalfof",
    "claimedtime",
    "claimedactor",
    "causationid",
    "correlationid",
)
"""The attributes that a line has under their own names, where the entry has them."""


class Exported(NamedTuple):
    """An entry, and its line; None for one that is private and was left out."""

    position: Position
    line: str | None


def export_lines(
    reader: Reader, *, stream: Stream | None = None, texts: bool = True, private: bool = False, plain: bool = False
) -> Iterator[Exported]:
    """Yield every entry of the ledger, or of *stream*, in the order of the log, a page in memory at a time.

    Without *texts* no erasable field is disclosed; *private* entries are left out unless asked for; *plain* lines hold
    ASCII alone, for terminals.
    """
    head, after = reader.head(), Position(0)
    while after < head:
        page = reader.since(after, min(PAGE, head - after))
        disclosures = reader.disclosures(stored.position for stored in page) if texts else {}
        after = page[-1].position
        for entry in (decode(*stored) for stored in page):
            if stream is None or entry.stream == stream:
                hidden = entry.attributes["visibility"] == "private" and not private
                yield Exported(
                    entry.position,
                    None if hidden else format_line(entry, disclosures.get(entry.position, ()), plain=plain),
                )


def format_line(entry: Entry, disclosures: Sequence[bytes] = (), *, plain: bool = False) -> str:
    """Return *entry* as one JSON line, with the texts that *disclosures* hold."""
    line = _members(entry) | {"data": _data(entry, disclosures)}
    return json.dumps(line, ensure_ascii=plain, separators=(",", ":"))


def _members(entry: Entry) -> dict[str, JSON]:
    head: dict[str, JSON] = {
        "type": entry.type.split(".")[1],
        "subject": entry.stream,
        "id": entry.id,
        "position": entry.position,
        "time": entry.recorded,
        "actor": entry.actor,
    }
    return head | {name: entry.attributes[name] for name in CARRIED if name in entry.attributes}


def _data(entry: Entry, disclosures: Sequence[bytes]) -> Mapping[str, JSON]:
    return {name: value for name, value in entry.data.items() if name != "_sd"} | disclosed(disclosures)
