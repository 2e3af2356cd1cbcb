"""Running totals over time, counted once a page and only for the pages that somebody asks about."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from ledger.calendars.spans import DAY, Hours
from ledger.values.named import NamedTuple

# 773 pages are 400 years to the day, after which the Gregorian calendar and every rule of daylight saving repeat.
PAGE_DAYS, CYCLE = 189, 773
PAGE = PAGE_DAYS * DAY

_KEPT = 512  # pages held at once: 265 years
_DAY_1800, _DAY_2100 = -62_091, 47_482  # before the one no zone changed its clock, after the other all do by a rule
_TWO_DAYS = 2 * DAY  # no zone is further than a day from UTC


class OpenTime(NamedTuple):
    """A page of open spans: *before* is what was open in the page ahead of each, with the total last."""

    starts: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]

    @property
    def total(self) -> int:
        """Answer the open microseconds of the page."""
        return self.before[-1]

    def until(self, when: int) -> int:
        """Count the open microseconds from the beginning of the page to *when*."""
        at = bisect_right(self.starts, when) - 1
        return self.before[at] + min(when, self.ends[at]) - self.starts[at] if at >= 0 else 0

    def reached(self, open_time: int) -> int:
        """Find the first instant by which *open_time* (more than 0, at most the total) has passed."""
        at = bisect_left(self.before, open_time) - 1
        return self.starts[at] + open_time - self.before[at]


class OpenDays(NamedTuple):
    """A page of open days in the zone, with the first opening and the last close of each."""

    days: Sequence[int]
    opens: Sequence[int]
    closes: Sequence[int]

    @property
    def total(self) -> int:
        """Count the open days of the page."""
        return len(self.days)

    def until(self, day: int) -> int:
        """Count the open days of the page up to *day*, that day included."""
        return bisect_right(self.days, day)


class Running:
    """Sums of the totals before each page, from the first page that was ever asked about."""

    def __init__(self, hours: Hours, pages: Callable[[int], OpenTime] | Callable[[int], OpenDays]) -> None:
        days = (*hours.exceptions, _DAY_1800, _DAY_2100)
        self._first, self._last = min(days) // PAGE_DAYS - 1, max(days) // PAGE_DAYS + 1
        self._total = cache(lambda page: pages(page).total)
        self._sums: dict[int, int] = {}

    def before(self, page: int) -> int:
        """Answer the sum before *page*; only differences of two answers mean anything."""
        known = self._sums.get(page)
        return self._extended(page) if known is None else known

    def _extended(self, page: int) -> int:
        sums = self._sums
        if not sums:
            sums[page] = 0
        for at in range(max(sums) + 1, page + 1):
            sums[at] = sums[at - 1] + self._total(self._alike(at - 1))
        for at in range(min(sums) - 1, page - 1, -1):
            sums[at] = sums[at + 1] - self._total(self._alike(at))
        return sums[page]

    def _alike(self, page: int) -> int:
        """Name the page that stands for *page*, so that a due date in the year 9999 costs no eight thousand years."""
        if page > self._last:
            return self._last + (page - self._last) % CYCLE
        if page < self._first:
            return self._first - (self._first - page) % CYCLE
        return page


def open_time_pages(hours: Hours) -> Callable[[int], OpenTime]:
    """Give the function from a page number to its open time, which remembers its newest answers."""

    @lru_cache(maxsize=_KEPT)
    def page(number: int) -> OpenTime:
        spans = list(hours.spans(number * PAGE, (number + 1) * PAGE))
        before = tuple(accumulate((span.end - span.start for span in spans), initial=0))
        return OpenTime([span.start for span in spans], [span.end for span in spans], before)

    return page


def open_day_pages(hours: Hours) -> Callable[[int], OpenDays]:
    """Give the function from a page number to its open days, which remembers its newest answers."""

    @lru_cache(maxsize=_KEPT)
    def page(number: int) -> OpenDays:
        opens: dict[int, int] = {}
        closes: dict[int, int] = {}
        for span in hours.spans(number * PAGE - _TWO_DAYS, (number + 1) * PAGE + _TWO_DAYS):
            if span.day // PAGE_DAYS == number:
                opens[span.day] = min(span.start, opens.get(span.day, span.start))
                closes[span.day] = max(span.end, closes.get(span.day, span.end))
        days = sorted(opens)
        return OpenDays(days, [opens[day] for day in days], [closes[day] for day in days])

    return page
