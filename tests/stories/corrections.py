"""The numbers of story-corrections.txt, reckoned minute by minute from a list of facts; shares no code with the product.

All times are local times of London, and all of them are in summer time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


def at(local: str) -> datetime:
    """Read a local time."""
    return datetime.fromisoformat(local)


MINUTE = timedelta(minutes=1)
HOLIDAYS = {date(2025, 5, 26)}
"""The only public holiday of England from 12 May to 14 July 2025."""
DUE = date(2025, 6, 20)
CLOSE = at("2025-06-20T17:00")
DISPUTED = at("2025-07-07T11:00")


@dataclass(frozen=True)
class Fact:
    """What an entry says first: of which item, which clock, and when it was so."""

    position: int
    recorded: datetime
    item: str
    clock: str
    was: datetime


@dataclass(frozen=True)
class Correction:
    """What an entry says of an earlier one; *becomes* is None where it withdraws it, and "back" where it reinstates."""

    position: int
    recorded: datetime
    target: int
    party: str
    becomes: datetime | str | None


@dataclass(frozen=True)
class Numbers:
    """What is known of one item at a time."""

    aware: datetime
    told: datetime
    acknowledged: datetime | None
    delay_bh: float
    lead_bd: int
    lead_bh: float
    share: float
    ack_delay_bh: float | None


@dataclass(frozen=True)
class Lag:
    """How long after the moment it speaks of a correction was written down."""

    party: str
    hours: float
    grade: str
    after_dispute: bool


FACTS = (
    Fact(10, at("2025-05-21T10:30"), "N1", "aware", at("2025-05-21T10:00")),
    Fact(11, at("2025-05-22T15:00"), "S1", "aware", at("2025-05-22T14:00")),
    Fact(12, at("2025-05-28T11:30"), "N1", "told", at("2025-05-28T11:00")),
    Fact(13, at("2025-05-28T11:30"), "S1", "told", at("2025-05-28T11:15")),
    Fact(14, at("2025-05-29T16:30"), "N1", "acknowledged", at("2025-05-29T16:00")),
    Fact(15, at("2025-05-29T16:30"), "S1", "acknowledged", at("2025-05-29T16:00")),
)
CORRECTIONS = (
    Correction(16, at("2025-06-16T10:00"), 10, "provider", at("2025-05-20T15:30")),
    Correction(17, at("2025-06-16T10:00"), 11, "provider", at("2025-05-20T15:30")),
    Correction(19, at("2025-07-09T10:00"), 13, "client", at("2025-05-30T09:40")),
    Correction(20, at("2025-07-09T10:00"), 15, "client", at("2025-06-02T09:30")),
    Correction(21, at("2025-07-10T09:30"), 10, "provider", at("2025-05-21T10:00")),
    Correction(22, at("2025-07-10T09:30"), 10, "provider", at("2025-05-21T09:00")),
    Correction(23, at("2025-07-11T10:00"), 15, "client", None),
    Correction(24, at("2025-07-14T10:00"), 15, "client", "back"),
)


def is_open(day: date) -> bool:
    """Say whether there is business on *day*."""
    return day.weekday() < 5 and day not in HOLIDAYS


def business_minutes(start: datetime, end: datetime) -> int:
    """Count the minutes from *start* to *end*, nine to five, one by one."""
    count, now = 0, start
    while now < end:
        count += is_open(now.date()) and 9 <= now.hour < 17
        now += MINUTE
    return count


def business_hours(start: datetime, end: datetime) -> float:
    """Return the business hours from *start* to *end*, to three places."""
    return round(business_minutes(start, end) / 60, 3)


def business_days(start: date, end: date) -> int:
    """Count the open days after *start*, up to and with *end*."""
    return sum(is_open(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def holds(fact: Fact, known_on: datetime) -> datetime | None:
    """Return what was held on *known_on* of the moment that *fact* states; None where it was withdrawn."""
    value, stands = fact.was, True
    for correction in CORRECTIONS:
        if correction.target == fact.position and correction.recorded <= known_on:
            stands = correction.becomes is not None
            if isinstance(correction.becomes, datetime):
                value = correction.becomes
    return value if stands else None


def numbers(item: str, known_on: datetime) -> Numbers:
    """Return the numbers of *item* as they were known on *known_on*."""
    clocks = {fact.clock: holds(fact, known_on) for fact in FACTS if fact.item == item and fact.recorded <= known_on}
    aware, told, acknowledged = clocks["aware"], clocks["told"], clocks["acknowledged"]
    assert aware is not None
    assert told is not None
    return Numbers(
        aware,
        told,
        acknowledged,
        delay_bh=business_hours(aware, told),
        lead_bd=business_days(told.date(), DUE),
        lead_bh=business_hours(told, CLOSE),
        share=round(business_minutes(told, CLOSE) / business_minutes(aware, CLOSE), 3),
        ack_delay_bh=None if acknowledged is None else business_hours(told, acknowledged),
    )


def lag(correction: Correction) -> Lag:
    """Return the lag of *correction*: from the corrected moment; without one, from when it was made.

    After the dispute is all that was: each of them corrects what was said of S1 or N1, or the answer to that.
    """
    since = correction.becomes if isinstance(correction.becomes, datetime) else correction.recorded
    hours = (correction.recorded - since) / timedelta(hours=1)
    grade = "A" if hours <= 24 else "B" if hours <= 7 * 24 else "C" if hours <= 30 * 24 else "D"
    after = correction.recorded > DISPUTED
    return Lag(correction.party, round(hours, 3), grade, after)


if __name__ == "__main__":
    for day in (at("2025-06-10T00:00"), at("2025-06-30T00:00"), at("2025-07-12T00:00"), at("2025-07-14T10:00")):
        for name in ("S1", "N1"):
            print(day, name, numbers(name, day))  # noqa: T201 -- a script
    for each in CORRECTIONS:
        print(f"#{each.position}", lag(each))  # noqa: T201 -- a script
