"""A delay of two sides at once, over Easter: its days and hours, reckoned by hand.

The facts are those of tests/transcripts/story-concurrent.txt, copied out as somebody would who has only the letter, the
mails and a wall calendar. Nothing of the product is imported: days are sets of dates, hours are counted in minutes.

    python tests/stories/concurrent.py
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

HOLIDAYS = {date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5)}
"""Good Friday, Easter Monday, and the early May bank holiday."""
OPENS, CLOSES = 9, 17

DUE, DELIVERED = date(2025, 4, 11), date(2025, 5, 2)
"""Of M1."""
OWED = {"O1": (date(2025, 3, 28), date(2025, 4, 15)), "O2": (date(2025, 4, 14), date(2025, 4, 24))}
"""What the client owed: when it was due, and when it was given."""
SAID_BEFOREHAND = {"O1": date(2025, 3, 26)}
"""What the client said would be late, and when it said so."""
OURS = (date(2025, 4, 17), date(2025, 4, 25))
"""The first and the last day on which our tester was ill."""
THEIRS = (date(2025, 4, 24), date(2025, 4, 29))
"""The first and the last day on which the bank certified."""
TOLD = {
    "S1": (datetime(2025, 4, 8, 11), datetime(2025, 4, 10, 15)),  # noqa: DTZ001 -- the clock on the wall in London
    "S2": (datetime(2025, 4, 17, 10), datetime(2025, 4, 22, 12)),  # noqa: DTZ001 -- as above
}
"""When we knew of each slip, and when the client was told; summer time began before and ended long after."""
WITHIN = Decimal(16)
"""The business hours that clause 9.1 leaves."""


class Whose(NamedTuple):
    """The late days of M1, by whose they were: what lies outside the window counts for none."""

    window: list[date]
    client_only: list[date]
    concurrent: list[date]
    own_only: list[date]
    unattributed: list[date]


class Disclosure(NamedTuple):
    """How many business hours the client waited for the news of a slip, and how many of these were too many."""

    taken: Decimal
    late: Decimal


def is_open(day: date) -> bool:
    """Say whether anybody works on *day*."""
    return day.weekday() < 5 and day not in HOLIDAYS


def open_days(first: date, last: date) -> set[date]:
    """Return the days from *first* to *last*, both of them with, on which somebody works."""
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day for day in every if is_open(day)}


def late_days(due: date, given: date) -> set[date]:
    """Return the open days after *due*, up to and with the day on which it was given."""
    return open_days(due + timedelta(days=1), given)


def whose() -> Whose:
    """Return whose the late days of M1 were."""
    window, client, own = late_days(DUE, DELIVERED), client_late(), open_days(*OURS)
    sets = (window, window & client - own, window & client & own, window & own - client, window - client - own)
    return Whose(*map(sorted, sets))


def client_late() -> set[date]:
    """Return the days on which the client was late with anything, within the window or before it; none counts twice."""
    return set().union(*(late_days(due, given) for due, given in OWED.values()))


def third_party() -> list[date]:
    """Return the late days on which somebody else was said to be in the way; they are counted beside the others."""
    return sorted(late_days(DUE, DELIVERED) & open_days(*THEIRS))


def owed_late() -> dict[str, list[date]]:
    """Return the days on which each thing that the client owed was late."""
    return {name: sorted(late_days(due, given)) for name, (due, given) in OWED.items()}


def in_silence() -> set[str]:
    """Return what was late without a word before it was due."""
    return {name for name, (due, _) in OWED.items() if not (name in SAID_BEFOREHAND and SAID_BEFOREHAND[name] <= due)}


def business_hours(start: datetime, end: datetime) -> Decimal:
    """Count the hours between two times of day at which the office was open, minute by minute."""
    minutes = 0
    moment = start
    while moment < end:
        minutes += is_open(moment.date()) and OPENS <= moment.hour < CLOSES
        moment += timedelta(minutes=1)
    return Decimal(minutes) / 60


def disclosures() -> dict[str, Disclosure]:
    """Return how long the client waited for the news of each slip."""
    taken = {slip: business_hours(*times) for slip, times in TOLD.items()}
    return {slip: Disclosure(hours, max(hours - WITHIN, Decimal(0))) for slip, hours in taken.items()}


if __name__ == "__main__":
    numbers = {
        **whose()._asdict(),
        "third_party": third_party(),
        "client_late": sorted(client_late()),
        "owed_late": owed_late(),
        "in_silence": sorted(in_silence()),
        "disclosures": {slip: list(told) for slip, told in disclosures().items()},
    }
    print(json.dumps(numbers, indent=2, default=str))  # noqa: T201 -- a script's answer
