"""Business time: how much of a stretch of time was open, and which days count (domain.md Part 2)."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from ledger.calendars.clock import day_number, day_text, from_microseconds, is_day, microseconds, parse_instant
from ledger.calendars.opening import parse_exceptions, parse_week
from ledger.calendars.reach import day_back, day_onward, time_reached
from ledger.calendars.spans import Hours, local_day
from ledger.calendars.tally import PAGE, PAGE_DAYS, OpenDays, OpenTime, Running, open_day_pages, open_time_pages
from ledger.calendars.zones import parse_zone
from ledger.errors import Malformed
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

HOUR = 3_600_000_000
THOUSANDTH = Decimal("0.001")
MOST_HOURS = 1_000_000
MOST_DAYS = 1_000_000


def hours(open_microseconds: int) -> Decimal:
    """Show open time in hours with three decimals, half to even."""
    return unrounded_hours(open_microseconds).quantize(THOUSANDTH, ROUND_HALF_EVEN)


def unrounded_hours(open_microseconds: int) -> Decimal:
    """Return open time in hours, for whoever reckons on with it: what is rounded twice is wrong in its last digit."""
    return Decimal(open_microseconds) / HOUR


class Calendar(Frozen):
    """A named zone with opening hours; two are equal when they are open at the same times of the same zone."""

    name: str
    hours: Hours

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and (self.name, self.hours) == (other.name, other.hours)

    def __hash__(self) -> int:
        return hash((self.name, self.hours))

    @classmethod
    def parse(cls, data: Mapping[str, object]) -> "Calendar":
        """Read the JSON of `Calendar` (domain.md 3.3.1); refuse what contradicts itself."""
        name = data.get("calendar")
        if not isinstance(name, str) or not name:
            raise Malformed(f"calendar: a name is needed, not {name!r}.", field="calendar")
        week, exceptions = parse_week(data.get("open")), parse_exceptions(data.get("exceptions", ()))
        return cls(name, Hours(parse_zone(data.get("zone")), week, exceptions))

    @property
    def zone(self) -> ZoneInfo:
        """Answer the zone whose wall clock opens and closes this calendar."""
        return self.hours.zone

    def business_microseconds(self, a: datetime, b: datetime) -> int:
        """Count the open time in [*a*, *b*) exactly, BH of domain.md Part 2; nothing when *b* is not after *a*."""
        return max(0, self.signed_microseconds(a, b))

    def signed_microseconds(self, a: datetime, b: datetime) -> int:
        """Count the open time from *a* to *b*, below zero when *b* is the earlier (M01)."""
        return self._elapsed(microseconds(b)) - self._elapsed(microseconds(a))

    def open_time(self, a: datetime, b: datetime) -> timedelta:
        """Answer the open time in [*a*, *b*)."""
        return timedelta(microseconds=self.business_microseconds(a, b))

    def bd(self, d1: str, d2: str) -> int:
        """Count the open days d with *d1* < d <= *d2*, below zero when *d2* is the earlier."""
        return self._days_until(day_number(d2)) - self._days_until(day_number(d1))

    def open_days(self, d1: str, d2: str) -> list[str]:
        """Answer the open days d with *d1* < d <= *d2*: none when *d2* is not the later."""
        first, last = day_number(d1) + 1, day_number(d2)
        if first > last:
            return []
        days = [day for page in range(first // PAGE_DAYS, last // PAGE_DAYS + 1) for day in self._listed(page)]
        return days[bisect_right(days, d1) : bisect_right(days, d2)]

    def is_open_day(self, day: str) -> bool:
        """Say whether *day* has any open time."""
        number = day_number(day)
        page = self._day_page(number // PAGE_DAYS)
        return page.until(number) > page.until(number - 1)

    def day_of(self, when: datetime) -> str:
        """Answer the date in the zone at *when*."""
        return self._day_at(microseconds(when))

    def close_of(self, day: str) -> datetime:
        """Answer the close of business of *day*: of the newest open day up to it, if it is closed itself."""
        return self._close_of(day)

    def opening_of(self, day: str) -> datetime:
        """Answer the opening of *day*: of the first open day after it, if it is closed itself."""
        page, at = day_onward(self._day_page, day_number(day) - 1, 1)
        return from_microseconds(page.opens[at])

    def due_instant(self, due: str) -> datetime:
        """Answer when *due* falls: a day at its close of business, an instant as it stands."""
        return self.close_of(due) if is_day(due) else parse_instant(due)

    def aware_instant(self, moment: str) -> datetime:
        """Answer from when awareness counts: a day from its opening (domain.md 3.3.7), an instant as it stands."""
        return self.opening_of(moment) if is_day(moment) else parse_instant(moment)

    def add_hours(self, start: datetime, business_hours: Decimal) -> datetime:
        """Answer the first instant by which *business_hours* of open time have passed since *start*."""
        if not 0 <= business_hours <= MOST_HOURS:
            raise Malformed(f"A term of {business_hours} business hours is not between 0 and {MOST_HOURS}.")
        begun = microseconds(start)
        needed = int((business_hours * HOUR).to_integral_value(ROUND_HALF_EVEN))
        if needed == 0:
            return from_microseconds(begun)
        return from_microseconds(time_reached(self._time_page, begun, needed))

    def add_days(self, day: str, count: int) -> str:
        """Answer the open day *count* open days after *day*, or before it; *day* itself when *count* is 0."""
        if abs(count) > MOST_DAYS:
            raise Malformed(f"A term of {count} business days is not between -{MOST_DAYS} and {MOST_DAYS}.")
        if count == 0:
            return day
        return self._days_on(day, count)

    @lazily
    def _time_page(self) -> Callable[[int], OpenTime]:
        return open_time_pages(self.hours)

    @lazily
    def _day_page(self) -> Callable[[int], OpenDays]:
        return open_day_pages(self.hours)

    @lazily
    def _day_at(self) -> Callable[[int], str]:
        """Remember the days of the instants that were asked for: many rows ask for those of the same few."""
        return lru_cache(maxsize=4096)(lambda when: day_text(local_day(self.zone, when)))

    @lazily
    def _listed(self) -> Callable[[int], list[str]]:
        """Remember the open days of the pages that were asked for: what is asked of one stretch is asked many times."""
        return lru_cache(maxsize=4096)(lambda page: [day_text(day) for day in self._day_page(page).days])

    @lazily
    def _days_on(self) -> Callable[[str, int], str]:
        def days_on(day: str, count: int) -> str:
            find = day_onward if count > 0 else day_back
            page, at = find(self._day_page, day_number(day), abs(count))
            return day_text(page.days[at])

        return lru_cache(maxsize=4096)(days_on)

    @lazily
    def _close_of(self) -> Callable[[str], datetime]:
        """Remember the closes that were asked for: many dates are of the same few days."""

        def close(day: str) -> datetime:
            page, at = day_back(self._day_page, day_number(day) + 1, 1)
            return from_microseconds(page.closes[at])

        return lru_cache(maxsize=4096)(close)

    @lazily
    def _time_before(self) -> Running:
        return Running(self.hours, self._time_page)

    @lazily
    def _days_before(self) -> Running:
        return Running(self.hours, self._day_page)

    @lazily
    def _elapsed(self) -> Callable[[int], int]:
        """Remember the open time before the instants that were asked for: several numbers count from the same."""

        def elapsed(when: int) -> int:
            page = when // PAGE
            return self._time_before.before(page) + self._time_page(page).until(when)

        return lru_cache(maxsize=4096)(elapsed)

    def _days_until(self, day: int) -> int:
        page = day // PAGE_DAYS
        return self._days_before.before(page) + self._day_page(page).until(day)
