"""How steadily a record was kept: grades, rhythm, weeks and silences, counted by hand (M19)."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from ledger_projections.contemporaneity import grade_of

from ledger.calendars import Calendar
from ledger.standing.regularity import Mark, rhythm, silences, tally, weeks
from tests.by_hand import days_after, is_open
from tests.views import CALENDAR as LONDON
from tests.views import World


def mark(position: int, day: str, lag: str | None = "1", kind: str = "slip-foreseen") -> Mark:
    hours = None if lag is None else Decimal(lag)
    grade = None if hours is None else grade_of(hours)
    return Mark(position, kind, "Lead", f"{day}T09:00:00.000000Z", day, hours, grade)


CALENDAR = Calendar.parse(LONDON)
LAGS = ["1", "24", "24.001", "168", "168.001", "720", "720.001", None]
MARKS = [mark(number, f"2025-06-{number + 1:02}", lag) for number, lag in enumerate(LAGS, 1)]


def test_a_tally_counts_each_grade_and_takes_the_median_of_those_that_have_a_lag() -> None:
    found = tally(MARKS)

    assert (found.grades, found.ungraded, found.total, found.median) == (
        {"A": 2, "B": 2, "C": 2, "D": 1}, 1, 8, Decimal(168))  # fmt: skip


def test_weeks_without_an_entry_are_weeks() -> None:
    marks = [mark(1, "2025-06-05"), mark(2, "2025-06-08"), mark(3, "2025-06-23")]

    assert weeks(marks) == [("2025-06-02", 2), ("2025-06-09", 0), ("2025-06-16", 0), ("2025-06-23", 1)]


def test_a_silence_is_the_open_days_on_which_nothing_was_written_down(tmp_path: Path) -> None:
    calendar = World(tmp_path).begin().view().calendar("default", "2025-04-01")
    marks = [mark(1, "2025-04-15"), mark(2, "2025-04-22"), mark(3, "2025-04-23"), mark(4, "2025-05-10")]

    found = [(s.after, s.before, s.first, s.last, s.open_days) for s in silences(marks, calendar, "2025-05-13")]

    # Good Friday, Easter Monday and the bank holiday of 5 May are closed; 10 May is a Saturday.
    assert found == [(3, 4, "2025-04-24", "2025-05-09", 11), (1, 2, "2025-04-16", "2025-04-17", 2),
                     (4, None, "2025-05-12", "2025-05-13", 2)]  # fmt: skip
    assert days_after("2025-04-23", "2025-05-09") == 11


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12, unique=True).map(sorted))
def test_every_open_day_after_the_first_entry_is_one_of_an_entry_or_of_a_silence(numbers: list[int]) -> None:
    days = [(date(2025, 4, 1) + timedelta(days=number)).isoformat() for number in numbers]
    marks = [mark(number, day) for number, day in enumerate(days, 1)]

    found = silences(marks, CALENDAR, "2025-06-10")

    written = sum(is_open(date.fromisoformat(day)) for day in days[1:])
    assert sum(silence.open_days for silence in found) + written == days_after(days[0], "2025-06-10")


def test_the_rhythm_is_what_nine_in_ten_kept_to_before_the_dispute() -> None:
    marks = [*(mark(number, "2025-06-02", str(number)) for number in range(1, 11)), mark(11, "2025-06-03"),
             mark(12, "2025-06-04", "9"), mark(13, "2025-06-04", "9.001"), mark(14, "2025-06-05", None)]  # fmt: skip

    found = rhythm(marks, 11)

    assert found is not None
    assert (found.lag, found.taken_of, found.before, found.after) == (Decimal(9), 10, (9, 10), (1, 2))


def test_without_a_dispute_the_rhythm_is_that_of_all_and_without_a_lag_there_is_none() -> None:
    found = rhythm(MARKS, None)

    assert found is not None
    assert (found.lag, found.after, rhythm([mark(1, "2025-06-02", None)], None)) == (
        Decimal("720.001"),
        None,
        None,
    )


@given(st.lists(st.decimals(0, 2000, places=3), min_size=2, max_size=2).map(sorted))
def test_a_longer_lag_never_has_a_better_grade(lags: list[Decimal]) -> None:
    sooner, later = map(grade_of, lags)

    assert sooner <= later


def test_the_grades_change_after_a_day_a_week_and_thirty_days() -> None:
    assert [mark.grade for mark in MARKS] == ["A", "A", "B", "B", "C", "C", "D", None]
