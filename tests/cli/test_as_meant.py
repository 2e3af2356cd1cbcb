"""What a newcomer types is understood, and what follows is said in words: a fortnight of an invented engagement."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:10")
    desk.runs(
        "engage init --zone Europe/London",
        "engage open harbourside --account Harbourside",
        "engage person Director --side client --level executive --may sign,accept",
        'engage agreed M1 "survey of the store" --due 2025-03-14',
        'engage agreed M2 "packing plan" --due 2025-03-21',
    )
    return desk


def test_a_milestone_names_what_they_were_told_of_it(desk: Terminal) -> None:
    untold = desk.run("engage ack M1 --by director")
    desk.runs("engage slipped M1 --forecast 2025-03-20", "engage told M1 director")

    assert untold.err.startswith("Nobody was told of M1 yet. Nothing was recorded.")
    answer = desk.run("engage ack M1 --by director").out
    assert "acknowledged #11" in answer
    assert "As soon as they were told." in answer


def test_what_is_raised_at_once_is_said_so(desk: Terminal) -> None:
    desk.run('engage concern "they will not have staff"')

    assert "Raised as soon as it was felt." in desk.run('engage concern --raised C1 "Staff?" --to director').out


def test_whoever_closes_is_told_what_was_not_delivered(desk: Terminal) -> None:
    desk.runs("engage delivered M1")

    assert "Not delivered when it closed: M2." in desk.run("engage close --reason completed").out
