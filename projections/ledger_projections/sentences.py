"""The words for an entry: what it says in one line, with names where they are known and ids where they are erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.sayings import (
    agreement,
    candour,
    client,
    corrections,
    keeping,
    milestones,
    people,
    requests,
    review,
    talk,
    work,
)
from ledger_projections.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View

SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    **agreement.SAYINGS,
    **work.SAYINGS,
    **milestones.SAYINGS,
    **talk.SAYINGS,
    **requests.SAYINGS,
    **review.SAYINGS,
    **people.SAYINGS,
    **client.SAYINGS,
    **candour.SAYINGS,
    **keeping.SAYINGS,
    **corrections.SAYINGS,
}
"""How each type is said."""
BESIDE = (
    *("why", "reason", "how", "impact", "reasons", "summary", "text", "verbatim", "substance", "answer", "method"),
    *("position", "terms", "plan", "outcome", "note"),
)
"""The fields that hold somebody's own words, in the order they are looked at."""


def what(fact: Fact[Event], view: View) -> str:
    """Return what *fact* says, as `slip S1 foreseen: M2 27 Jun → 18 Jul`; *view* is of its stream."""
    said = SAYINGS[type(fact.event)](fact, view)
    return said if fact.entry.party == "provider" else f"{said}   (according to the client)"


def also(fact: Fact[Event]) -> str:
    """Return the words and the evidence that go with *fact*, as `"vendor e-mail found" · evidence sha256 9f2c9f2c…`."""
    fields = fact.event.fields
    texts = (getattr(fact.event, name) for name in BESIDE if name in fields and fields[name].erasable)
    words = next((text for text in texts if text), None)
    files = [f"evidence sha256 {file['sha256'][:8]}…" for file in fact.event.evidence or ()]
    hidden = fact.event.evidence_count or 0
    if not files and hidden:
        files = [f"evidence: {hidden} file{'s' if hidden > 1 else ''}"]
    return " · ".join(part for part in (quoted(words), *files) if part)
