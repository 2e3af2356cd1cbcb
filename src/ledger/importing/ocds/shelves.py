"""What the processes of one run share: the ledger, what is known again in it, and the contacts that were given numbers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ledger import account as accounts
from ledger.drafts import Source
from ledger.entry import decode
from ledger.importing.ocds.drafting import key
from ledger.names import read_stream
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.entry import Entry
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Writing

    Facts = Sequence[Fact[Event]]

_PAGE = 5_000


class Shelves:
    """The ledger, its streams read once."""

    def __init__(self, reader: Writing, sourcekey: Callable[[Source], str]) -> None:
        self.reader, self._sourcekey = reader, sourcekey
        self._facts: dict[Stream, Facts] = {}
        self._imported: dict[Stream, Mapping[str, Facts]] = {}
        self._contacts: dict[str, int] = {}

    def entry_known_by(self, *names: str) -> Entry | None:
        """Return the entry that first named a thing, by the names it has in releases."""
        found = self.reader.seen([self._sourcekey(Source(key(*names)))])
        stored = self.reader.at(next(iter(found.values()))) if found else None
        return decode(*stored) if stored else None

    def facts(self, stream: Stream) -> Facts:
        """Return the facts of *stream* with their texts."""
        if stream not in self._facts:
            self._facts[stream] = read_stream(self.reader, stream, texts=True)
        return self._facts[stream]

    def imported(self, stream: Stream, ocid: str) -> Facts:
        """Return those facts of *stream* that releases of the process *ocid* said."""
        if stream not in self._imported:
            by_process: dict[str, list[Fact[Event]]] = {}
            for fact in self.facts(stream):
                if fact.entry.text("provenance") == "import":
                    by_process.setdefault(fact.entry.text("correlationid") or "", []).append(fact)
            self._imported[stream] = by_process
        return self._imported[stream].get(ocid, ())

    def account_of(self, ocid: str) -> str | None:
        """Return the account that releases of the process *ocid* spoke of first; the log is read for it, once."""
        return self._accounts.get(ocid)

    @cached_property
    def _accounts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        after = Position(0)
        while page := self.reader.since(after, _PAGE):
            after = page[-1].position
            for stored in page:
                if b'"correlationid":' in stored.raw and b'"subject":"account/' in stored.raw:
                    entry = decode(*stored)
                    found.setdefault(entry.text("correlationid") or "", entry.stream.partition("/")[2])
        return found

    def next_contact(self, account: str) -> str:
        """Return the id that the next contact of *account* gets."""
        if account not in self._contacts:
            given = accounts.fold(self.facts(Stream(f"account/{account}"))).given
            self._contacts[account] = given.get("contact", 0)
        self._contacts[account] += 1
        return f"c{self._contacts[account]}"
