"""What of a whole ledger a reader is shown: an excerpt, so that nothing made of it holds what is withheld.

Most streams hold nothing to withhold, which their bytes tell: only the others are read as facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from ledger.events import EntryCorrected
from ledger.facts import corrected
from ledger.values import Position, Stream
from ledger_projections.log import Log
from ledger_projections.reports.excerpt import Excerpt
from ledger_projections.reports.withheld import Withheld, withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger_projections.readers import Audience

CHUNK = 1_000
"""Entries read at once."""
_PRIVATE, _PRIVILEGED, _CORRECTED = b'"visibility":"private"', b'"privileged":', EntryCorrected.stored_name.encode()
"""What stands in the bytes of an entry that may be withheld, or that may make another so."""


def seen_by(
    reader: Reader,
    audience: Audience,
    named: Collection[int] = (),
    types: Collection[str] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> Excerpt:
    """Return what *audience* is shown: with it the entries *named*, and those of *types* that are not privileged."""
    last = reader.head()
    if audience.everything:
        return Excerpt(reader, last)
    log, out = Log(reader, last), []
    for stream in sorted(_suspects(reader, last, progress)):
        out += _of_stream(log.facts(stream), audience, named, types)
    return Excerpt(reader, last, out)


def _suspects(reader: Reader, last: int, progress: Callable[[int], None]) -> set[Stream]:
    """Return the streams in which something may have to be withheld."""
    found: set[Stream] = set()
    at = Position(0)
    while at < last:
        page = reader.since(at, CHUNK)
        found.update(
            Stream(orjson.loads(raw)["subject"])
            for _, raw in page
            if _PRIVATE in raw or _PRIVILEGED in raw or _CORRECTED in raw
        )
        at = page[-1].position
        progress(int(at))
    return found


def _of_stream(
    facts: list[Fact[Event]], audience: Audience, named: Collection[int], types: Collection[str]
) -> list[Withheld]:
    shown = {*named, *_of_types(facts, types)} if types else named
    out = withheld(facts, shown, private=audience.private)
    first = facts[0].entry
    if any(each.position == first.position for each in out):
        there = {each.position for each in out}
        out += [*_with_it(facts, there)]
    return out


def _of_types(facts: list[Fact[Event]], types: Collection[str]) -> Iterator[int]:
    """Yield the positions of what is of *types*, though not of what is privileged: that is named itself or not shown."""
    for fact in corrected(facts):
        if fact.event.short_name in types and not fact.privileged:
            yield fact.entry.position


def _with_it(facts: list[Fact[Event]], there: Collection[int]) -> Iterator[Withheld]:
    """Yield the rest of a stream whose opening is withheld: nothing of it can be shown without that."""
    for fact in facts[1:]:
        if fact.entry.position not in there:
            yield Withheld(fact.entry.position, fact.entry.id, f"of what #{facts[0].entry.position} opened")
