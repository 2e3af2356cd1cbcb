"""What a chronology takes from beyond the engagement: of its account who might act, came, left or gave, and our own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import (
    AuthorityChanged,
    ClockCorrected,
    ContactAdded,
    ContactDeparted,
    EntryCorrected,
    GiftRecorded,
    PolicySet,
)
from ledger.facts import corrected
from ledger.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source

    Pair = tuple[Fact[Event], Fact[Event]]
    """An entry as it was first recorded, and as it is corrected now."""

OF_THE_ACCOUNT = (ContactAdded, AuthorityChanged, ContactDeparted, GiftRecorded)
WHILE_IT_WENT_ON = (AuthorityChanged, ContactDeparted, GiftRecorded)
OUR_RULES = (PolicySet, ClockCorrected)
STREAMS = {"engagement": "", "account": "of the account", "practice": "of our own side"}


def stream_words(fact: Fact[Event]) -> str:
    """Return where an entry stands, if that is not the engagement itself."""
    return STREAMS[fact.entry.stream.partition("/")[0]]


def beside(source: Source, shown: Sequence[Fact[Event]], *, everything: bool) -> list[Pair]:
    """Return what else bears on *shown*: on *everything*, all of the account and our rules; else what changed meanwhile.

    What changed meanwhile is what happened to the people whom *shown* name, after the first of them was written down.
    """
    if everything:
        return [*_of_account(source, OF_THE_ACCOUNT), *_rules(source)]
    if not shown:
        return []
    first, people = shown[0].entry.position, _people(shown)
    meanwhile = [pair for pair in _of_account(source, WHILE_IT_WENT_ON) if pair[0].entry.position > first]
    named = {str(now.entry.id) for _, now in meanwhile if people & _people([now])}
    return [pair for pair in meanwhile if _own_or_corrected(pair[1]) in named]


def _of_account(source: Source, kinds: tuple[type[Event], ...]) -> list[Pair]:
    """Return the entries of the account of some *kinds*, and their corrections, less those of another engagement."""
    account = source.view.account
    pairs = _shown(source, account.history if account else ())
    mine = [pair for pair in pairs if isinstance(pair[1].event, kinds) and not _elsewhere(source, pair[1].event)]
    return _with_corrections(mine, pairs)


def _rules(source: Source) -> list[Pair]:
    pairs = _shown(source, source.view.practice.history)
    return _with_corrections([pair for pair in pairs if isinstance(pair[1].event, OUR_RULES)], pairs)


def _shown(source: Source, history: Sequence[Fact[Event]]) -> list[Pair]:
    """Return the facts of a stream that may be shown: what time is measured by may be withheld, and still measures."""
    pairs = zip(history, corrected(history), strict=True)
    return [pair for pair in pairs if not source.excerpt.hides(pair[0].entry.position)]


def _with_corrections(mine: Iterable[Pair], pairs: Iterable[Pair]) -> list[Pair]:
    ids = {str(now.entry.id) for _, now in mine}
    return [pair for pair in pairs if _own_or_corrected(pair[1]) in ids]


def _own_or_corrected(fact: Fact[Event]) -> str:
    """Return the entry that *fact* is about: of a correction what it corrects, else itself."""
    return str(fact.event.entry if isinstance(fact.event, EntryCorrected) else fact.entry.id)


def _elsewhere(source: Source, event: Event) -> bool:
    return isinstance(event, AuthorityChanged) and event.engagement not in {None, source.asked.engagement}


def _people(facts: Iterable[Fact[Event]]) -> set[str]:
    """Return the contacts that *facts* name."""
    return {name for fact in facts for kind, name in references(fact.event) if kind == "contact"}
