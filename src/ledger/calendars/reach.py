"""Where a count of open time or of open days ends, found page by page."""

from collections.abc import Callable, Iterator

from ledger.calendars.tally import PAGE, PAGE_DAYS, OpenDays, OpenTime
from ledger.errors import Malformed

_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896  # 0001-01-01 and 9999-12-31, the ends of Python's calendar


class OutOfTime(Malformed):
    """A count of open time that ends before the first day there is, or after the last."""


def time_reached(pages: Callable[[int], OpenTime], start: int, needed: int) -> int:
    """Find the first instant by which *needed* microseconds (more than 0) were open since *start*."""
    needed += pages(start // PAGE).until(start)
    for number in _onward(start // PAGE):
        page = pages(number)
        if needed <= page.total:
            return page.reached(needed)
        needed -= page.total
    raise _out_of_time()


def day_onward(pages: Callable[[int], OpenDays], day: int, count: int) -> tuple[OpenDays, int]:
    """Find the *count*-th open day after *day*: its page and its place there."""
    count += pages(day // PAGE_DAYS).until(day)
    for number in _onward(day // PAGE_DAYS):
        page = pages(number)
        if count <= page.total:
            return _inside(page, count - 1)
        count -= page.total
    raise _out_of_time()


def day_back(pages: Callable[[int], OpenDays], day: int, count: int) -> tuple[OpenDays, int]:
    """Find the *count*-th open day before *day*: its page and its place there."""
    missing = count - pages(day // PAGE_DAYS).until(day - 1)
    if missing <= 0:
        return _inside(pages(day // PAGE_DAYS), -missing)
    for number in range(day // PAGE_DAYS - 1, _FIRST_DAY // PAGE_DAYS - 1, -1):
        page = pages(number)
        if missing <= page.total:
            return _inside(page, page.total - missing)
        missing -= page.total
    raise _out_of_time()


def _onward(page: int) -> Iterator[int]:
    return iter(range(page, _LAST_DAY // PAGE_DAYS + 1))


def _inside(page: OpenDays, at: int) -> tuple[OpenDays, int]:
    if not _FIRST_DAY <= page.days[at] <= _LAST_DAY:
        raise _out_of_time()
    return page, at


def _out_of_time() -> OutOfTime:
    return OutOfTime("The calendar is not open that often before the year 9999 ends or after the year 1 begins.")
