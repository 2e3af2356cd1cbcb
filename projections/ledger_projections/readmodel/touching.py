"""Which streams the entries of a page touch: their own, the engagements of their account, or all there are."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import orjson

from ledger.events import GiftRecorded
from ledger.names import PRACTICE
from ledger.values import Position, Stream

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from ledger.journal import Stored
    from ledger_projections.log import Remembered
    from ledger_projections.readmodel.runner import Page

_CHANGE_FACTS = ("engagement.entry-corrected.", "engagement.disclosures-erased.", "engagement.clock-corrected.")
"""What, in the practice, changes facts of any stream: their texts, or when they were recorded."""
_GOVERN_ALL = ("engagement.policy-set.", *_CHANGE_FACTS)

_DECISIONS = (
    "engagement.agreement-signed.",
    "engagement.milestone-judged.",
    "engagement.review-held.",
    "engagement.entry-corrected.",
)
"""What, in an engagement, may come near a gift of its account, or be no longer near it."""
_FOR = "SELECT stream FROM internal_streams WHERE account = ? ORDER BY stream"
_OPENED_FOR = "SELECT stream FROM internal_streams WHERE opened_for = ? ORDER BY stream"


def touched(page: Page, log: Remembered, db: sqlite3.Connection) -> Iterator[Stream]:
    """Yield each stream whose rows the entries of *page* may change, once; *log* takes the entries in.

    An account's entries touch its engagements; a policy, and what changes facts from the practice, touches all there is.
    A decision touches the account if there are gifts. Accounts come after their engagements: what is said of a gift is
    found through the rows of these.
    """
    own: dict[Stream, None] = {}
    deciding: dict[Stream, None] = {}
    everything = False
    for stored in page.stored():
        attributes = orjson.loads(stored.raw)
        stream = Stream(attributes["subject"])
        own[stream] = None
        if stream.startswith("engagement/") and attributes["type"].startswith(_DECISIONS):
            deciding[stream] = None
        log.advance(stored, stream)
        if stream == PRACTICE and attributes["type"].startswith(_CHANGE_FACTS):
            log.forget()
        everything = everything or (stream == PRACTICE and attributes["type"].startswith(_GOVERN_ALL))
    log.opened_for = lambda account: _streams(_OPENED_FOR, account, db)
    owners = _accounts(deciding, db)
    yield from (stream for stream in own if not _is_account(stream))
    giving = (account for account in (*owners, *_accounts(deciding, db)) if _has_gifts(log, account))
    accounts = dict.fromkeys([*filter(_is_account, own), *giving])
    yield from accounts
    others = all_streams(db) if everything else _engagements(own, db)
    yield from (stream for stream in dict.fromkeys(others) if stream not in own and stream not in accounts)


def all_streams(db: sqlite3.Connection) -> list[Stream]:
    """Return every stream that has been folded."""
    return [Stream(stream) for (stream,) in db.execute("SELECT stream FROM internal_streams ORDER BY stream")]


def splits_batch(page: Page) -> bool:
    """Return whether the page begins within a batch, whose entries may refer to each other in either order."""
    if not page.after:
        return False
    before, first = page.reader.since(Position(page.after - 1), 2)
    return _recorded(before) == _recorded(first)


def _has_gifts(log: Remembered, account: Stream) -> bool:
    return GiftRecorded in log.account(account).newest


def _accounts(engagements: Iterable[Stream], db: sqlite3.Connection) -> list[Stream]:
    """Return the accounts that they are for, and those that they were opened for: gifts of these stand on them too."""
    sql = "SELECT account, opened_for FROM internal_streams WHERE stream = ?"
    found = chain.from_iterable(row for stream in engagements for row in db.execute(sql, (stream,)))
    return [Stream(f"account/{name}") for name in dict.fromkeys(filter(None, found))]


def _is_account(stream: Stream) -> bool:
    return stream.startswith("account/")


def _recorded(stored: Stored) -> str:
    return str(orjson.loads(stored.raw)["recordedtime"])


def _engagements(streams: Iterable[Stream], db: sqlite3.Connection) -> Iterator[Stream]:
    for stream in streams:
        if _is_account(stream):
            yield from _streams(_FOR, stream, db)


def _streams(sql: str, account: Stream, db: sqlite3.Connection) -> list[Stream]:
    return [Stream(name) for (name,) in db.execute(sql, (account.partition("/")[2],))]
