"""What an unhappy answer teaches waits on the morning screen while the engagement is open, and in `signals` after that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.transcripts import Terminal

BEGIN = (
    "engage init --zone Europe/London",
    "engage open northwind --account Northwind",
    'engage person northwind "Client sponsor" --side client --level executive --may sign,accept',
    *(
        f"engage feedback northwind --from sponsor overall={score} --scale 1-7 --wave w{score}"
        for score in (6, 5, 4, 3)
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    for line in BEGIN:
        assert desk.run(line).code == 0, line
    desk.at("2025-03-24T09:00")
    return desk


def signals(desk: Terminal, command: str, key: str) -> set[str]:
    return {row["signal"] for row in json.loads(desk.run(f"engage {command} --json").out)[key]}


def test_a_score_is_read_with_one_decimal(desk: Terminal) -> None:
    assert "33.3 of 100, in the lowest quarter of 4 answers, with no lesson" in desk.run("engage status").out


@pytest.mark.parametrize("moment", ["", " --as-known-on 2025-03-25T10:00"])
def test_of_a_closed_engagement_it_is_asked_no_morning_and_still_told(desk: Terminal, moment: str) -> None:
    assert "A-unlearned" in signals(desk, "status", "needs")
    assert desk.run("engage close northwind --reason completed").code == 0

    desk.at("2025-03-25T10:00")
    assert "A-unlearned" not in signals(desk, f"status{moment}", "needs")
    assert "A-unlearned" not in desk.run(f"engage status{moment}").out
    assert "A-unlearned" in signals(desk, f"signals{moment}", "rows")


def test_the_page_of_an_engagement_says_what_it_does_not_judge(desk: Terminal) -> None:
    desk.run("engage report northwind --html pages")

    page = (desk.folder / "pages" / "northwind.html").read_text(encoding="utf-8")
    assert "Of this engagement alone. What is judged beside all others" in page
