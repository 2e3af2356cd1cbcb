"""Gifts: what they come to within a year, the limit of our policy, and how near a decision they are (P57, M20)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import day_number
from ledger.standing.authority import day_in
from ledger.values.currencies import minor
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.account import Account
    from ledger.engagement import Engagement
    from ledger.events import GiftRecorded
    from ledger.facts import Fact
    from ledger.practice import Practice
    from ledger.values.records import Money

    Gift = Fact[GiftRecorded]

YEAR = 365
"""For so many days, the last one included, gifts are added up (M20)."""
ALIKE = ("counterpart", "direction", "decision")
"""What gifts that are added up have in common, beside their currency."""


class Decision(NamedTuple):
    """A `signature`, `acceptance` or `review`, the fact that says so, and how many *days* after the gift it was."""

    what: str
    fact: Fact[Any]
    days: int


def limit_on(practice: Practice, day: str) -> Money:
    """Return the limit of our policy on *day*."""
    amount, _, currency = practice.policy("gift_limit", day).partition(" ")
    return {"currency": currency, "minor": minor(Decimal(amount), currency)}


def added_up(account: Account, practice: Practice, gift: Gift) -> list[Gift]:
    """Return the gifts that were accepted alike in the year up to *gift*, that one included; none if it was not."""
    if gift.event.decision != "accepted":
        return []
    return [other for other in account.gifts.values() if _adds_up(practice, gift, other)]


def is_over(practice: Practice, gift: Gift, counted: Iterable[Gift]) -> bool | None:
    """Return whether what was *counted* with *gift* is above the limit; None where that is in another currency."""
    limit = limit_on(practice, day_in(practice, gift.when))
    if gift.event.value["currency"] != limit["currency"]:
        return None
    return sum(other.event.value["minor"] for other in counted) > limit["minor"]


def decisions_near(practice: Practice, gift: Gift, engagements: Iterable[Engagement]) -> list[Decision]:
    """Return what its counterpart decided within `gift_near_days` of *gift*, the nearest first."""
    within = int(Decimal(practice.policy("gift_near_days", day_in(practice, gift.when))))
    decided = (found for state in engagements for found in _decided(state, gift.event.counterpart))
    near = (Decision(what, fact, days_between(practice, gift, fact)) for what, fact in decided)
    found = [decision for decision in near if abs(decision.days) <= within]
    return sorted(found, key=lambda decision: (abs(decision.days), decision.fact.entry.position))


def days_between(practice: Practice, earlier: Fact[Any], later: Fact[Any]) -> int:
    """Return how many days after the one fact the other was, below zero before it."""
    first, last = (day_number(day_in(practice, fact.when)) for fact in (earlier, later))
    return last - first


def _adds_up(practice: Practice, gift: Gift, other: Gift) -> bool:
    if other.event.value["currency"] != gift.event.value["currency"]:
        return False
    if any(getattr(other.event, name) != getattr(gift.event, name) for name in ALIKE):
        return False
    days = days_between(practice, gift, other)
    return -YEAR < days <= 0 and (days < 0 or other.entry.position <= gift.entry.position)


def _decided(state: Engagement, contact: str) -> Iterator[tuple[str, Fact[Any]]]:
    """Yield what *contact* signed, accepted and looked back on."""
    yield from (("signature", fact) for fact in state.signatures if fact.event.signatory == contact)
    judged = (fact for milestone in state.milestones.values() for fact in milestone.judged)
    yield from (("acceptance", f) for f in judged if f.event.verdict == "accepted" and f.event.by == contact)
    yield from (("review", fact) for fact in state.reviews.values() if contact in fact.event.attendees)
