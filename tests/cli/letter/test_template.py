"""The letter to fill in lies in the weeks to come, whenever it is printed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cli.letter.source import parse
from ledger_cli.letter.template import WRITTEN, moved, raw, template

from ledger.calendars import Calendar, default_calendar, occurrences
from tests.transcripts import Terminal

CALENDAR = Calendar.parse(default_calendar("UTC"))
DAYS = st.dates(WRITTEN, date(2100, 1, 1))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_in_the_week_it_was_written_in_the_template_is_as_it_was_written() -> None:
    assert {template(WRITTEN + timedelta(days=days)) for days in range(7)} == {raw()}


def test_a_clock_before_the_template_leaves_its_dates() -> None:
    assert template(date(2025, 1, 6)) == raw()


@given(DAYS)
def test_everything_in_the_template_lies_ahead_and_keeps_its_weekday(today: date) -> None:
    was, now = _read(raw()), _read(template(today))

    pairs = [(before["due"], after["due"]) for before, after in zip(was["milestones"], now["milestones"], strict=True)]
    pairs += [(was["obligations"][0]["due"], now["obligations"][0]["due"])]
    assert all(after > today and after.weekday() == before.weekday() for before, after in pairs)
    assert len({after - before for before, after in pairs}) == 1


@given(DAYS)
def test_each_rhythm_of_the_template_begins_with_its_first_time(today: date) -> None:
    for cadence in _read(template(today))["cadences"]:
        starts = cadence["starts"]
        ends = datetime.combine(starts.date() + timedelta(days=200), time(), tzinfo=UTC)
        times = list(occurrences(cadence["rrule"], f"{starts:%Y-%m-%dT%H:%M}", CALENDAR, ends))

        assert times[0].date() == starts.date() > today
        assert all(timedelta(days=6) < after - before < timedelta(days=100) for before, after in pairwise(times))


def test_an_example_of_the_interview_moves_with_the_letter() -> None:
    assert moved("every Friday 17:00 from 2025-03-14", date(2026, 11, 23)) == "every Friday 17:00 from 2026-12-04"


@pytest.mark.parametrize("morning", ["2026-11-23T09:00", "2027-08-28T22:00", "2031-02-01T09:00"])
def test_nothing_is_overdue_on_the_morning_that_the_letter_is_signed(terminal: Terminal, morning: str) -> None:
    terminal.at(morning)
    terminal.runs(
        "engage init --zone Europe/London --holidays GB-ENG",
        "engage agreed --template > letter.toml",
        'engage open northwind --account "Northwind Theatre"',
        "engage agreed northwind letter.toml",
        "engage signed northwind --version 1 --by lead",
        "engage signed northwind --version 1 --by sponsor",
    )

    assert terminal.run("engage status").out.startswith("Nothing needs you.")


def _read(letter: str) -> dict[str, Any]:
    return dict(parse("letter.toml", letter.encode()).content)
