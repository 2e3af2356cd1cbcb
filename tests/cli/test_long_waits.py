"""A wait of weeks is said in business days to people, and in hours to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.transcripts import Terminal

BEGIN = (
    "engage init --zone Europe/London",
    "engage open northwind --account Northwind",
    'engage person northwind "Client sponsor" --side client --level executive --may sign,accept',
    'engage request northwind sponsor "Which hall?"',
    'engage bad-news northwind "The hall is double-booked." --aware 2025-03-03T09:00',
)


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    desk.runs(*BEGIN)
    return desk


def later(desk: Terminal, command: str) -> str:
    """Return what *command* answers two months later."""
    desk.at("2025-05-02T17:00")
    return desk.run(command).out


def test_the_morning_screen_says_hours_of_two_weeks_and_days_of_more(desk: Terminal) -> None:
    desk.at("2025-03-14T16:00")
    soon = desk.run("engage status").out
    far = later(desk, "engage status")

    assert "waiting 79.0 business hours" in soon
    assert "waiting 44 business days" in far
    assert "business hours" not in far


def test_a_program_reads_hours_however_many(desk: Terminal) -> None:
    needs = json.loads(later(desk, "engage status --json"))["needs"]

    assert {need["business_hours"] for need in needs if need["signal"] == "A-waiting-on-us"} == {"360.000"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("engage answer R1 --by email", "44 business days after it came"),
        (
            "engage told N1 sponsor --by call",
            "44 business days after you knew.",
        ),
    ],
)
def test_what_follows_says_days(desk: Terminal, command: str, said: str) -> None:
    assert said in later(desk, command)


def test_the_week_of_a_director_says_days_of_the_calendar(desk: Terminal) -> None:
    later(desk, "engage answer R1 --by email")

    assert "median 45 bd, p90 45 bd, n 1" in later(desk, "engage weekly --all")


def test_the_picture_of_news_is_headed_with_days(desk: Terminal) -> None:
    later(desk, "engage report northwind --html page.html")

    page = next((desk.folder / "page.html").glob("northwind*.html")).read_text(encoding="utf-8")
    assert "Bad news N1 has waited 44 business days, and is not told" in page
