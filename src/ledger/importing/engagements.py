"""The engagements and accounts that rows are about: those in the ledger, and those that this import opens."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from ledger import account, engagement, practice
from ledger.canonical import decode
from ledger.names import PRACTICE, Names, read_stream
from ledger.restating import Standing, standing_of
from ledger.standing import Known
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from ledger.journal import Reader
    from ledger.practice import Practice

_PAGE = 5_000
_ALIKE = 0.85
"""How near two aliases must stand to be worth a question."""


class Engagements:
    """What the ledger knows of engagements, with what the rows before this one have added."""

    def __init__(self, reader: Reader, *, by_number: bool) -> None:
        self._reader, self._by_number = reader, by_number
        self._names = Names(reader)
        self._opening: set[tuple[str, str]] = set()
        self._standings: dict[tuple[str, str], Standing] = {}

    def missing(self, kind: str, alias: str) -> bool:
        """Return whether nothing of *kind* has this alias."""
        return (kind, alias) not in self._opening and alias not in self._aliases[kind]

    def opens(self, kind: str, alias: str) -> bool:
        """Return whether this row must open the thing; the rows after it need not."""
        opens = self.missing(kind, alias)
        self._opening.add((kind, alias))
        return opens

    def numbered(self, number: str) -> str | None:
        """Return the alias of the engagement whose entries carry *number* as their `correlationid`."""
        return self._numbers.get(number.casefold())

    def resembling(self, alias: str) -> str | None:
        """Return an engagement that *alias*, itself unknown, might be another name of."""
        if not self.missing("engagement", alias):
            return None
        return next(iter(get_close_matches(alias, self._aliases["engagement"], n=1, cutoff=_ALIKE)), None)

    def standing(self, alias: str, milestone_id: str, on: str) -> Standing:
        """Return how a milestone stands on day *on*."""
        known = self._standings.get((alias, milestone_id))
        if known is None and (stream := self._aliases["engagement"].get(alias)):
            known = standing_of(self._known(stream), milestone_id, on)
        return known or Standing()

    def now_stands(self, alias: str, milestone_id: str, standing: Standing) -> None:
        """Take up how a milestone stands after a row."""
        self._standings[alias, milestone_id] = standing

    @cached_property
    def _aliases(self) -> dict[str, dict[str, Stream]]:
        return {kind: self._names.by_alias(kind) for kind in ("account", "engagement")}

    @cached_property
    def _practice(self) -> Practice:
        return practice.fold(read_stream(self._reader, PRACTICE))

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """The aliases of engagements by number: the log is read once, and only what carries one is parsed."""
        found: dict[str, str] = {}
        after = Position(0)
        while self._by_number and (page := self._reader.since(after, _PAGE)):
            after = page[-1].position
            for raw in (stored.raw for stored in page if b'"correlationid":' in stored.raw):
                attributes = decode(raw)
                alias = self._names.aliases.get(Stream(str(attributes["subject"])))
                if alias and "correlationid" in attributes:
                    found[str(attributes["correlationid"]).casefold()] = alias
        return found

    def _known(self, stream: Stream) -> Known:
        state = engagement.fold(read_stream(self._reader, stream))
        of = account.fold(read_stream(self._reader, Stream(f"account/{state.account}")))
        return Known(state, of, self._practice)
