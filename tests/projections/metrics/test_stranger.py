"""Every figure of M01 to M22 is what a stranger reckons from an export: `tests/strangers/reckoning`, by domain.md alone."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.places import STRANGERS
from tests.strangers.comparing import differences
from tests.strangers.reckoning.reckoner import reckon
from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOMENTS = 3


class Told(NamedTuple):
    """A story on a terminal, and where its ledger is if not where it usually is."""

    terminal: Terminal
    where: str = ""

    def run(self, command: str) -> str:
        """Run a command and return what it prints."""
        answer = self.terminal.run(f"engage {self.where} {command}")
        assert answer.code == 0, answer.err
        return answer.out


def transcript(name: str, folder: Path = FOLDER) -> Callable[[Terminal], Told]:
    """Return what tells the story of a transcript."""

    def tell(terminal: Terminal) -> Told:
        play(folder / f"{name}.txt", terminal)
        return Told(terminal)

    return tell


def quarter(terminal: Terminal) -> Told:
    """Tell the quarter of the demo."""
    terminal.at("2025-06-30T17:00")
    assert terminal.run("engage demo --quarter --keep quarter").code == 0
    return Told(terminal, "--ledger quarter")


NAMES = ("northwind", "st5", "st8", "st9", "story-back-dated", "story-concurrent", "story-corrections")
STORIES = {
    "quarter": quarter,
    **{name: transcript(name) for name in NAMES},
    "awkward": transcript("awkward", STRANGERS),
}


@pytest.mark.parametrize("tell", STORIES.values(), ids=STORIES)
def test_a_stranger_reckons_the_same_figures_at_any_time(tmp_path: Path, tell: Callable[[Terminal], Told]) -> None:
    told = tell(Terminal(tmp_path.resolve()))
    lines = told.run("export --jsonl - --all").splitlines()

    assert list(_differences(told, lines, "", None, None)) == []
    for moment in _moments(lines):
        at = datetime.fromisoformat(moment)
        assert list(_differences(told, lines, f"--as-known-on {moment}", at, None)) == []
        assert list(_differences(told, lines, f"--as-true-on {moment}", None, at)) == []


def _moments(lines: list[str]) -> list[str]:
    """Return times at which something was recorded, from the begin to near the end."""
    times = sorted({str(json.loads(line)["time"]) for line in lines})
    return times[1 :: max(1, len(times) // MOMENTS)]


def _differences(
    told: Told, lines: list[str], options: str, known_on: datetime | None, true_on: datetime | None
) -> Iterator[tuple[object, ...]]:
    """Yield each figure that is not the same, or that only one of the two has."""
    table = json.loads(told.run(f"table metrics --json {options}"))
    theirs = reckon(lines, known_on, true_on, datetime.fromisoformat(table["as_of"]))
    yield from ((options, *one) for one in differences(table["rows"], theirs))
