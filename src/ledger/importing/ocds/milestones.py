"""What a restated milestone amounts to: agreed, rescheduled, delivered, judged, or taken back."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ledger.importing.ocds.reading import line
from ledger.importing.ocds.said import Milestone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.importing.ocds.drafting import Drafting
    from ledger.importing.ocds.said import Contract

STATES = frozenset({"scheduled", "met", "partiallyMet", "notMet"})
_DELIVERED = frozenset({"met", "partiallyMet"})
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,38}")


def milestone_key(name: str) -> str:
    """Return the ledger's id of a milestone: `M1.0` for `1.0`; one that cannot be part of an id is shortened to a hash."""
    if _PLAIN.fullmatch(name):
        return f"M{name}"
    return f"Mx-{sha256(name.encode()).hexdigest()[:16]}"


def plan_milestone(draft: Drafting, contract: Contract, stated: Mapping[str, Any], buyer: str | None) -> None:
    """Add what *stated* says of a milestone beyond what was said before."""
    name = milestone_key(stated["id"])
    if name not in contract.milestones and "dueDate" not in stated:
        draft.release.left_out["milestones (without dueDate)"] += 1
        return
    title = line(stated.get("title") or "") or line(stated.get("description") or "") or line(stated["id"])
    if name in contract.milestones:
        _restate(draft, contract, name, stated, title)
    else:
        _agree(draft, contract, name, stated, title)
    _stand(draft, contract, name, stated, buyer)


def _agree(draft: Drafting, contract: Contract, name: str, stated: Mapping[str, Any], title: str) -> None:
    due = stated["dueDate"]
    data = {"milestone_id": name, "due": due, "title": title, "acceptance_criteria": stated.get("description") or None}
    entry = draft.add("milestone-agreed", contract.subject, data)
    contract.milestones[name] = Milestone(entry, title, due)


def _restate(draft: Drafting, contract: Contract, name: str, stated: Mapping[str, Any], title: str) -> None:
    said = contract.milestones[name]
    due = stated.get("dueDate")
    if due is None:
        draft.note(f"milestone {stated['id']} has no dueDate any more: {said.due} stays in force.")
    elif due != said.due:
        data = {"milestone_id": name, "from_due": said.due, "to_due": due}
        draft.add("milestone-rescheduled", contract.subject, data, occurred=_moved(draft, stated))
        said.due = due
    if said.title and title != said.title:
        draft.amend(contract.subject, said.entry, {"data.title": (said.title, title)})
        said.title = title


def _moved(draft: Drafting, stated: Mapping[str, Any]) -> str | None:
    """Return when a date was changed; nothing where the publisher dates the change after the release that makes it."""
    modified = stated.get("dateModified")
    return modified if modified and modified <= draft.release.date else None


def _stand(draft: Drafting, contract: Contract, name: str, stated: Mapping[str, Any], buyer: str | None) -> None:
    said = contract.milestones[name]
    status = stated.get("status") or "scheduled"
    if status == "scheduled" and "dateMet" in stated:
        status = "met"  # what has a date on which it was met is met, whatever was forgotten beside it
    if status not in STATES:
        draft.note(f'milestone {stated["id"]}: "{line(status, 60)}" is no status of a milestone: left out.')
        return
    met = draft.past(stated.get("dateMet"), f"milestone {stated['id']}: dateMet") if status in _DELIVERED else None
    if status == said.status:
        _redate(draft, contract, said, met)
    elif status == "scheduled":
        for entry in (*said.deliveries, *said.judgements):
            draft.withdraw(contract.subject, entry)
        said.deliveries, said.judgements = [], []
    else:
        _step(draft, contract, name, (status, met), buyer)
    said.status, said.met = status, met


def _redate(draft: Drafting, contract: Contract, said: Milestone, met: str | None) -> None:
    """Correct the day it was met, if another is said now."""
    if met == said.met or not said.deliveries:
        return
    judged = said.judgements[-1:] if said.status == "met" else []
    for entry in (said.deliveries[-1], *judged):
        draft.amend(contract.subject, entry, {}, {"occurred": (said.met, met)})


def _step(draft: Drafting, contract: Contract, name: str, now: tuple[str, str | None], buyer: str | None) -> None:
    """Say that it was delivered, accepted, or is not met; partially met is delivered, and nobody's judgement."""
    said, (status, met) = contract.milestones[name], now
    if status == "partiallyMet" or (status == "met" and (said.status, said.met) != ("partiallyMet", met)):
        summary = "Partially met, as published." if status == "partiallyMet" else None
        data = {"milestone_id": name, "summary": summary}
        said.deliveries.append(draft.add("milestone-delivered", contract.subject, data, occurred=met))
    if status == "partiallyMet":
        return
    if buyer is None:
        draft.note(f"milestone {name}: nobody is named who could have judged it {status}.")
        return
    verdict = {"met": "accepted", "notMet": "rejected"}[status]
    judged = {"milestone_id": name, "verdict": verdict, "by": buyer}
    said.judgements.append(draft.add("milestone-judged", contract.subject, judged, occurred=met))
