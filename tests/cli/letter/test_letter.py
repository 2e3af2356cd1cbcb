"""The letter of agreement: what it records, what a new version moves, and where its errors point."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from ledger_cli.letter.source import parse

from ledger.errors import Malformed
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'currency = "GBP"\n'
CONTACTS = """
[[contacts]]
name = "Delivery lead"
side = "provider"
level = "manager"
may = ["sign"]
[[contacts]]
name = "Client sponsor"
side = "client"
level = "executive"
may = ["sign", "accept"]
"""
M2 = '\n[[milestones]]\nid = "M2"\ntitle = "dress rehearsal"\ndue = 2025-06-27\n'

WRONG: dict[str, tuple[str, str]] = {
    "no currency": ('value = "1 GBP"\n', 'line 1, the letter: lacks "currency".'),
    "a currency that is none": ('currency = "pounds"\n', 'line 1, currency: "pounds" is no currency'),
    "a day that does not exist": (
        HEAD + "[timeframe]\ncompletion = 2025-02-30\n",
        'line 3, timeframe.completion: "2025-02-30" is no date.',
    ),
    "a day in words": (HEAD + '[timeframe]\ncompletion = "soon"\n', 'line 3, timeframe.completion: "soon" is no date.'),
    "a time where a day is wanted": (
        HEAD + "[timeframe]\ncompletion = 2025-06-27T12:00\n",
        "line 3, timeframe.completion:",
    ),
    "a number where a date is wanted": (
        HEAD + "[timeframe]\ncompletion = 5\n",
        "line 3, timeframe.completion: 5 is no date.",
    ),
    "money without a currency": (HEAD + 'value = "4200.00"\n', 'line 2, value: "4200.00" is no amount.'),
    "money finer than pence": (HEAD + 'value = "4200.001 GBP"\n', "line 2, value:"),
    "money in another currency": (HEAD + 'value = "42 EUR"\n', "line 1, currency: An amount in EUR"),
    "money below zero": (HEAD + 'value = "-42 GBP"\n', 'line 2, value: "-42 GBP" is no amount.'),
    "an unknown line": (HEAD + 'colour = "red"\n', "line 2, colour: a letter has no such line here."),
    "a line spelt wrong": (
        HEAD + 'vallue = "1 GBP"\n',
        "line 2, vallue: a letter has no such line here. Did you mean value?",
    ),
    "a needed line spelt wrong": (
        HEAD + M2.replace("title", "titel"),
        "line 5, milestones[1].titel: a letter has no such line",
    ),
    "a word outside its set": (
        HEAD + '[compensation]\nbasis = "flatt"\n',
        'line 3, compensation.basis: "flatt" is none of',
    ),
    "text where a list is wanted": (HEAD + '[scope]\nin = "all"\n', "line 3, scope.in: 'all' is not a list."),
    "a number in a list of texts": (HEAD + "[scope]\nin = [1]\n", "line 3, scope.in: item 1 is no text."),
    "a truth in words": (
        HEAD + '[confidentiality]\napplies = "yes"\n',
        "line 3, confidentiality.applies: 'yes' is not true or false.",
    ),
    "an empty text": (HEAD + M2.replace("dress rehearsal", " "), "line 5, milestones[1].title: is empty."),
    "a milestone without a date": (
        HEAD + '\n[[milestones]]\nid = "M2"\ntitle = "x"\n',
        'line 3, milestones[1]: lacks "due".',
    ),
    "a milestone id that is none": (HEAD + M2.replace("M2", "X2"), "line 4, milestones[1].id: 'X2'"),
    "the second of two milestones": (
        HEAD + M2 + M2.replace("M2", "M3").replace("06-27", "06-31"),
        "line 11, milestones[2].due",
    ),
    "a milestone twice": (
        HEAD + M2 + M2.replace("06-27", "06-28"),
        "line 8, milestones[2]: milestone-agreed M2 was recorded",
    ),
    "a dependency on nothing": (HEAD + M2 + 'depends_on = ["M9"]\n', 'milestones[1]: No milestone "M9".'),
    "a stranger as owner": (
        HEAD + '[[obligations]]\nid = "O1"\ntitle = "x"\nkind = "access"\ndue = 2025-06-01\nowner = "Zoe"\n',
        'line 7, obligations[1].owner: No contact "Zoe".',
    ),
    "a rule that is none": (
        HEAD + '[[cadences]]\nid = "w"\nkind = "report"\nrrule = "WEEKLY"\nstarts = 2025-06-06T17:00\n',
        "line 5, cadences[1].rrule:",
    ),
    "a start without a time": (
        HEAD + '[[cadences]]\nid = "w"\nkind = "report"\nrrule = "FREQ=DAILY"\nstarts = 2025-06-06\n',
        'line 6, cadences[1].starts: "2025-06-06" is no time of day',
    ),
    "a cadence nobody agreed": (HEAD + '[evaluation]\nformat = "talk"\ncadence = "weekly"\n', 'No cadence "weekly".'),
    "a scope of authority that is none": (
        HEAD + CONTACTS.replace('"sign"]', '"singn"]', 1),
        'line 7, contacts[1].may: Nobody may "singn". Did you mean sign?',
    ),
    "somebody twice": (HEAD + CONTACTS + CONTACTS, 'contacts[3].name: "Delivery lead" stands in the letter twice.'),
    "a retention that ends first": (
        HEAD + "[retention]\nfrom = 2025-06-02\nto = 2025-06-01\nnotice_days = 1\n",
        "line 4, retention.to: The retention ends before it begins.",
    ),
    "a bonus threshold in words": (
        HEAD
        + '[compensation]\nbasis = "flat"\n[[compensation.bonuses]]\nresult = "R1"\nthreshold = "high"\namount = "1 GBP"\n',
        "line 6, compensation.bonuses[1].threshold: 'high'",
    ),
    "no TOML": (HEAD + "value = = 3\n", "line 2: no TOML: Invalid value."),
    "an open quote": ('currency = "GBP\n', "line 1: no TOML: a text is not closed with a quote."),
    "a key twice": (HEAD + HEAD, "line 2: no TOML:"),
    "not UTF-8": (HEAD + "value = 'caf\udce9'\n", "line 2: not UTF-8 (0xe9)."),
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.at("2025-03-03T09:00")
    made.runs("engage init --zone Europe/London", 'engage open northwind --account "Northwind Theatre"')
    return made


def recorded(terminal: Terminal, letter: str, *options: str) -> list[dict[str, Any]]:
    """Return the entries that *letter* adds, as rows of the audit trail."""
    (terminal.folder / "letter.toml").write_text(letter, "utf-8")
    answer = terminal.run(f"engage agreed letter.toml --json {' '.join(options)}")
    assert answer.code == 0, answer.err
    return [row for row in json.loads(answer.out)["recorded"] if row["new"]]


def read(terminal: Terminal, letter: str) -> dict[str, Any]:
    """Return the fields of the agreement that *letter* would draft."""
    (terminal.folder / "letter.toml").write_text(letter, "utf-8")
    answer = terminal.run("engage agreed letter.toml --dry-run --json")
    (data,) = (event["data"] for event in json.loads(answer.out)["would_record"])
    return dict(data)


@pytest.mark.parametrize("case", WRONG)
def test_an_error_names_line_and_field_and_nothing_is_recorded(terminal: Terminal, case: str) -> None:
    letter, expected = WRONG[case]
    (terminal.folder / "letter.toml").write_bytes(letter.encode("utf-8", "surrogateescape"))
    before = terminal.run("engage verify").out

    answer = terminal.run("engage agreed letter.toml")

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("letter.toml, ")
    assert expected in answer.err
    assert terminal.run("engage verify").out.split("\n")[1] == before.split("\n")[1]  # the root


def test_the_template_is_a_letter(terminal: Terminal) -> None:
    rows = recorded(terminal, terminal.run("engage agreed --template").out)

    counts = {name: sum(row["type"] == name for row in rows) for name in {row["type"] for row in rows}}
    assert counts == {
        "contact-added": 2,
        "authority-changed": 4,
        "agreement-drafted": 1,
        "cadence-agreed": 2,
        "milestone-agreed": 2,
        "obligation-agreed": 1,
    }


def test_a_dry_run_says_what_it_would_record_and_records_nothing(terminal: Terminal) -> None:
    (terminal.folder / "letter.toml").write_text(HEAD + M2 + CONTACTS, "utf-8")

    answer = terminal.run("engage agreed letter.toml --dry-run")

    assert [line.split(":")[0] for line in answer.out.splitlines()] == [
        *["Would record contact-added"] * 2,
        *["Would record authority-changed"] * 3,
        "Would record agreement-drafted",
        "Would record milestone-agreed",
    ]
    assert answer.err == "Version 1, 7 entries. Nothing was recorded.\n"
    assert len(recorded(terminal, HEAD + M2 + CONTACTS)) == 7


def test_what_is_signed_is_the_file_itself_unless_it_names_a_document(terminal: Terminal) -> None:
    (terminal.folder / "letter.pdf").write_bytes(b"%PDF")
    named = HEAD + 'document = "letter.pdf"\n'

    hashes = [recorded(terminal, letter, "--yes")[0]["data"]["document_sha256"] for letter in (HEAD, named)]

    assert hashes == [sha256(HEAD.encode()).hexdigest(), sha256(b"%PDF").hexdigest()]


def test_a_letter_recorded_twice_adds_nothing(terminal: Terminal) -> None:
    recorded(terminal, HEAD + M2 + CONTACTS)

    assert recorded(terminal, HEAD + M2 + CONTACTS) == []


def test_a_new_version_records_only_what_is_new_and_what_moved(terminal: Terminal) -> None:
    recorded(terminal, HEAD + M2 + CONTACTS)
    amended = HEAD + M2.replace("06-27", "07-18") + M2.replace("M2", "M3") + CONTACTS

    rows = recorded(terminal, amended, "--yes")

    assert [(row["type"], row["data"].get("milestone_id")) for row in rows] == [
        ("agreement-drafted", None),
        ("amendment-proposed", None),
        ("milestone-rescheduled", "M2"),
        ("milestone-agreed", "M3"),
    ]
    assert (rows[0]["data"]["version"], rows[0]["data"]["amends"]) == (2, 1)
    move = rows[2]["data"]
    assert (move["from_due"], move["to_due"], move["agreement_version"]) == ("2025-06-27", "2025-07-18", 2)


def test_a_version_may_be_stated(terminal: Terminal) -> None:
    (row,) = recorded(terminal, HEAD + "version = 7\n")

    assert row["data"]["version"] == 7


def test_a_version_moves_the_dates_of_milestones_and_nothing_else(terminal: Terminal) -> None:
    recorded(terminal, HEAD + M2)
    (terminal.folder / "letter.toml").write_text(HEAD + M2 + "effort_days = 4.5\n", "utf-8")

    answer = terminal.run("engage agreed letter.toml")

    assert "line 3, milestones[1]: M2 was agreed without effort_days, not 4.5." in answer.err


def test_the_first_of_a_side_to_hold_a_scope_grants_it(terminal: Terminal) -> None:
    director = '[[contacts]]\nname = "Director"\nside = "client"\nlevel = "senior"\nmay = ["sign"]\n'

    rows = recorded(terminal, HEAD + CONTACTS + director)

    grants = [row["data"] for row in rows if row["type"] == "authority-changed"]
    assert [(grant["contact"], grant["scope"], grant["granted_by"]) for grant in grants] == [
        ("c1", "sign", "c1"),
        ("c2", "sign", "c2"),
        ("c2", "accept", "c2"),
        ("c3", "sign", "c2"),
    ]


def test_a_letter_may_name_its_engagement(terminal: Terminal) -> None:
    terminal.run("engage open harbour --account northwind-theatre")

    rows = recorded(terminal, 'engagement = "harbour"\n' + HEAD)

    assert [row["engagement_alias"] for row in rows] == ["harbour"]


def test_money_is_text_or_a_table(terminal: Terminal) -> None:
    letters = (HEAD + f"value = {value}\n" for value in ('"4,200.50 GBP"', '{ amount = "4200.50", currency = "GBP" }'))

    values = [read(terminal, letter)["value"] for letter in letters]

    assert values == [{"currency": "GBP", "minor": 420_050}] * 2


def test_every_key_of_a_file_has_its_line() -> None:
    text = 'a = 1\n\n[b]\nc = """\nd = 2\n"""\n[[e]]\nf = 1\n[[e]]\nf = 2\n[e.g]\nh = 3\n[[e.i]]\nj = [\n  1,\n]\n'

    lines = parse("letter.toml", text.encode()).lines

    assert lines == {
        ("a",): 1,
        ("b",): 3,
        ("b", "c"): 4,
        ("e", 0): 7,
        ("e", 0, "f"): 8,
        ("e", 1): 9,
        ("e", 1, "f"): 10,
        ("e", 1, "g"): 11,
        ("e", 1, "g", "h"): 12,
        ("e", 1, "i", 0): 13,
        ("e", 1, "i", 0, "j"): 14,
    }


def test_a_letter_nested_too_deep_is_refused() -> None:
    with pytest.raises(Malformed):
        parse("letter.toml", b"a = " + b"[" * 20_000)
