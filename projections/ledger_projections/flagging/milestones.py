"""Flags on milestones and slips (P03, P12, P14 to P16, P46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import RequestReceived
from ledger.standing import due_before, falls
from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import when_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.engagement import Milestone, Slip
    from ledger.events import MilestoneAgreed, MilestoneDelivered, MilestoneRescheduled, SlipForeseen, SlipReported
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def milestone_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on dates, deliveries and slips."""
    for milestone_id, milestone in known.engagement.milestones.items():
        if not view.concerns("milestone", milestone_id):
            continue
        subject = f"milestone:{milestone_id}"
        if milestone.agreed is not None:
            yield from _completion(view, known, milestone.agreed, subject, milestone.agreed.event.due)
            yield from _out_of_scope(known, milestone.agreed, subject)
        for move in milestone.moves:
            yield from _completion(view, known, move, subject, move.event.to_due)
            yield from _before(view, known, milestone, move, subject)
        for fact in milestone.delivered:
            if not fact.event.evidence_count:
                yield Flag(fact, "delivered-without-evidence", subject, "no evidence was named")
            yield from _untested(known, milestone, fact, subject)
    for slip_id, slip in known.engagement.slips.items():
        if view.concerns("slip", slip_id):
            yield from _slip(view, known, slip, f"slip:{slip_id}")


def _completion(
    view: View, known: Known, fact: Fact[MilestoneAgreed] | Fact[MilestoneRescheduled], subject: str, due: str
) -> Iterator[Flag]:
    version = fact.event.agreement_version or known.version_in_force(known.at(fact))
    draft = known.engagement.drafts.get(version or 0)
    completion = draft.event.timeframe["completion"] if draft and draft.event.timeframe else None
    calendar = known.calendar(known.at(fact))
    if draft and completion and falls(calendar, due) > falls(calendar, completion):
        said = f"due {when_words(fact, view, due)}, completion {when_words(fact, view, completion)}"
        yield Flag(fact, "due-after-completion", subject, said, [draft])


def _before(
    view: View, known: Known, milestone: Milestone, move: Fact[MilestoneRescheduled], subject: str
) -> Iterator[Flag]:
    if milestone.agreed is None:
        return
    held = due_before(known, milestone, known.at(move))
    if held is not None and held.fact is not move and held.due != move.event.from_due:
        said = f"from {when_words(move, view, move.event.from_due)}, in force was {when_words(move, view, held.due)}"
        yield Flag(move, "before-not-in-force", subject, said, [held.fact])


def _out_of_scope(known: Known, agreed: Fact[MilestoneAgreed], subject: str) -> Iterator[Flag]:
    """Yield a flag on a milestone that a request out of scope led to, if no amendment brought it in (P12)."""
    request = known.engagement.requests.get(agreed.event.from_request or "")
    asked = request.asked if request else None
    if asked is None or not isinstance(asked.event, RequestReceived) or asked.event.in_scope != "no":
        return
    amendment = known.engagement.amendments.get(agreed.event.agreement_version or 0)
    if amendment is None or amendment.proposed is None:
        said = f"born of {agreed.event.from_request}, which is out of scope"
        yield Flag(agreed, "out-of-scope-without-amendment", subject, said, [asked])


def _untested(known: Known, milestone: Milestone, delivered: Fact[MilestoneDelivered], subject: str) -> Iterator[Flag]:
    cited = (milestone.agreed.event.assumptions or []) if milestone.agreed else []
    tests = {name: known.engagement.assumptions[name].tested for name in cited if name in known.engagement.assumptions}
    at = known.at(delivered)
    left = [name for name in cited if (tested := tests.get(name)) is None or known.at(tested) > at]
    if left:
        later = [fact for name in left if (fact := tests.get(name))]
        said = f"rests on {', '.join(left)}, not tested by then"
        yield Flag(delivered, "delivered-on-untested-assumption", subject, said, later)


def _slip(view: View, known: Known, slip: Slip, subject: str) -> Iterator[Flag]:
    words: list[Fact[SlipForeseen | SlipReported]] = [*slip.foreseen, *slip.reported]
    for word in words:
        yield from _forecast(view, known, word, subject)
    for report in slip.reported:
        if not report.event.impact_stated:
            yield Flag(report, "told-without-impact", subject, "the impact was not stated")
        if not report.event.options_count:
            yield Flag(report, "told-without-options", subject, "no option was offered")


def _forecast(view: View, known: Known, word: Fact[SlipForeseen | SlipReported], subject: str) -> Iterator[Flag]:
    when = known.at(word)
    milestone = known.engagement.milestones.get(word.event.milestone_id)  # a correction may have taken it away
    date = due_before(known, milestone, when) if milestone else None
    calendar = known.calendar(when)
    if date and falls(calendar, word.event.forecast) <= falls(calendar, date.due):
        said = f"forecast {when_words(word, view, word.event.forecast)}, due {when_words(word, view, date.due)}"
        yield Flag(word, "forecast-not-after-due", subject, said, [date.fact])
