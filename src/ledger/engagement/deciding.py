"""What may still be recorded of an engagement: decisions, and the refusals that are its own (domain 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.aggregate import complete as complete_number
from ledger.dialogue import check_dialogue
from ledger.engagement.currency import check_currency, check_other_currency
from ledger.errors import Closed, Duplicate, Refused, Unknown
from ledger.events import (
    AgreementDrafted,
    AgreementSigned,
    AmendmentProposed,
    CadenceAgreed,
    EngagementClosed,
    EngagementPaused,
    EngagementResumed,
    EntryCorrected,
    MilestoneAgreed,
    NewsLearned,
    NewsReported,
    ObligationAgreed,
    SlipForeseen,
    SlipReported,
    WorkStarted,
)
from ledger.rules import (
    already,
    check_correction,
    check_known_before,
    check_number,
    check_references,
    check_told_after,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.aggregate import Act, Elsewhere
    from ledger.canonical import JSON
    from ledger.engagement.drawers import Engagement
    from ledger.events import Event
    from ledger.facts import Fact

AFTER_CLOSING = (
    AgreementDrafted,
    AmendmentProposed,
    MilestoneAgreed,
    ObligationAgreed,
    CadenceAgreed,
    WorkStarted,
    EngagementPaused,
    EngagementResumed,
    EngagementClosed,
)
"""What a closed engagement no longer takes (domain 3.1)."""


def decide(state: Engagement, act: Act, elsewhere: Elsewhere) -> list[Event]:
    """Return what *act* adds: the event, or nothing where the fact stands; refuse what is structurally false."""
    event = act.event
    if isinstance(event, EntryCorrected):
        amended = check_correction(state, event, elsewhere)
        if amended:
            _check_slip(state, amended.event, event.entry)
            _check_own_rules(state, amended, elsewhere)
            check_other_currency(state, amended.event, event.entry)
        return [event]
    if _stands(state, event):
        return []
    if state.opened is None and not event.opens:
        raise Refused("This engagement has not been opened.", advice="engage open ALIAS")
    if state.opened is not None and event.opens:
        raise Duplicate(f"This engagement was opened in {place(state.opened)} for another account.")
    if state.closed is not None and isinstance(event, AFTER_CLOSING):
        raise Closed(f"The engagement was closed in {place(state.closed)}: it takes no more {event.short_name}.")
    check_number(state, event)
    _check_slip(state, event)
    _check_own_rules(state, act, elsewhere)
    check_references(state, event, elsewhere)
    return [event]


def complete(state: Engagement, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return *data* with the number that the ledger gives out; a report without one is of the slip that is open."""
    if event_type is SlipReported and "slip_id" not in data:
        slip_id = state.open_slip(str(data.get("milestone_id"))) or state.next_id("slip")
        return {"slip_id": slip_id, **data}
    return complete_number(state, event_type, data)


def _stands(state: Engagement, event: Event) -> bool:
    """Return whether the fact stands already; drafted again after a signature, a version is another fact."""
    if isinstance(event, AgreementDrafted) and any(s.event.version == event.version for s in state.signatures):
        return any(fact.event.plain == event.plain for fact in state.drafted(event.version))
    return already(state, event)


def _check_own_rules(state: Engagement, act: Act, elsewhere: Elsewhere) -> None:
    check_dialogue(state, act)
    check_currency(state, act.event, elsewhere)
    match act.event:
        case AgreementSigned() as event:
            _check_drafted(state, event, elsewhere)
        case SlipForeseen(slip_id=slip_id) if slip_id in state.slips:
            check_known_before(state.slips[slip_id].reported, act)
        case SlipReported() as event:
            slip = state.slips.get(event.slip_id)
            check_told_after(slip.foreseen[0] if slip and slip.foreseen else None, act)
        case NewsLearned(news_id=news_id) if news_id in state.news:
            check_known_before(state.news[news_id].reported, act)
        case NewsReported() as event:
            news = state.news.get(event.news_id)
            check_told_after(news.learned if news else None, act)
        case _:
            pass


def _check_slip(state: Engagement, event: Event, own: str = "") -> None:
    """Refuse to speak of a slip as one of another milestone than its facts do, but the one that *own* names."""
    if not isinstance(event, SlipForeseen | SlipReported) or event.slip_id not in state.slips:
        return
    slip = state.slips[event.slip_id]
    words: list[Fact[SlipForeseen | SlipReported]] = [*slip.foreseen, *slip.reported]
    others = [fact.event.milestone_id for fact in words if fact.entry.id != own]
    if any(milestone_id != event.milestone_id for milestone_id in others):
        raise Duplicate(
            f"{event.slip_id} is a slip of {others[0]}, not of {event.milestone_id}.",
            advice="Withdraw what was said of it, and say it anew." if own else "Leave the id out.",
        )


def _check_drafted(state: Engagement, event: AgreementSigned, elsewhere: Elsewhere) -> None:
    coming = elsewhere.coming(event.version)
    drafts = [fact.event for fact in state.drafted(event.version)]
    drafts += [coming] if coming else []
    if not drafts:
        raise Unknown("version of the agreement", str(event.version), candidates=[str(v) for v in state.drafts])
    if all(draft.document_sha256 != event.document_sha256 for draft in drafts):
        raise Refused(
            f"The document signed is not version {event.version}: its hash is {event.document_sha256[:12]}…, "
            f"the draft's is {drafts[0].document_sha256[:12]}…."
        )
