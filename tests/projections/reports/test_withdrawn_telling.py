"""What the client says it was never told stays to be seen as ours, with whose word it is that took it back (P31)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@pytest.fixture(scope="module", params=["", "engage correct 18 --set data.options_count=1 --because 'one was named'"])
def terminal(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Terminal:
    """Return a terminal at which the client took back that it was told of S1, whatever was corrected in that later."""
    terminal = Terminal(tmp_path_factory.mktemp("story").resolve())
    play(FOLDER / "northwind.txt", terminal)
    terminal.at("2025-08-05T09:00")
    for line in ("engage undo --entry 18 --party client --because 'we never had that mail'", request.param):
        assert not line or terminal.run(line).code == 0
    return terminal


def sections(terminal: Terminal, words: str) -> Sequence[Mapping[str, Any]]:
    answer = terminal.run(f"engage {words} --json")
    assert (answer.err, answer.code) == ("", 0)
    found: Sequence[Mapping[str, Any]] = json.loads(answer.out)["sections"]
    return found


SAID = (
    "Withdrawn, and not counted: #18 told client sponsor of S1 by email (according to us), by the client's #26. "
    "#19, which acknowledges it, stands."
)


@pytest.mark.parametrize("words", ["who-knew northwind S1", "case northwind D1"])
def test_whose_it_was_and_who_took_it_back_is_said(terminal: Terminal, words: str) -> None:
    (section,) = [each for each in sections(terminal, words) if each["heading"].endswith(": in short")]

    assert SAID in section["said"]


def test_which_was_first_says_what_it_does_not_count(terminal: Terminal) -> None:
    assert sections(terminal, "who-first northwind S1 S1")[0]["said"][1:] == [SAID]


def test_a_notice_that_was_taken_back_is_named(terminal: Terminal) -> None:
    (row,) = sections(terminal, "notices northwind")[0]["rows"]

    assert row["cells"]["Given"] == (
        "no; that it was, Wed 11 Jun 2025 10:05 by email (#18, according to us), was withdrawn by the client's #26"
    )
    assert {18, 26} <= set(row["entries"])


def test_in_short_the_moment_is_withdrawn_and_not_merely_unsaid(terminal: Terminal) -> None:
    rows = sections(terminal, "case northwind D1")[0]["rows"]
    (told,) = [row for row in rows if row["cells"]["What"] == "the client was told"]

    assert told["cells"]["As known now"] == "withdrawn by the client's #26"
    assert told["entries"] == [18, 26]


def test_what_was_withdrawn_is_not_compared_and_it_is_said_who_withdrew_it(terminal: Terminal) -> None:
    answer = terminal.run("engage who-first northwind S1 '#18'")

    assert (answer.code, answer.err.split("\n")[0]) == (3, "#18, which says it, was withdrawn by the client's #26.")


def test_the_morning_says_that_we_said_so_and_who_took_it_back(terminal: Terminal) -> None:
    needs = json.loads(terminal.run("engage status northwind --json").out)["needs"]
    (need,) = [need for need in needs if need["signal"] == "A-undisclosed-slip"]

    assert need["says"] == "M2 slip S1 not told"
    assert need["also"] == "due 27 Jun → 18 Jul · told by our account 11 Jun 10:05 (#18), withdrawn by the client's #26"
    assert {18, 26} <= set(need["positions"])


@pytest.mark.parametrize("who", ["--party client", ""])
def test_bad_news_that_the_client_says_it_never_had_is_said_to_be_so(tmp_path: Path, who: str) -> None:
    terminal = Terminal(tmp_path.resolve())
    play(FOLDER / "northwind.txt", terminal)
    terminal.at("2025-08-05T09:00")
    assert (
        terminal.run("engage bad-news northwind 'the hall is shut' --aware 2025-08-05T08:30 --told sponsor").code == 0
    )
    told = json.loads(terminal.run("engage table news --json").out)["rows"][-1]["last_position"]
    assert terminal.run(f"engage undo --entry {told} {who} --because 'it never came'").code == 0

    needs = json.loads(terminal.run("engage status northwind --json").out)["needs"]
    (need,) = [need for need in needs if need["signal"] == "A-unreported-bad-news"]

    said = f" · told by our account 5 Aug 09:00 (#{told}), withdrawn by the client's #{told + 1}"
    assert need["also"] == '"the hall is shut"' + (said if who else "")
