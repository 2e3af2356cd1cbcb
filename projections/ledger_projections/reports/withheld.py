"""Which entries a shared report may not show: the private and the privileged, unless named, and what corrects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import ClockCorrected, EntryCorrected, PolicySet
from ledger.facts import corrected
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import EntryId, Position


class Withheld(NamedTuple):
    """An entry that is not shown: where it stands, and why."""

    position: Position
    id: EntryId
    reason: str
    """`private`, `privileged`, or `corrects #12`, which is withheld."""
    measures: bool = False
    """Whether it counts although it is not shown: by it time is measured."""


def withheld(facts: Sequence[Fact[Event]], named: Collection[int] = (), *, private: bool = False) -> list[Withheld]:
    """Return those of one stream's *facts*, as recorded, that are not shown; *named* ones are, *private* ones if wanted.

    What decides is how they are marked by the newest correction, whatever the moment that is asked about.
    """
    out = {fact.entry.id: _entry(fact) for fact in corrected(facts) if _kept_back(fact, named, private=private)}
    beside = [*_of(facts, out, named)]
    return sorted([*out.values(), *beside])


def positions_words(those: Iterable[Withheld]) -> str:
    """Return `#12, #40 private, #41 privileged`: what is withheld, by its reason."""
    by_reason: dict[str, list[str]] = {}
    for each in those:
        by_reason.setdefault(each.reason, []).append(f"#{each.position}")
    return ", ".join(f"{', '.join(numbers)} {reason}" for reason, numbers in by_reason.items())


def _kept_back(fact: Fact[Event], named: Collection[int], *, private: bool) -> bool:
    if fact.entry.position in named:
        return False
    return fact.privileged or (fact.visibility == "private" and not private)


def _entry(fact: Fact[Event]) -> Withheld:
    measures = isinstance(fact.event, PolicySet | ClockCorrected)
    reason = f"{'privileged' if fact.privileged else 'private'}{', though time is measured by it' if measures else ''}"
    return Withheld(fact.entry.position, fact.entry.id, reason, measures)


def _of(facts: Iterable[Fact[Event]], out: dict[EntryId, Withheld], named: Collection[int]) -> Iterator[Withheld]:
    """Yield the corrections of what is withheld: they repeat what it says."""
    for fact in facts:
        if isinstance(fact.event, EntryCorrected) and fact.entry.id not in out and fact.entry.position not in named:
            target = next((each for each in out.values() if each.id == fact.event.entry), None)
            if target is not None:
                yield Withheld(fact.entry.position, fact.entry.id, f"corrects #{target.position}", target.measures)
