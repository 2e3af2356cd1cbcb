"""The verbs of work, reviews, gifts and people: each may be taken back, answers programs, and prints no hostile text."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.transcripts import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HOSTILE = "\x1b[31mred\x1b[0m \u202eturned\u2066 \r gone"
TURNED = "\u202eturned\u2066 round"
"""Hostile enough for one line, where no control character is let in."""
BEFORE = (
    ("init", "--zone", "Europe/London"),
    ("open", "northwind", "--account", "Northwind Theatre"),
    ("person", "client sponsor", "--side", "client", "--level", "executive", "--may", "sign,accept"),
    ("agreed", "M2", TURNED, "--due", "2025-06-27"),
    ("agreed", "O4", TURNED, "--due", "2025-06-04", "--owner", "sponsor", "--blocks", "M2"),
    ("agreed", "O5", "keys", "--due", "2025-06-20"),
    ("dispute", HOSTILE, "--raised-by", "client", "--item", "M2"),
    ("review", "--with", "sponsor", "--needs", "us=7", "--scale", "0-10"),
    ("action", HOSTILE, "--after", "V1", "--due", "2025-06-13"),
)
ACTS: Sequence[Sequence[str]] = (
    ("agreed", "M3", TURNED, "--due", "2025-09-12", "--criteria", HOSTILE),
    ("started", "--basis", "none"),
    ("started", "--days", "2.5", "--milestone", "M2"),
    ("released", "M2", "--because", HOSTILE),
    ("released", "O4", "--agreed-by", "sponsor"),
    ("delivered", "O4", "--by", "sponsor"),
    ("delivered", "O5", "--note", HOSTILE),
    ("slipped", "O5", "--forecast", "2025-06-24", "--from", "sponsor", "--because", HOSTILE),
    ("review", "--with", "sponsor", "--needs", "us=7", "them=8", "--gain-provider", HOSTILE, "--gain-client", HOSTILE),
    ("action", HOSTILE, "--after", "M2", "--due", "2025-06-20"),
    ("action", "--done", "A1", "--outcome", HOSTILE),
    ("feedback", "--ask", "sponsor", "--instrument", TURNED),
    ("feedback", "--given", "sponsor", HOSTILE, "--issue", HOSTILE),
    ("feedback", "--from", "sponsor", "trust=8", "--verbatim", HOSTILE),
    ("self", "trust=9", "--because", HOSTILE),
    ("gift", HOSTILE, "--from", "sponsor", "--value", "900 GBP", "--occasion", HOSTILE),
    ("dispute", "--position", "D1", "M2", HOSTILE, "--by", "client"),
    ("dispute", "--close", "D1", "--outcome", "settled", "--terms", HOSTILE),
    ("person", "sponsor", "--leaves", "2025-11-28"),
    ("record", "lesson-recorded", "--source", "V1", "--lesson", HOSTILE),
)
NAMES = [" ".join(words[:3]).replace(HOSTILE, "…").replace(TURNED, "…") for words in ACTS]
WRONG: Sequence[Sequence[str]] = (
    ("released", HOSTILE),
    ("delivered", f"O{HOSTILE}"),
    ("slipped", f"O{HOSTILE}"),
    ("started", "--days", HOSTILE),
    ("review", "--with", HOSTILE, "--needs", "us=7"),
    ("review", "--with", "sponsor", "--needs", HOSTILE),
    ("action", "x", "--after", HOSTILE, "--due", "fri"),
    ("action", "x", "--after", "V1", "--due", HOSTILE),
    ("action", "x", "--after", "V1", "--due", "fri", "--owner", HOSTILE),
    ("feedback", "--from", HOSTILE, "trust=8"),
    ("feedback", "--from", "sponsor", f"{HOSTILE}=8"),
    ("self", "trust=8", "--scale", HOSTILE),
    ("gift", "x", "--from", "sponsor", "--value", HOSTILE),
    ("gift", "x", "--from", "sponsor", "--value", "3 GBP", "--ours", HOSTILE),
    ("dispute", "--position", "D1", HOSTILE, "x", "--by", "client"),
    ("person", HOSTILE, "--leaves", "2025-11-28"),
    ("person", "sponsor", "--leaves", HOSTILE),
    ("policy", "--set", f"{HOSTILE}=8"),
    ("policy", "--set", f"floor={HOSTILE}"),
    ("record", "lesson-recorded", "--source", HOSTILE, "--lesson", "x"),
    ("record", "lesson-recorded", "--source", "V1", "--lesson", "x", "--on", HOSTILE),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which there is something to release, to give, to dispute and to do, named in hostile words."""
    terminal = Terminal(tmp_path_factory.mktemp("prepared"))
    terminal.at("2025-06-05T09:30")
    for words in BEFORE:
        answer = terminal.engage(words)
        assert answer.code == 0, answer.err
    return terminal.folder


@pytest.fixture
def terminal(prepared: Path, tmp_path: Path) -> Terminal:
    """A terminal with a copy of that ledger, the next morning."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    terminal = Terminal(tmp_path)
    terminal.at("2025-06-06T09:20")
    return terminal


@pytest.mark.parametrize("words", ACTS, ids=NAMES)
def test_what_was_recorded_is_said_in_harmless_words(terminal: Terminal, words: Sequence[str]) -> None:
    answer = terminal.engage(words)

    assert (answer.code, answer.err, answer.out[:9], harmful(answer.out)) == (0, "", "Recorded ", set())


@pytest.mark.parametrize("words", ACTS, ids=NAMES)
def test_a_program_is_answered_in_one_document(terminal: Terminal, words: Sequence[str]) -> None:
    answer = terminal.engage([*words, "--json"])

    assert sorted(json.loads(answer.out)) == ["flags", "next", "recorded", "says"]


@pytest.mark.parametrize("words", ACTS, ids=NAMES)
def test_each_act_can_be_taken_back(terminal: Terminal, words: Sequence[str]) -> None:
    before = tables(terminal)
    terminal.engage(words)

    assert (terminal.engage(["undo"]).code, tables(terminal)) == (0, before)


@pytest.mark.parametrize("words", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_refused_in_harmless_words(terminal: Terminal, words: Sequence[str]) -> None:
    answer = terminal.engage(words)

    assert (answer.code in {2, 3}, answer.out, harmful(answer.err)) == (True, "", set())


def tables(terminal: Terminal) -> list[set[str]]:
    """Return what the tables say of promises and people, whoever recorded it."""
    columns = {
        "milestones": "milestone,due,state",
        "obligations": "obligation,state,new_date",
        "actions": "action,state",
        "contacts": "contact,presence",
    }
    asked = (["table", name, "--columns", said, "--csv"] for name, said in columns.items())
    return [set(terminal.engage(words).out.splitlines()) for words in asked]


def harmful(text: str) -> set[str]:
    """Return the characters of *text* that a terminal would obey."""
    return set(text) & {"\x1b", "\u202e", "\u2066", "\r"}
