"""Flags on acts done without authority, and what cures them (P49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import RequestReceived
from ledger.standing import lacking_changes
from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def authority_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on signatures, judgements and new dates."""
    state = known.engagement
    for signature in state.signatures:
        event = signature.event
        if known.lacks_sign(signature):
            said = f"{person(view, event.signatory)} may not sign for the {event.signed_for}"
            yield _flag(known, signature, f"version:{event.version}", said)
    for milestone_id, milestone in state.milestones.items():
        if not view.concerns("milestone", milestone_id):
            continue
        for judged in milestone.judged:
            if known.lacks_accept(judged):
                said = f"{person(view, judged.event.by)} may not accept or reject"
                yield _flag(known, judged, f"milestone:{milestone_id}", said)
        for move in milestone.moves:
            if known.lacks_agreement(move):
                who = move.event.agreed_by
                said = (
                    f"{person(view, who)} may not agree to a date" if who else "nobody of the client agreed to the date"
                )
                yield _flag(known, move, f"milestone:{milestone_id}", said)


def instructing_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on instructions of somebody who may not instruct, in an engagement or with an account."""
    for request_id, request in view.dialogue.requests.items():
        asked = request.asked if view.concerns("request", request_id) else None
        if asked is None or not isinstance(event := asked.event, RequestReceived) or event.kind != "instruction":
            continue
        if known.side(event.from_contact) != "client" or not known.held(event.from_contact, "instruct", asked):
            said = f"{person(view, event.from_contact)} may not instruct"
            yield _flag(known, asked, f"request:{request_id}", said)


def granting_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on authorities that were granted by somebody who does not hold them."""
    for change in lacking_changes(known.account, known.practice):
        scope = change.event.scope.replace("_", " ")
        said = f"{person(view, change.event.granted_by)} may not {scope}, so cannot grant or take it"
        yield _flag(known, change, f"contact:{change.event.contact}", said)


def _flag(known: Known, fact: Fact[Any], subject: str, detail: str) -> Flag:
    cures = (change for change in known.changes if change.event.granted and fact.entry.id in change.event.ratifies)
    return Flag(fact, "without-authority", subject, detail, cured=next(cures, None))
