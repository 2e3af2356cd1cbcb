"""What was expected of a cadence and what came (M09, story ST8)."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from ledger.calendars import Calendar, parse_instant
from ledger.events import CadenceAgreed
from ledger.standing import Occurrence, expected
from tests.views import CALENDAR, london

SENT = ("2025-09-05T15:00", "2025-09-12T16:45", "2025-09-22T10:00", "2025-09-26T16:00", "2025-10-10T15:00",
        "2025-10-17T12:00", "2025-10-24T16:59", "2025-10-31T17:05")  # fmt: skip
REPORT = cast("Any", None)  # which report came does not matter here, only when


def weekly(*sent: str, as_of: str, tolerance: int = 1) -> list[Occurrence]:
    """Return what was expected on Fridays at 17:00 from 5 September to 31 October."""
    cadence = CadenceAgreed(cadence_id="weekly", kind="report", rrule="FREQ=WEEKLY;BYDAY=FR;UNTIL=20251031T235959",
                            starts="2025-09-05T17:00", calendar="default", tolerance_bd=tolerance)  # fmt: skip
    times = [(parse_instant(london(text)), REPORT) for text in sent]
    return expected(cadence, Calendar.parse(CALENDAR), times, parse_instant(london(as_of)))


def test_st8_nine_were_expected_six_on_time_two_late_and_one_missed() -> None:
    states = Counter(time.state for time in weekly(*SENT, as_of="2025-11-03T17:00"))

    assert states == {"on time": 6, "late": 2, "missing": 1}


def test_st8_the_report_of_3_october_is_overdue_one_business_day_later_at_the_same_hour() -> None:
    missed = next(time for time in weekly(*SENT, as_of="2025-11-03T17:00") if time.sent is None)

    assert (missed.day, missed.overdue) == ("2025-10-03", parse_instant(london("2025-10-06T17:00")))


def test_across_the_clock_change_the_hour_on_the_wall_stays() -> None:
    time = next(time for time in weekly(as_of="2025-10-28T09:00") if time.day == "2025-10-24")

    assert [time.expected, time.overdue] == [
        datetime(2025, 10, 24, 16, tzinfo=UTC), datetime(2025, 10, 27, 17, tzinfo=UTC)]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ("2025-09-05T17:00", "on time"),
        ("2025-09-05T17:01", "late"),
        ("2025-09-08T17:00", "late"),
        ("2025-09-08T17:01", "missing"),
        ("2025-08-01T09:00", "on time"),
    ],
)
def test_the_window_of_the_first_is_open_to_the_left_and_ends_with_the_tolerance(sent: str, state: str) -> None:
    assert weekly(sent, as_of="2025-09-09T09:00")[0].state == state


def test_one_report_satisfies_one_window_and_the_list_ends_with_the_first_that_is_still_open() -> None:
    times = weekly("2025-09-05T10:00", "2025-09-05T11:00", as_of="2025-09-10T09:00")

    assert [(time.day, time.state) for time in times] == [("2025-09-05", "on time"), ("2025-09-12", "missing")]
