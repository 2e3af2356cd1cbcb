"""What an entry brings into force that others said before: a signature what its version says, a right what it ratifies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ledger.events import AgreementSigned, AuthorityChanged, EntryCorrected
from ledger.facts import corrected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact

    Facts = Sequence[Fact[Event]]

COMMITMENTS = {
    "milestones": "milestone",
    "slips": "milestone",
    "obligations": "obligation",
    "cadence_occurrences": "cadence",
}
"""The tables whose rows say what came of a commitment, and which of their columns names it."""


class Brought:
    """The entries of *facts* that say something of a commitment, by what could bring them into force."""

    def __init__(self, facts: Facts) -> None:
        standing = [fact for fact in corrected(facts) if not fact.withdrawn]
        self._by_id: dict[str, Fact[Event]] = {fact.entry.id: fact for fact in facts}
        self._of_version: dict[int, list[Fact[Event]]] = defaultdict(list)
        for fact in standing:
            if version := getattr(fact.event, "agreement_version", None):
                self._of_version[version].append(fact)

    def into(self, table: str, row: Mapping[str, Any], by: Fact[Event]) -> Iterator[int]:
        """Yield the positions of the entries about what *row* of *table* is about that *by* brought into force."""
        if table in COMMITMENTS:
            kind = COMMITMENTS[table]
            for fact in self._of(by):
                if _named(fact.event, kind) == row[kind] and fact.entry.position < by.entry.position:
                    yield fact.entry.position

    def _of(self, by: Fact[Event]) -> Iterable[Fact[Event]]:
        match by.event:
            case AgreementSigned(version=version):
                return self._of_version[version]
            case AuthorityChanged(ratifies=ratified):
                found = [self._by_id[entry] for entry in ratified if entry in self._by_id]
                return [*found, *(other for fact in found for other in self._of(fact))]
            case EntryCorrected(entry=entry, kind=kind) if entry in self._by_id and kind != "withdraw":
                return self._of(self._by_id[entry])
            case _:
                return ()


def _named(event: Event, kind: str) -> str | None:
    """Return which commitment of this *kind* an event is about: `M2`."""
    released: str = getattr(event, "released", "")
    return getattr(event, f"{kind}_id", None) or (released.removeprefix(f"{kind}:") or None)
