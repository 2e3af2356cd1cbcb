"""A letter read, written and read again says the same, whatever its texts are; so do a version and its TOML."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cli.letter import read_letter
from ledger_cli.letter.before import nothing
from ledger_cli.letter.content import content
from ledger_cli.letter.moment import Reading
from ledger_cli.letter.writing import shielded, written
from ledger_cli.printing.safe import hidden

from ledger.account import Account
from tests.strategies import texts
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from ledger_cli.letter.said import Said

READING = Reading(datetime(2025, 3, 3, 9, tzinfo=UTC), ZoneInfo("Europe/London"), Path())
PEOPLE = ("Ann", "Béatrice \u202e", 'Carl "C" \\ O\'Neil', "=cmd|' /C calc'!A0", "d'Été\nTwo")
said_texts = texts.filter(str.strip)
lists = st.lists(said_texts, max_size=3)
dues = st.sampled_from(["2025-06-27", "2025-06-27T12:00", "2025-10-26T00:30:00.000000Z", "2025-06-27T11:00:00.123456Z"])
decimals = st.sampled_from(["0", "-4", "16", "0.50", "-0.5"])


@st.composite
def letters(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the content of a letter: all of its tables, with any texts."""
    people = draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1))
    someone = st.lists(st.sampled_from(people), max_size=2)
    ids = [f"M{number}" for number in range(1, draw(st.integers(1, 3)))]
    return {
        "currency": "GBP",
        "value": draw(st.sampled_from(["18400.00 GBP", "0.01 GBP", "1000 JPY"])),
        "notices": [{"on": "slip", "within_hours": draw(decimals), "clause": draw(said_texts)}],
        "scope": {
            "in": draw(lists),
            "out": draw(lists),
            "results": [
                {"id": "R1", "statement": draw(said_texts), "measure": draw(said_texts), "target": draw(decimals)}
            ],
        },
        "timeframe": {"completion": "2025-08-29"},
        "compensation": {"basis": "flat", "expenses": [{"kind": draw(said_texts), "included": draw(st.booleans())}]},
        "relationship": {"mode": "advisor", "counterparts": draw(someone), "rules": draw(lists)},
        "confidentiality": {"applies": True, "clause": draw(said_texts), "indemnity": False},
        "retention": {"from": "2025-09-01", "to": "2026-02-27", "notice_days": 30, "exclusive": draw(st.booleans())},
        "milestones": [{"id": name, "title": draw(said_texts), "due": draw(dues)} for name in ids],
        "obligations": [
            {"id": "O1", "title": draw(said_texts), "kind": "access", "due": draw(dues), "owner": people[0]}
        ],
        "cadences": [
            {
                "id": "w",
                "kind": "report",
                "rrule": "FREQ=DAILY",
                "starts": "2025-06-06T17:00",
                "audience": draw(someone),
            }
        ],
        "contacts": [
            {"name": name, "side": "client", "level": "senior", "role": f"role of {name}", "may": ["sign"]}
            for name in people
        ],
    }


def read(text: str) -> Said:
    """Return what the letter *text* says, but for the hash of the text itself."""
    said = read_letter(Path("letter.toml"), text.encode(), READING, nothing(Account())).said
    return said._replace(agreement={**said.agreement, "document_sha256": ""})


@settings(max_examples=60, deadline=None)
@given(letters())
def test_a_letter_read_written_and_read_again_says_the_same(letter: dict[str, Any]) -> None:
    first = read(written(letter))

    assert read(written(content(first, READING))) == first


@given(texts)
def test_a_text_between_quotes_is_read_as_it_was(text: str) -> None:
    line = f'a = "{shielded(text)}"'

    assert tomllib.loads(line) == {"a": text}
    assert not any(map(hidden, line))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.at("2025-03-03T09:00")
    lines = ("engage init --zone Europe/London", 'engage open northwind --account "Northwind"')
    made.runs(*lines, "engage agreed --template > letter.toml", "engage agreed letter.toml")
    return made


def test_a_version_given_as_toml_is_no_new_version(terminal: Terminal) -> None:
    terminal.run("engage letter --format toml > v2.toml")

    answer = terminal.run("engage agreed v2.toml")

    assert answer == ("No difference from version 1: nothing was recorded.\n", "", 0)


def test_what_was_erased_is_said_to_be_and_can_be_left_so_in_a_new_version(terminal: Terminal) -> None:
    for number, field in ((11, "scope"), (15, "title"), (6, "name")):
        assert terminal.run(f"engage erase {number} {field} --ground request --yes").code == 0
    terminal.run("engage letter --format toml > v2.toml")

    answer = terminal.run("engage agreed v2.toml")
    page = terminal.run("engage letter").out

    assert answer == ("No difference from version 1: nothing was recorded.\n", "", 0)
    assert "\n## 1. Scope and results\n\n(erased or withheld)\n" in page
    assert "| M2 | (erased or withheld) |" in page
    assert "| c2 (erased or withheld) | Client sponsor |" in page


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ('erased = ["timeframe"]', 'line 2, erased: "timeframe" cannot be erased.'),
        ('erased = ["relationship"]\n[relationship]\nmode = "advisor"', "relationship: is said to be erased."),
    ],
)
def test_what_is_called_erased_must_be(terminal: Terminal, line: str, refusal: str) -> None:
    (terminal.folder / "v2.toml").write_text(f'currency = "GBP"\n{line}\n', encoding="utf-8")

    assert refusal in terminal.run("engage agreed v2.toml").err
