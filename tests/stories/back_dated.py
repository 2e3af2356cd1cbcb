"""A signature written down after the dispute, said to be of two months before: its numbers, reckoned by hand.

The facts are those of tests/transcripts/story-back-dated.txt, copied out as somebody would who has only the letters and
the time sheets. Nothing of the product is imported: days are counted one by one, hours by the clock of London.

    python tests/stories/back_dated.py
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CLOSED = {date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5)}
"""Good Friday, Easter Monday, and the early May bank holiday."""

BEGAN = datetime(2025, 3, 5, 10, tzinfo=LONDON)
BEGUN_WITH = Decimal("3500.00")
"""What the work was said to be worth when it began."""
WORKED = [
    (date(2025, 3, 6), Decimal("6"), Decimal("4800.00")),
    (date(2025, 3, 24), Decimal("8"), Decimal("6400.00")),
    (date(2025, 4, 28), Decimal("4.5"), Decimal("3600.00")),
]
"""From which day on, how many days, and what they are worth."""

WE_SIGNED = datetime(2025, 3, 3, 9, tzinfo=LONDON)
THEY_ARE_SAID_TO_HAVE_SIGNED = datetime(2025, 3, 20, 14, tzinfo=LONDON)
WRITTEN_DOWN = datetime(2025, 5, 20, 9, 30, tzinfo=LONDON)
DISPUTED = datetime(2025, 5, 12, 11, tzinfo=LONDON)
THE_DAY_BEFORE = date(2025, 5, 19)
"""The last day on which nobody had written down a signature of the client."""


class Unsigned(NamedTuple):
    """How long it was worked unsigned, and what that work is worth, in pence."""

    state: str
    open_days: int
    calendar_days: int
    days_worked: str
    value_minor: int


class Late(NamedTuple):
    """How late the signature was written down."""

    lag_hours: str
    grade: str
    after_dispute: bool


def known_before() -> Unsigned:
    """Reckon what was known at the end of the day before: only we had signed, and it went on."""
    return _unsigned("half-signed", THE_DAY_BEFORE)


def said_now() -> Unsigned:
    """Reckon what is said now: both had signed, on the day that the signature is said to be of."""
    return _unsigned("signed by both", THEY_ARE_SAID_TO_HAVE_SIGNED.date())


def signature() -> Late:
    """Reckon how late the signature of the client was written down."""
    return _late(THEY_ARE_SAID_TO_HAVE_SIGNED, WRITTEN_DOWN)


def our_signature() -> Late:
    """Reckon how late our own was: it was written down as it was given."""
    return _late(WE_SIGNED, WE_SIGNED)


def _unsigned(state: str, last: date) -> Unsigned:
    days = [BEGAN.date() + timedelta(n) for n in range(1, (last - BEGAN.date()).days + 1)]
    worked = [(many, worth) for first, many, worth in WORKED if first <= last]
    return Unsigned(
        state,
        sum(day.weekday() < 5 and day not in CLOSED for day in days),
        len(days),
        str(sum((many for many, _ in worked), Decimal(0))),
        int(100 * sum((worth for _, worth in worked), BEGUN_WITH)),
    )


def _late(happened: datetime, written_down: datetime) -> Late:
    hours = Decimal((written_down.astimezone(UTC) - happened.astimezone(UTC)) // timedelta(seconds=1)) / 3600
    grade = next((grade for grade, most in (("A", 24), ("B", 7 * 24), ("C", 30 * 24)) if hours <= most), "D")
    return Late(f"{hours:.3f}", grade, written_down > DISPUTED)


if __name__ == "__main__":
    reckoned = {
        "known before": known_before()._asdict(),
        "said now": said_now()._asdict(),
        "their signature": signature()._asdict(),
    }
    print(json.dumps(reckoned, indent=2))  # noqa: T201 -- a script
