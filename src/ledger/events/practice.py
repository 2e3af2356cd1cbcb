"""Our own side: who records, the policies and calendars that hold, what we can take on (P19, P56)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.calendars import Calendar
from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.events.spans import check_span
from ledger.values import ActorId, Amount, Day, Erasable, Minted, Str

if TYPE_CHECKING:
    from ledger.values.records import CalendarData, Policy

LARGEST = 1_000_000
"""More of anything is no policy but a slip of the finger: a hundred years are 876,000 hours."""
_NUMBER = r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?"
_MONEY = _NUMBER + " [A-Z]{3}"


class ActorAdded(Event, streams="practice", defines="actor"):
    """Somebody who records; the name stands here, since an entry's `actor` cannot be erased."""

    actor: Minted[ActorId]
    name: Erasable[Str]
    email: Erasable[Str] = None
    role: Erasable[Str] = None


class PolicySet(Event, streams="practice", governs=True):
    """Policies and calendars from a day on (domain 3.3.6)."""

    policies: list[Policy] = []
    calendars: list[CalendarData] = []
    valid_from: Day

    def check(self) -> None:
        """Refuse a calendar that contradicts itself, and a policy whose value is no value of it."""
        for calendar in self.calendars:
            Calendar.parse(calendar)
        for policy in self.policies:
            form = _MONEY if policy["policy"] == "gift_limit" else _NUMBER
            if not re.fullmatch(form, policy["value"]) or _above(policy["value"], LARGEST):
                example = "200 GBP" if form is _MONEY else "16"
                raise Malformed(
                    f'{policy["policy"]} cannot be "{policy["value"]}".', field="policies", advice=f"Such as {example}."
                )


class CapacityStated(Event, streams="practice", private=True):
    """How many days of work one of us, or all of us, can give (P19)."""

    person: ActorId | None = None
    from_on: Day
    to_on: Day
    days: Amount

    def check(self) -> None:
        """Refuse days that end before they begin."""
        check_span(self.from_on, self.to_on)


class ReservesStated(Event, streams="practice", private=True):
    """For how many months we could do without any client (P56)."""

    months: Amount


def _above(value: str, limit: int) -> bool:
    return int(value.partition(" ")[0].partition(".")[0]) > limit
