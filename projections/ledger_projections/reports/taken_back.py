"""What was withdrawn of who knew, and was told of, a thing: whose word it was, and who took it back (P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import CommunicationAcknowledged
from ledger_projections.reports.voices import corrections_words, dated, voice
from ledger_projections.sentences import what
from ledger_projections.withdrawn import withdrawn_tellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Knowledge, Known
    from ledger_projections.reports.source import Source


def withdrawn_words(source: Source, knowledge: Knowledge) -> Iterator[str]:
    """Yield a sentence on what was withdrawn, by whose word, and on the acknowledgements of it that stand."""
    if knowledge.withdrawn:
        gone = "; ".join(_gone(source, fact) for fact in knowledge.withdrawn)
        stands = "".join(f" {said}" for said in _acknowledgements(knowledge))
        yield f"Withdrawn, and not counted: {gone}.{stands}"


def by_words(fact: Fact[Event]) -> str:
    """Return what took *fact* back, as `the client's #26`."""
    return corrections_words([fact.withdrawn_by] if fact.withdrawn_by else [])


def tellings(known: Known, ref: str) -> Sequence[Fact[Any]]:
    """Return the entries that gave notice of what *ref* names and were withdrawn."""
    return known.once(("tellings taken back",), lambda: withdrawn_tellings(known.engagement)).get(ref, [])


def telling_words(source: Source, fact: Fact[Any]) -> str:
    """Return a notice that was given and withdrawn, in words."""
    how = f" by {fact.event.channel}" if fact.event.channel else ""
    told = f"{dated(source, fact.when)}{how} (#{fact.entry.position}, {voice(fact.entry)})"
    return f"that it was, {told}, was withdrawn by {by_words(fact)}"


def _gone(source: Source, fact: Fact[Event]) -> str:
    return f"#{fact.entry.position} {what(fact, source.view)} ({voice(fact.entry)}), by {by_words(fact)}"


def _acknowledgements(knowledge: Knowledge) -> Iterator[str]:
    gone = {fact.entry.id for fact in knowledge.withdrawn}
    for fact in knowledge.facts:
        if isinstance(fact.event, CommunicationAcknowledged) and fact.event.acknowledges in gone:
            yield f"#{fact.entry.position}, which acknowledges it, stands."
