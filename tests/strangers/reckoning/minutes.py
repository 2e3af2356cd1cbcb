"""Business time by counting minutes: every open minute of some years is listed, and looked up."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


def moment(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text).astimezone(UTC)


def is_day(text: str) -> bool:
    """Say whether this is a date without a time."""
    return len(text) == len("2025-01-01")


def days(first: date, last: date) -> list[date]:
    """List the days from one to another, both included."""
    return [first + timedelta(days=more) for more in range((last - first).days + 1)]


@dataclass(frozen=True)
class Clock:
    """A calendar: each version of it holds for the days from its own on, the one recorded last where two do."""

    versions: tuple[tuple[date, dict[str, Any]], ...]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the newest version."""
        return ZoneInfo(self.versions[-1][1]["zone"])

    def hours_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """List when *day* is open."""
        holding = [one for since, one in self.versions if since <= day] or [self.versions[0][1]]
        week, exceptions = holding[-1]["open"], holding[-1]["exceptions"]
        own = [one["open"] for one in exceptions if one["day"] == day.isoformat()]
        spans = own[-1] if own else [one for one in week if one["weekday"] == WEEKDAYS[day.weekday()]]
        return sorted((self.local(day, one["from_time"]), self.local(day, one["to_time"])) for one in spans)

    def local(self, day: date, time: str) -> datetime:
        """Return the instant of a local time."""
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=self.zone).astimezone(UTC)

    @cached_property
    def open_days(self) -> list[date]:
        """Every open date."""
        return [day for day in days(FIRST, LAST) if self.hours_of(day)]

    @cached_property
    def open_minutes(self) -> list[int]:
        """Every open minute, counted from the epoch."""
        spans = [span for day in self.open_days for span in self.hours_of(day)]
        return [minute for start, end in spans for minute in range(_minute(start), _minute(end))]

    def bh(self, start: datetime, end: datetime) -> Fraction:
        """Count the open minutes from one instant to another; none backwards."""
        return max(Fraction(0), self.signed_bh(start, end))

    def signed_bh(self, start: datetime, end: datetime) -> Fraction:
        """Count the open minutes from one instant to another; negative backwards."""
        return (self._before(end) - self._before(start)) / 60

    def bd(self, start: date, end: date) -> int:
        """Count the open dates after one up to another; negative backwards."""
        before = [bisect_left(self.open_days, day + timedelta(days=1)) for day in (start, end)]
        return before[1] - before[0]

    def day(self, text: str) -> date:
        """Return the local date of an instant, or the date itself."""
        return date.fromisoformat(text) if is_day(text) else moment(text).astimezone(self.zone).date()

    def close(self, text: str) -> datetime:
        """Return the instant, or the close of business of the day, the end of one that is closed."""
        spans = self.hours_of(self.day(text))
        if not is_day(text):
            return moment(text)
        return spans[-1][1] if spans else self.local(self.day(text) + timedelta(days=1), "00:00") - timedelta.resolution

    def falls(self, text: str) -> datetime:
        """Return the instant to keep, or the close of business of the newest open day up to the date."""
        if is_day(text) and not self.hours_of(self.day(text)):
            return self.falls(str(self.day(text) - timedelta(days=1)))
        return self.close(text)

    def opening(self, text: str) -> datetime:
        """Return the instant, or the opening of the day, of the next that is open."""
        spans = self.hours_of(self.day(text))
        if not is_day(text):
            return moment(text)
        return spans[0][0] if spans else self.opening(str(self.day(text) + timedelta(days=1)))

    def _before(self, at: datetime) -> Fraction:
        whole, rest = divmod(Fraction((at - EPOCH) // timedelta(microseconds=1)), 60_000_000)
        index = bisect_left(self.open_minutes, whole)
        within = index < len(self.open_minutes) and self.open_minutes[index] == whole
        return index + (rest / 60_000_000 if within else Fraction(0))


def median(values: list[Fraction]) -> Fraction | None:
    """Return the middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2 if ordered else None


def ninetieth(values: list[Fraction]) -> Fraction | None:
    """Return the nearest rank of nine tenths."""
    return sorted(values)[-(-9 * len(values) // 10) - 1] if values else None


def gaps(moments: list[datetime]) -> list[tuple[datetime, datetime]]:
    """Pair each moment with the next."""
    return list(pairwise(sorted(moments)))


def _minute(at: datetime) -> int:
    return int((at - EPOCH).total_seconds()) // 60
