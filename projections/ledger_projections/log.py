"""What the projections read of the log: the facts of a stream up to a position, and the view of it."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections import OrderedDict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from ledger import account, engagement, events, practice
from ledger.entry import Entry
from ledger.facts import Fact
from ledger.names import PRACTICE
from ledger.values import Stream
from ledger_projections.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.account import Account
    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.journal import Reader, Stored
    from ledger.practice import Practice

    Facts = list[Fact[Event]]

_NEAR = 16
"""Disclosures of entries that stand no farther apart than this are read in one go."""
_ACCOUNTS = 64
"""Accounts that are kept folded: engagements of one account were often opened together."""


class Log:
    """The facts of *reader*'s streams up to position *last*, with their texts; *keep* says which of them count."""

    def __init__(self, reader: Reader, last: int, keep: Callable[[Facts], Facts] = lambda facts: facts) -> None:
        self._reader, self._last, self._keep = reader, last, keep
        self._accounts: OrderedDict[str, Account] = OrderedDict()

    @cached_property
    def practice(self) -> Practice:
        """Our own side."""
        return practice.fold(self.facts(PRACTICE))

    def account(self, account_id: str) -> Account:
        """Return an account."""
        if account_id not in self._accounts:
            self._accounts[account_id] = account.fold(self.facts(Stream(f"account/{account_id}")))
            if len(self._accounts) > _ACCOUNTS:
                self._accounts.popitem(last=False)
        self._accounts.move_to_end(account_id)
        return self._accounts[account_id]

    def view(self, stream: Stream, as_of: str) -> View:
        """Return what is known of *stream*."""
        kind, _, name = stream.partition("/")
        if kind == "engagement":
            state = engagement.fold(self.facts(stream))
            return View(stream, as_of, state, self.account(state.account) if state.account else None, self.practice)
        return View(stream, as_of, None, self.account(name) if kind == "account" else None, self.practice)

    def facts(self, stream: Stream) -> Facts:
        """Return the facts of *stream* as recorded, oldest first."""
        stored = [s for s in self._reader.read(stream) if s.position <= self._last]
        texts = dict(chain.from_iterable(self._reader.disclosures(a, b).items() for a, b in _spans(stored)))
        return self._keep([read(s, texts.get(s.position, ())) for s in stored])


def read(stored: Stored, disclosures: Sequence[bytes]) -> Fact[Event]:
    """Read an entry without checking its bytes again: they were checked when they were written, and `verify` does."""
    attributes: dict[str, Any] = orjson.loads(stored.raw)
    said = dict(filter(None, map(_said, disclosures)))
    return Fact(
        Entry(stored.position, attributes),
        events.read(attributes["type"], attributes["data"], said),
        attributes.get("occurred"),
        attributes.get("aware"),
        attributes["visibility"],
        "privileged" in attributes,
    )


def _said(disclosure: bytes) -> tuple[str, JSON] | None:
    content = orjson.loads(urlsafe_b64decode(disclosure + b"=="))
    return (content[1], content[2]) if len(content) == 3 else None


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
