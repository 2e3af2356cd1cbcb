"""Every transcript answers as written, and every word of the command has one."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledger_cli.words.catalogue import MODULES

from tests.transcripts import FOLDER, Step, Terminal, blocks, matches, play, update, updated

PATHS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_transcript_answers_as_written(path: Path, tmp_path: Path) -> None:
    steps = play(path, Terminal(tmp_path))

    unkept = [step for step in steps if not step.kept]

    told = [f"$ {step.command}\n" + "\n".join(step.answered) for step in unkept]
    wanted = [f"$ {step.command}\n" + "\n".join(step.expected) for step in unkept]
    assert told == wanted


def test_every_word_has_a_transcript() -> None:
    commands = [head for path in PATHS for head, _ in blocks(path.read_text(encoding="utf-8")) if head.startswith("$ ")]

    assert [word for word in MODULES if not any(f"engage {word}" in command for command in commands)] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_transcript_keeps_a_fault_of_ours(path: Path) -> None:
    assert "our fault" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("expected", "answered", "same"),
    [
        ("Recorded #1", "Recorded #1", True),
        ("Recorded #…  slip", "Recorded #31  slip", True),
        ("Recorded #…", "Refused #31", False),
        ("1+1 (2)", "1+1 (2)", True),
        ("…", "", True),
    ],
)
def test_dots_stand_for_anything_on_their_line(expected: str, answered: str, *, same: bool) -> None:
    assert matches(expected, answered) is same


def test_a_file_may_hold_lines_that_look_like_commands(tmp_path: Path) -> None:
    path = tmp_path / "session.txt"
    path.write_text("# file a.toml\n# talk\n$ engage\n\nb = 1\n# end\n# Refused.\n", encoding="utf-8")

    play(path, Terminal(tmp_path))

    assert (tmp_path / "a.toml").read_text(encoding="utf-8") == "# talk\n$ engage\n\nb = 1\n"


def test_updating_writes_what_was_answered_and_keeps_the_talk(tmp_path: Path) -> None:
    path = tmp_path / "session.txt"
    path.write_text("# A word that is none.\n\n# at 2025-01-06T09:00\n$ engage shwo\nold\n\n# end of it\n", "utf-8")

    update(path)

    assert path.read_text(encoding="utf-8") == (
        "# A word that is none.\n\n# at 2025-01-06T09:00\n$ engage shwo\n"
        'There is no word "shwo". Did you mean show?\n  engage --help\n[exit 2]\n\n# end of it\n'
    )


def test_updating_keeps_a_line_of_dots_where_it_stood_and_nowhere_else() -> None:
    expected = ["ledger", "6", "…", "", "— ledger …"]

    one = Step("engage checkpoint --out -", expected, ["ledger", "7", "cm9vdA==", "", "— ledger c2ln"])
    other = Step("engage checkpoint --out -", expected, ["ledger", "7", "b3RoZXI=", "", "— ledger b25l"])

    assert updated(one, other) == ["ledger", "7", "…", "", "— ledger …"]
