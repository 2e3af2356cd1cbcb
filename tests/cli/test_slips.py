"""What `slipped` says follows from a slip: how late the milestone is, and what is owed to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        ("2025-07-18", "15 business days late, not yet told."),
        ("2025-06-30", "1 business day late, not yet told."),
        ("2025-06-28", "Not yet told."),
    ],
)
def test_a_slip_says_how_many_business_days_late_it_is(tmp_path: Path, forecast: str, said: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.at("2025-06-06T09:20")
    terminal.runs(
        "engage init --zone Europe/London",
        "engage open northwind --account Northwind",
        "engage record milestone-agreed --milestone-id M2 --due 2025-06-27 --title Rehearsal",
    )

    answer = terminal.run(f"engage slipped M2 --forecast {forecast}")

    assert answer.lines[1].startswith(f"  {said} Your policy asks for notice")
