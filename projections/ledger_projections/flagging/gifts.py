"""Flags on gifts: approved by who had it, above the limit, close to a decision of the same person (P57, M20)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import day_number
from ledger.standing import day_in
from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import WHOLE_UNITS, money_words, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import GiftRecorded
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger.values.records import Money
    from ledger_projections.view import View

    Gift = Fact[GiftRecorded]

YEAR = 365
"""For so many days, the last one included, gifts are added up."""
ALIKE = ("counterpart", "direction", "decision")
"""What gifts that are added up have in common, beside their currency."""


def gift_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on the gifts of an account, those aside that a decision in an engagement brings."""
    for gift_id, fact in known.account.gifts.items():
        event, subject = fact.event, f"gift:{gift_id}"
        if event.direction == "to_us" and event.approved_by == event.our_person:
            yield Flag(fact, "gift-approved-by-recipient", subject, "approved by who had it")
        if event.decision == "accepted":
            yield from _over(view, known, fact, subject)


def near_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on gifts that came close to a signature, an acceptance or a review of the same person."""
    for gift_id, gift in known.account.gifts.items():
        if not view.concerns("gift", gift_id) or gift.event.decision != "accepted":
            continue
        within = int(known.number("gift_near_days", day_in(known.practice, gift.when)))
        decisions = ((_days_to(known, gift, fact), what, fact) for what, fact in _decisions(known, gift))
        near = [decision for decision in decisions if abs(decision[0]) <= within]
        if near:
            days, what, fact = min(near, key=lambda decision: (abs(decision[0]), decision[2].entry.position))
            said = f"{_apart(days)} {what} of {person(view, gift.event.counterpart)}, #{fact.entry.position}"
            yield Flag(gift, "gift-near-decision", f"gift:{gift_id}", said, [decision[2] for decision in near])


def _over(view: View, known: Known, gift: Gift, subject: str) -> Iterator[Flag]:
    limit = _limit(known, day_in(known.practice, gift.when))
    if gift.event.value["currency"] != limit["currency"]:
        return
    counted = [other for other in known.account.gifts.values() if _adds_up(known, gift, other)]
    total: Money = {"currency": limit["currency"], "minor": sum(fact.event.value["minor"] for fact in counted)}
    if total["minor"] > limit["minor"]:
        who = person(view, gift.event.counterpart)
        said = f"{money_words(total)} with {who} in twelve months, the limit is {money_words(limit)}"
        yield Flag(gift, "gift-over-limit", subject, said, [fact for fact in counted if fact is not gift])


def _adds_up(known: Known, gift: Gift, other: Gift) -> bool:
    """Return whether *other* is one of the gifts that *gift* is added to: alike, of the twelve months up to it."""
    alike = all(getattr(other.event, name) == getattr(gift.event, name) for name in ALIKE)
    alike = alike and other.event.value["currency"] == gift.event.value["currency"]
    days = _days_to(known, gift, other)
    return alike and -YEAR < days <= 0 and (days < 0 or other.entry.position <= gift.entry.position)


def _decisions(known: Known, gift: Gift) -> Iterator[tuple[str, Fact[Any]]]:
    """Yield what the person the gift was exchanged with decided: what it was, and the fact."""
    state, contact = known.engagement, gift.event.counterpart
    yield from (("signature", fact) for fact in state.signatures if fact.event.signatory == contact)
    judged = (fact for milestone in state.milestones.values() for fact in milestone.judged)
    accepted = (fact for fact in judged if fact.event.verdict == "accepted")
    yield from (("acceptance", fact) for fact in accepted if fact.event.by == contact)
    yield from (("review", fact) for fact in state.reviews.values() if contact in fact.event.attendees)


def _limit(known: Known, day: str) -> Money:
    amount, _, currency = known.practice.policy("gift_limit", day).partition(" ")
    return {"currency": currency, "minor": int(Decimal(amount) * (1 if currency in WHOLE_UNITS else 100))}


def _days_to(known: Known, gift: Gift, other: Fact[Any]) -> int:
    """Return how many days after *gift* the *other* fact was, below zero before it."""
    of_other, of_gift = (day_number(day_in(known.practice, fact.when)) for fact in (other, gift))
    return of_other - of_gift


def _apart(days: int) -> str:
    if not days:
        return "on the day of a"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'before' if days > 0 else 'after'} a"
