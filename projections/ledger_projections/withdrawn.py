"""The entries that told somebody of a thing and were withdrawn since: what was said, though it does not count (P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import EntryCorrected, NewsReported, ObligationDelayNotified, SlipReported
from ledger.facts import corrected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.aggregate import Aggregate
    from ledger.facts import Fact

TELLINGS = {SlipReported: "slip", NewsReported: "news", ObligationDelayNotified: "obligation"}
"""The types whose entries give a notice, and what they give it of."""


def withdrawn_tellings(state: Aggregate) -> Mapping[str, Sequence[Fact[Any]]]:
    """Return the entries of *state* that gave notice and were withdrawn, by what they gave it of: `slip:S1`."""
    found: dict[str, list[Fact[Any]]] = {}
    for fact in corrected(state.history) if EntryCorrected in state.newest else ():
        if fact.withdrawn and (kind := TELLINGS.get(type(fact.event))):
            found.setdefault(f"{kind}:{getattr(fact.event, f'{kind}_id')}", []).append(fact)
    return found
