"""Which streams the entries of a page touch: their own, the engagements of their account, or all there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from ledger.names import PRACTICE
from ledger.values import Stream

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from ledger.journal import Stored
    from ledger_projections.log import Remembered
    from ledger_projections.runner import Page

_GOVERN_ALL = ("engagement.policy-set.", "engagement.entry-corrected.")


def touched(page: Page, log: Remembered, db: sqlite3.Connection) -> Iterator[Stream]:
    """Yield each stream whose rows the entries of *page* may change, once; *log* takes the entries in.

    An account's entries touch its engagements; a policy, or a correction in the practice, touches all there is.
    """
    own: dict[Stream, None] = {}
    everything = False
    for stored in page.stored():
        attributes = orjson.loads(stored.raw)
        stream = Stream(attributes["subject"])
        own[stream] = None
        log.advance(stored, stream)
        everything = everything or (stream == PRACTICE and attributes["type"].startswith(_GOVERN_ALL))
    yield from own
    others = all_streams(db) if everything else _engagements(own, db)
    yield from (stream for stream in dict.fromkeys(others) if stream not in own)


def all_streams(db: sqlite3.Connection) -> list[Stream]:
    """Return every stream that has been folded."""
    return [Stream(stream) for (stream,) in db.execute("SELECT stream FROM internal_streams ORDER BY stream")]


def splits_batch(page: Page) -> bool:
    """Return whether the page begins within a batch, whose entries may refer to each other in either order."""
    before, first = page.reader.at(page.after), next(page.stored())
    return before is not None and _recorded(before) == _recorded(first)


def _recorded(stored: Stored) -> str:
    return str(orjson.loads(stored.raw)["recordedtime"])


def _engagements(streams: Iterable[Stream], db: sqlite3.Connection) -> Iterator[Stream]:
    sql = "SELECT stream FROM internal_streams WHERE account = ? ORDER BY stream"
    for stream in streams:
        if stream.startswith("account/"):
            yield from [Stream(name) for (name,) in db.execute(sql, (stream.partition("/")[2],))]
