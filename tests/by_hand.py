"""Business time of London in 2025 counted the slow way, minute by minute: Mon-Fri 09:00-17:00 but the bank holidays."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CLOSED = {
    date(2025, month, day)
    for month, day in ((1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26))
}  # fmt: skip


def days_after(first: str, last: str) -> int:
    """Count the open days after *first*, up to *last*."""
    day, count = date.fromisoformat(first), 0
    while day < date.fromisoformat(last):
        day += timedelta(days=1)
        count += is_open(day)
    return count


def hours_between(first: str, last: str) -> Decimal:
    """Count the open hours between two wall times of London, such as 2025-08-22T15:30."""
    when, end = (datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC) for text in (first, last))
    minutes = 0
    while when < end:
        local = when.astimezone(LONDON)
        minutes += is_open(local.date()) and 9 <= local.hour < 17
        when += timedelta(minutes=1)
    return (Decimal(minutes) / 60).quantize(Decimal("0.001"), ROUND_HALF_EVEN)


def is_open(day: date) -> bool:
    """Return whether *day* is worked."""
    return day.weekday() < 5 and day not in CLOSED
