"""What is told after the due date is never said to be before it, or on it, whatever days were closed (M01)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal

TOLD: dict[str, tuple[str, str, str]] = {
    "a week before": ("2025-05-30T10:00", "5 business days before the due date.", "5 business days (47 hours) before"),
    "on the day": ("2025-06-06T10:00", "On the due date.", "0 business days (7 hours) before"),
    "on the evening of the day": ("2025-06-06T19:00", "On the due date.", "0 business days (0 hours) before"),
    "on the Sunday after": (
        "2025-06-08T10:00",
        "2 days after the due date, on days that were closed.",
        "0 business days (0 hours) after",
    ),
    "as the next day opens": (
        "2025-06-09T09:00",
        "1 business day after the due date.",
        "1 business days (0 hours) after",
    ),
    "a week after": ("2025-06-13T17:00", "5 business days after the due date.", "5 business days (40 hours) after"),
}


@pytest.mark.parametrize(("at", "said", "replayed"), TOLD.values(), ids=TOLD)
def test_when_it_was_told_is_said_as_it_was(tmp_path: Path, at: str, said: str, replayed: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.at("2025-05-26T09:00")
    for line in (
        "init --zone Europe/London --holidays GB-ENG",
        "open mill --account Mill",
        "person Miller --side client --level executive",
        "agreed M1 plan --due 2025-06-06",
    ):
        assert terminal.run(f"engage {line}").code == 0, line
    terminal.at(at)

    answer = terminal.run("engage slipped M1 --forecast 2025-07-04 --told Miller --by call").out

    assert said in answer
    assert f" {replayed} the due date" in terminal.run("engage replay mill").out
    lead = terminal.run("engage metrics mill M01").out
    assert ("told after the due date" in lead) == ("after the due date" in said)
