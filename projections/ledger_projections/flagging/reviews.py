"""Flags on reviews and on what we say of our own work (P38, P41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing import gaps_of
from ledger_projections.flagging.flag import Flag
from ledger_projections.flagging.talk import absent_sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import ReviewHeld
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def review_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on reviews and self-assessments."""
    for review_id, fact in known.engagement.reviews.items():
        if view.concerns("review", review_id):
            yield from _review(known, fact, f"review:{review_id}")
    if view.concerns_any("entry"):
        yield from _unsealed(known)


def _review(known: Known, fact: Fact[ReviewHeld], subject: str) -> Iterator[Flag]:
    if absent := absent_sides(known, fact, fact.event.attendees):
        yield Flag(fact, "one-side-missing", subject, f"nobody {' nor '.join(absent)} was there")
    met = {"our needs": fact.event.needs_met_provider, "the client's needs": fact.event.needs_met_client}
    unsaid = [side for side, score in met.items() if score is None]
    if unsaid:
        yield Flag(fact, "needs-met-missing", subject, f"whether {' and '.join(unsaid)} are met was not said")


def _unsealed(known: Known) -> Iterator[Flag]:
    """Yield a flag on each assessment that came after the answer, once, whatever dimensions it scored."""
    late = {gap.assessment.entry.id: gap for gap in gaps_of(known) if gap.state == "unsealed" and gap.assessment}
    for entry_id, gap in late.items():
        if gap.assessment is not None:
            said = f"recorded after the answer #{gap.first.entry.position} of round {gap.wave}"
            yield Flag(gap.assessment, "unsealed", f"entry:{entry_id}", said, [gap.first])
