"""What the gifts exchanged with one person come to within a year (M20, domain 3.3.7; P57).

    sum_minor     what was accepted in the 365 days up to as_of's, that one included
    limit_minor   our policy gift_limit on that day; undefined where it is in another currency
    unapproved    how many of those gifts nobody but who had them approved

Of each contact, direction and currency that there ever was a gift of: `contact:c1 to_us GBP`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number
from ledger.standing import day_in, limit_on
from ledger.standing.gifts import YEAR
from ledger.values.named import NamedTuple
from ledger_projections.metrics.figure import Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import GiftRecorded
    from ledger.facts import Fact
    from ledger.practice import Practice
    from ledger_projections.view import View

    Gift = Fact[GiftRecorded]


class Pair(NamedTuple):
    """What gifts that are added up have in common."""

    counterpart: str
    direction: str
    currency: str


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each contact of the account, direction and currency."""
    exchanged: dict[Pair, list[Gift]] = {}
    for gift in view.account.gifts.values() if view.account else ():
        event = gift.event
        exchanged.setdefault(Pair(event.counterpart, event.direction, event.value["currency"]), []).append(gift)
    day = day_in(view.practice, view.as_of)
    for pair, all_gifts in exchanged.items():
        yield from _figures(view.practice, day, pair, all_gifts)


def _figures(practice: Practice, day: str, pair: Pair, all_gifts: Sequence[Gift]) -> Iterator[Figure]:
    subject, limit = f"contact:{pair.counterpart} {pair.direction} {pair.currency}", limit_on(practice, day)
    counted = [gift for gift in all_gifts if _counts(practice, day, gift)]
    total, n = sum(gift.event.value["minor"] for gift in counted), len(counted)
    at_most = limit["minor"] if limit["currency"] == pair.currency else None
    over = "above the limit" if at_most is not None and total > at_most else ""
    unapproved = sum(gift.event.approved_by in {None, gift.event.our_person} for gift in counted)
    yield Figure("sum_minor", total, n, all_gifts, subject, over)
    elsewhere = "" if at_most is not None else f"our limit is in {limit['currency']}"
    yield Figure("limit_minor", at_most, n, all_gifts, subject, elsewhere)
    yield Figure("unapproved", unapproved, n, all_gifts, subject)


def _counts(practice: Practice, day: str, gift: Gift) -> bool:
    days = day_number(day) - day_number(day_in(practice, gift.when))
    return gift.event.decision == "accepted" and 0 <= days < YEAR


METRIC = Metric(
    "M20",
    "Gifts",
    ("P57",),
    {
        "sum_minor": Meaning("What was accepted within a year.", "minor units", "higher"),
        "limit_minor": Meaning("The most that our policy allows.", "minor units"),
        "unapproved": Meaning("How many of them nobody else approved.", "gifts", "higher"),
    },
    figures,
    frozenset({"account"}),
)
