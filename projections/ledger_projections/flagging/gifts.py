"""Flags on gifts: approved by who had it, above the limit, close to a decision of the same person (P57, M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing import added_up, day_in, decisions_near, is_over, limit_on
from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import actor, money_words, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import GiftRecorded
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger.values.records import Money
    from ledger_projections.view import View

    Gift = Fact[GiftRecorded]


def gift_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on the gifts of an account, those aside that a decision in an engagement brings."""
    for gift_id, fact in known.account.gifts.items():
        event, subject = fact.event, f"gift:{gift_id}"
        if event.direction == "to_us" and event.approved_by == event.our_person:
            yield Flag(
                fact, "gift-approved-by-recipient", subject, f"approved by {actor(view, event.our_person)}, who had it"
            )
        counted = added_up(known.account, known.practice, fact)
        over, others = is_over(known.practice, fact, counted), [other for other in counted if other is not fact]
        if over:
            yield Flag(fact, "gift-over-limit", subject, _over(view, known, fact, counted), others)
        elif over is None and counted:
            yield Flag(fact, "gift-in-another-currency", subject, _over(view, known, fact, counted), others)


def near_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on gifts that came close to a signature, an acceptance or a review of the same person."""
    for gift_id, gift in known.account.gifts.items():
        if not view.concerns("gift", gift_id) or gift.event.decision != "accepted":
            continue
        near = decisions_near(known.practice, gift, [known.engagement])
        if near:
            first, who = near[0], person(view, gift.event.counterpart)
            said = f"{_apart(first.days)} {first.what} of {who} in #{first.fact.entry.position}"
            yield Flag(gift, "gift-near-decision", f"gift:{gift_id}", said, [decision.fact for decision in near])


def _over(view: View, known: Known, gift: Gift, counted: list[Gift]) -> str:
    limit, who = limit_on(known.practice, day_in(known.practice, gift.when)), person(view, gift.event.counterpart)
    total: Money = {**gift.event.value, "minor": sum(other.event.value["minor"] for other in counted)}
    return f"{money_words(total)} with {who} in twelve months, the limit is {money_words(limit)}"


def _apart(days: int) -> str:
    if not days:
        return "on the day of the"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'before' if days > 0 else 'after'} the"
