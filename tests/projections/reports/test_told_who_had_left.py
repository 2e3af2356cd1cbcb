"""Whoever has left receives no notice: that they were told is said with the day they left on (P15, P49)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("told", "words", "reached"),
    [
        ("2025-08-06T16:00", "to Bob Away, who may receive notice", True),
        ("2025-08-08T09:00", "to Bob Away, who had left on Wed 6 Aug 2025; nobody was named to receive notice", False),
    ],
)
def test_a_notice_to_somebody_who_had_left(tmp_path: Path, told: str, words: str, reached: bool) -> None:
    terminal = Terminal(tmp_path.resolve())
    play(FOLDER / "northwind.txt", terminal)
    terminal.at("2025-08-05T09:00")
    terminal.runs(
        "engage person northwind 'Bob Away' --side client --level manager --may receive_notice",
        "engage person northwind 'Bob Away' --leaves 2025-08-06",
        "engage slipped northwind M2 --forecast 2025-09-25 --because weather",
    )
    terminal.at(told)
    assert terminal.run("engage told northwind S2 'Bob Away' --by letter").code == 0

    assert (
        "Bob Away had left on Wed 6 Aug 2025" in terminal.run("engage who-knew northwind S2 --csv").out
    ) is not reached
    rows = json.loads(terminal.run("engage notices northwind --json").out)["sections"][0]["rows"]

    (row,) = [row for row in rows if row["values"]["subject"] == "slip:S2"]
    assert (row["cells"]["To"], row["values"]["reached_holder"]) == (words, reached)
