"""What a client calls for: a plan where it is a key account, and a decision where it costs more than it gives (P55, P61)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.events import ExitConsidered
from ledger.standing import key_said, plan_ends
from ledger_projections.alerts.alert import Alert, first, recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def client_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield the alerts of an account that are about the account itself."""
    if view.engagement is None:
        yield from _unplanned(view, known)
        yield from _painful(view, known)


def _unplanned(view: View, known: Known) -> Iterator[Alert]:
    """Yield the spans in which a key account has no valid plan; the last of them may lie ahead."""
    account, said = known.account, key_said(known.account)
    if said is None or not said.event.key:
        return
    key = begins = known.at(said)
    for plan in [*(account.plans[version] for version in sorted(account.plans)), None]:
        approved = known.at(plan) if plan else None
        if approved is None or approved > begins:
            number = str(plan.event.version if plan else max(account.plans, default=0) + 1)
            yield Alert(
                "A-no-plan",
                "P55",
                "account",
                raised=begins,
                since=begins,
                says="a key account has no valid plan",
                also=f"version {int(number) - 1} has run out" if number != "1" else "",
                command=recording(view, "account-plan-approved", "--version", number),
                cleared=approved,
                occurrence=number,
                facts=[said, *account.plans.values()],
            )
        if plan and approved:  # it replaced the one before, however long that was to hold
            begins = max(key, approved, plan_ends(known.practice, plan))


def _painful(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert when two considerations in a row found more pain than benefit, until it is decided (M21).

    In a row as they were recorded, as M21 has it: what is written down later is what we think now.
    """
    exits = [fact.saying(fact.event) for fact in known.account.exits]
    considered = [fact for fact in exits if isinstance(fact.event, ExitConsidered)]
    standing = False
    for before, last in pairwise(considered):
        prompts = _hurts(before) and _hurts(last)
        if prompts and not standing:
            over = next((f for f in exits if f.entry.position > last.entry.position and not _hurts(f)), None)
            yield Alert(
                "A-pain-over-benefit",
                "P61",
                "account",
                raised=max(known.at(before), known.at(last)),
                since=min(known.at(before), known.at(last)),
                says="twice more pain than benefit: stay or leave?",
                command=recording(view, "exit-decided"),
                cleared=first(known.at(over) if over else None),
                occurrence=str(last.entry.position),
                facts=[before, last, *([over] if over else [])],
            )
            standing = over is None
        elif not prompts:
            standing = False


def _hurts(fact: Fact[Event]) -> bool:
    """Return whether a consideration found more pain than benefit; a decision does not."""
    return isinstance(fact.event, ExitConsidered) and fact.event.pain > fact.event.benefit
