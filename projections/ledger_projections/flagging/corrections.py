"""Flags on corrections: of a value that was not there, or of what is in dispute (P10, M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orjson import loads

from ledger.events import EntryCorrected
from ledger.facts import amend
from ledger.standing.words import value_at
from ledger_projections.about import about
from ledger_projections.flagging.flag import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import DisputeRaised, Event
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def changing_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield a flag on each correction whose `before` is not what the entry said until then."""
    state = view.dialogue
    corrections = state.saying(EntryCorrected)
    held = {str(fact.entry.id): fact for fact in state.history} if corrections else {}
    for fact in corrections:
        target = held.get(fact.event.entry)
        if target is None:
            continue
        wrong = [
            c["path"] for c in fact.event.changes if "before" in c and loads(c["before"]) != value_at(target, c["path"])
        ]
        if wrong:
            names = ", ".join(path.removeprefix("data.").replace("_", " ") for path in wrong)
            said = f"corrects #{target.entry.position} from a value it did not have: {names}"
            yield Flag(fact, "before-not-in-force", f"entry:{fact.event.entry}", said, [target])
        held[fact.event.entry] = amend(target, [*fact.event.changes, *(fact.event.text_changes or ())])


def correction_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield a flag on each correction without evidence that came after a dispute about what it corrects."""
    if not view.concerns_any("entry"):
        return
    corrections = [fact for fact in known.engagement.saying(EntryCorrected) if not fact.event.evidence_count]
    targets = {str(fact.entry.id): fact for fact in known.engagement.history} if corrections else {}
    for fact in corrections:
        if target := targets.get(fact.event.entry):
            dispute = next((d for d in _disputes(known, fact) if _touches(known, d, target)), None)
            if dispute is not None:
                said = f"corrects #{target.entry.position}, in dispute {dispute.event.dispute_id}, without evidence"
                yield Flag(fact, "correction-without-evidence", f"entry:{fact.event.entry}", said, [target, dispute])


def _disputes(known: Known, correction: Fact[Event]) -> Iterator[Fact[DisputeRaised]]:
    """Return the disputes that were open when *correction* was recorded."""
    at, contests = correction.entry.position, known.engagement.contests
    closes = {name: contest.closed.entry.position for name, contest in contests.items() if contest.closed}
    disputes = known.engagement.disputes.items()
    return (fact for name, fact in disputes if fact.entry.position < at and closes.get(name, at) >= at)


def _touches(known: Known, dispute: Fact[DisputeRaised], target: Fact[Event]) -> bool:
    refs = [ref for item in dispute.event.items for ref in item["about"]]
    return target.entry.id in about(known.engagement.history, refs)
