"""`engage replay --step`: entry by entry at a terminal, all of them elsewhere; what is private stays so unless asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from ledger_cli.printing.output import STYLES

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEYS: dict[str, tuple[Sequence[str], list[int]]] = {
    "Enter goes on": (["", "", "q"], [16, 17, 18]),
    "b goes back": (["", "b", "q"], [16, 17, 16]),
    "b at the first stays there": (["b", "q"], [16, 16]),
    "g goes to an entry": (["g 24", "b", "q"], [16, 24, 23]),
    "g with a number sign": (["g #18", "q"], [16, 18]),
    "g before the first goes to the first": (["g 2", "q"], [16, 16]),
    "after the last it ends": (["g 25", ""], [16, 25]),
    "whoever leaves is let go": ([], [16]),
    "g to nowhere says so and waits": (["g 99", "g twelve", "", "q"], [16, 17]),
}
HOSTILE = "\x1b[2Jcleared\u202egnp.exe"
REFUSED = {
    "engage replay northwind --step --diff --as-known-on 2025-06-30": "one of them",
    "engage replay northwind --from 3": "--from and --to are for --step",
    "engage replay northwind --with-known-on 2025-06-30": "say from when",
    "engage replay northwind --as-known-on 2025-06-30 --with-known-on 2025-06-01": "comes after",
}


@pytest.fixture
def northwind(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    play(FOLDER / "northwind.txt", terminal)
    terminal.at("2025-08-05T09:00")
    return terminal


@pytest.mark.parametrize("case", KEYS)
def test_one_key_moves_through_the_entries(northwind: Terminal, case: str) -> None:
    typed, shown = KEYS[case]
    northwind.attended = True

    answer = northwind.run("engage replay northwind --step --from 16", typed)

    heads = [line.split()[0] for line in answer.out.splitlines() if line.startswith("#")]
    assert (heads, answer.code) == ([f"#{number}" for number in shown], 0)


def test_without_a_terminal_every_entry_is_printed_with_what_it_changed(northwind: Terminal) -> None:
    lines = northwind.run("engage replay northwind --step --from 24 --to 24").lines

    assert lines[0].endswith("#24  corrects #16: known 6 Jun 09:00 → 3 Jun 14:20")
    assert "    told after knowing: 25.083 business hours → 43.75 business hours" in lines
    assert "    notice due (v1, 16 hours): Mon 9 Jun 17:00, late → Thu 5 Jun 14:20, late" in lines


def test_a_program_gets_each_changed_field_with_both_values(northwind: Terminal) -> None:
    (entry,) = json.loads(northwind.run("engage replay northwind --step --from 24 --to 24 --json").out)["entries"]

    slip = next(change["fields"] for change in entry["changes"] if change["table"] == "slips")
    assert slip["delay_bh"] == [25.083, 43.75]
    assert slip["share"] == [0.804, 0.702]
    assert (entry["grade"], entry["target"], entry["disputes"], entry["after_dispute"]) == ("C", 16, ["D1"], False)


def test_the_walk_stops_at_what_was_known_then(northwind: Terminal) -> None:
    shown = northwind.run("engage replay northwind --step --as-known-on 2025-06-30").out

    assert "#23  " in shown
    assert "#24  " not in shown


def test_what_is_private_is_counted_and_shown_only_when_asked_for(northwind: Terminal) -> None:
    assert northwind.run('engage concern northwind "They may leave." --topic people').code == 0
    asked = ("replay northwind", "replay northwind --as-known-on 2025-08-05T08:00 --as-true-on 2025-08-06 --diff")

    for words in asked:
        hidden, told = northwind.run(f"engage {words}").out, northwind.run(f"engage {words} --private").out
        assert "private and not shown: --private shows" in hidden
        assert "C1" not in hidden
        assert "C1" in told
    stepped = northwind.run("engage replay northwind --step --from 26").out
    assert stepped.splitlines()[0] == "#26  an entry that is private: --private shows it"
    assert "leave" not in stepped


def test_a_private_entry_that_changed_a_shared_row_is_named_without_its_words(northwind: Terminal) -> None:
    assert northwind.run("engage slipped northwind M2 --forecast 2025-11-03 --private").code == 0
    asked = "engage replay northwind --as-known-on 2025-08-05T08:59 --as-true-on 2025-08-06 --diff"

    for form in ("", " --json"):
        hidden, told = northwind.run(asked + form).out, northwind.run(f"{asked}{form} --private").out
        assert "an entry that is private" in hidden
        assert "slip S2 foreseen" not in hidden
        assert "slip S2 foreseen" in told


def test_what_was_withdrawn_is_struck_through_on_a_terminal_and_said_in_words_everywhere(
    northwind: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert northwind.run("engage undo --entry 18 --because 'another mail'").code == 0
    asked = ("show 18", "log northwind", "replay northwind --step --from 18 --to 18")
    plain = [northwind.run(f"engage {words}").out for words in asked]
    for module in ("commands.log", "in_words.entry", "recounting.steps"):
        monkeypatch.setattr(f"ledger_cli.{module}.styled", in_colour)

    struck = [northwind.run(f"engage {words}").out for words in asked]

    assert all("withdrawn" in text.lower() and "told client sponsor of S1" in text for text in plain)
    assert all("\x1b[" not in text for text in plain)
    assert all("\x1b[9" in text and "withdrawn" in text.lower() for text in struck)


def test_no_text_of_an_entry_moves_the_cursor(northwind: Terminal) -> None:
    northwind.runs(
        f"engage slipped northwind M2 --forecast 2025-10-01 --because '{HOSTILE}'",
        f"engage correct 26 --set why=short --because '{HOSTILE}'",
    )
    asked = ("", " --step", " --as-known-on 2025-08-05T08:59 --as-true-on 2025-08-06 --diff", " --step --json")

    shown = [northwind.run(f"engage replay northwind{words}").out for words in asked]

    assert all("cleared" in text for text in shown)
    assert not any("\x1b" in text or "\u202e" in text for text in shown)


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_asked_together_is_refused_with_why(northwind: Terminal, words: str) -> None:
    answer = northwind.run(words)

    assert answer.code == 2
    assert REFUSED[words] in answer.err


def in_colour(text: str, *styles: str) -> str:
    """Return *text* as a terminal is told it, whatever it is printed to."""
    return f"\x1b[{';'.join(STYLES[style] for style in styles)}m{text}\x1b[0m"


def test_a_stretch_that_holds_no_entry_is_refused(northwind: Terminal) -> None:
    answer = northwind.run("engage replay northwind --step --from 18 --to 16")

    assert (answer.code, answer.err.split("\n")[0]) == (3, "Nothing of this engagement stands from #18 to #16.")
