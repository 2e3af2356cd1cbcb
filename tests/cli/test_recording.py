"""The recording verbs: what they take words for, who is meant, what can be taken back, and what a terminal is spared."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cli.app import App
from ledger_cli.asking.granting import scopes
from ledger_cli.asking.typed import money

from ledger.errors import Malformed, Refused
from ledger.names import pick
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

BEGUN = (
    "engage init --zone Europe/London --holidays GB-ENG",
    'engage open northwind --account "Northwind Theatre"',
    'engage person northwind "Client sponsor" --side client --level executive --may sign,accept',
    'engage person "Delivery lead" --side provider --level manager --may sign',
    'engage agreed M1 "get-in plan" --due 2025-05-16',
    'engage agreed M2 "dress rehearsal" --due 2025-06-27',
    "engage slipped M2 --forecast 2025-07-18 --aware yesterday",
    "engage slipped M1 --forecast 2025-06-20 --told sponsor",
    'engage bad-news "The hall is double-booked."',
)
PEOPLE = {"c1": ["Ann Ojo", "client sponsor"], "c2": ["Bo Lind", "stage manager"], "c3": ["Ann Ek", "house manager"]}
VERBS = (
    'engage agreed M3 "first night" --due 2025-09-12',
    'engage agreed O1 "keys" --due 2025-06-20',
    "engage slipped M1 --forecast 2025-07-01",
    "engage slipped M2 --averted",
    "engage told S1 sponsor --by email",
    "engage told N1 sponsor",
    "engage rescheduled M2 --to 2025-07-18 --agreed-by sponsor",
    "engage delivered M1",
    "engage accepted M1 --by sponsor",
    'engage good-news "The vendor is early."',
    "engage report --to sponsor --no-change",
    "engage ack S2 --by sponsor",
    'engage contact sponsor "talked about the venue"',
    'engage request sponsor "Which hall?"',
    'engage request --ours sponsor "Which hall?"',
    'engage verified N1 "rang them" --refuted',
    'engage concern "They doubt the date."',
    'engage concern --raised "They doubt the date." --from sponsor',
    "engage feedback --from sponsor trust=8 --scale 0-10 --wave 2025-q2",
    'engage dispute --raised-by client --item M2 "Too late."',
    "engage close --reason mutual",
    "engage correct 12 --aware 2025-06-01 --because 'an older mail'",
    "engage correct 12 --set forecast=2025-07-25 --set why='the vendor' --because 'misread'",
)
TABLES = (
    "milestones",
    "slips",
    "news",
    "feedback",
    "agreements",
    "engagement_status",
    "signals",
    "flags",
    "requests",
    "concerns",
)


GROWING = {"last_position", "updated_at", "updated_at_unix", "positions", "entries", "position", "entry"}
GROWING |= {"entry_count", "last_entry", "last_recorded", "last_recorded_unix"}
AS_THE_NEWEST = {"engagement_status": {"visibility"}}
"""What is so of the newest entry: that something private was taken back is private too."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an engagement under way, to be copied."""
    folder: Path = tmp_path_factory.mktemp("begun")
    terminal = Terminal(folder)
    terminal.at("2025-06-06T09:20")
    terminal.runs(*BEGUN)
    return folder


@pytest.fixture
def terminal(begun: Path, tmp_path: Path) -> Terminal:
    made = Terminal(shutil.copytree(begun, tmp_path / "home"))
    made.at("2025-06-06T09:20")
    return made


def tables(terminal: Terminal) -> dict[str, Any]:
    """Return what the tables say, but for how new they are and which entries they stand on."""
    app = App(clock=lambda: terminal.now, path_given=str(terminal.folder / "ledger"))
    with app.model() as model:
        rows = {
            name: [{c: v for c, v in row.items() if c not in GROWING | left_out} for row in model.rows(name)]
            for name in TABLES
            for left_out in [AS_THE_NEWEST.get(name, set())]
        }
    return {name: sorted(found, key=str) for name, found in rows.items()}


@pytest.mark.parametrize("verb", VERBS)
def test_undo_brings_back_what_stood_before_any_verb(terminal: Terminal, verb: str) -> None:
    before = tables(terminal)
    for command in (verb, "engage undo"):
        answer = terminal.run(command)
        assert answer.code == 0, answer.err

    after = tables(terminal)

    assert after == before


def test_undo_takes_back_one_act_after_the_other_and_never_twice(terminal: Terminal) -> None:
    taken = []
    while (answer := terminal.run("engage undo --json")).code == 0:
        (row,) = json.loads(answer.out)["recorded"]
        taken.append(row["data"]["entry"])

    assert len(taken) == len(set(taken)) == 11
    assert answer.err.startswith("#4 opened this engagement")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("client sponsor", "c1"), ("Sponsor", "c1"), ("ANN  OJO", "c1"), ("c3", "c3"), ("house", "c3"), ("bo", "c2")],
)
def test_somebody_is_meant_by_a_word_that_only_they_have(said: str, meant: str) -> None:
    assert pick(PEOPLE, said) == meant


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("manager", '"manager" may be c2 (Bo Lind, stage manager) or c3 (Ann Ek, house manager).'),
        ("ann", '"ann" may be c1 (Ann Ojo, client sponsor) or c3 (Ann Ek, house manager).'),
        ("sponsr", 'No contact "sponsr". Did you mean client sponsor?'),
        ("nobody", 'No contact "nobody".'),
    ],
)
def test_a_word_that_two_have_or_nobody_has_is_asked_about(said: str, answer: str) -> None:
    with pytest.raises(Refused) as refused:
        pick(PEOPLE, said)

    assert refused.value.message == answer


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("4200.00 GBP", "GBP", 420_000),
        ("GBP 4,200", "GBP", 420_000),
        ("0.5 eur", "EUR", 50),
        ("500 JPY", "JPY", 500),
        ("1.250 KWD", "KWD", 1_250),
    ],
)
def test_money_is_kept_in_the_minor_unit_of_its_currency(text: str, currency: str, minor: int) -> None:
    assert money(text) == {"currency": currency, "minor": minor}


@pytest.mark.parametrize(
    "text", ["", "12", "GBP", "-1 GBP", "1.001 GBP", "0.5 JPY", "GBP 1 EUR", "1e3 GBP", "£5", "180 ABC"]
)
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        money(text)


@given(st.integers(0, 10**15), st.sampled_from(["GBP", "EUR", "USD"]))
def test_money_of_any_size_is_read_to_the_penny(minor: int, currency: str) -> None:
    assert money(f"{minor // 100}.{minor % 100:02} {currency}") == {"currency": currency, "minor": minor}


def test_scopes_may_be_said_with_hyphens_and_spaces() -> None:
    assert scopes("sign, receive-notice,make_changes") == ["sign", "receive_notice", "make_changes"]


def test_authority_is_granted_by_the_first_of_that_side_who_has_it(terminal: Terminal) -> None:
    answer = terminal.run("engage person 'Stage manager' --side client --level manager --may accept --json")

    granted = [row["data"] for row in json.loads(answer.out)["recorded"] if row["type"] == "authority-changed"]
    assert [(grant["contact"], grant["granted_by"], grant["valid_from"]) for grant in granted] == [
        ("c3", "c1", "2025-06-06")
    ]


def test_opening_an_engagement_twice_adds_nothing(terminal: Terminal) -> None:
    answer = terminal.run("engage open northwind --account northwind-theatre")

    assert (answer.code, answer.out.split("  ")[0]) == (0, "Already recorded as #4")


def test_an_account_is_known_by_its_name_again(terminal: Terminal) -> None:
    rows = json.loads(terminal.run('engage open harbour --account "Northwind Theatre" --json').out)["recorded"]

    assert [(row["type"], row["account_alias"]) for row in rows] == [("engagement-opened", "northwind-theatre")]


def test_an_engagement_is_meant_by_a_setting_where_there_are_several(terminal: Terminal) -> None:
    terminal.run("engage open harbour --account northwind-theatre")

    unsaid = terminal.run('engage bad-news "x"')
    said = terminal.run('ENGAGE_ENGAGEMENT=harbour engage bad-news "x" --json')

    assert (unsaid.code, unsaid.err.splitlines()) == (
        2,
        [
            "Something is missing. Which engagement? Open are: harbour, northwind.",
            "  engage bad-news ENGAGEMENT x",
        ],
    )
    assert json.loads(said.out)["recorded"][0]["engagement_alias"] == "harbour"


def test_what_others_wrote_moves_no_cursor(terminal: Terminal) -> None:
    hostile = "\x1b[2Jcleared\u202egnp.exe"

    answer = terminal.run(f"engage agreed M9 '{hostile}' --due 2025-09-01 --note 'a\x07b'")
    shown = terminal.run(f"engage person 'Eve' --side client --level senior --role '{hostile[4:]}'")

    assert not {"\x1b", "\u202e", "\x07"} & set(answer.out + answer.err + shown.out + shown.err)


def test_private_is_private_and_said_to_be(terminal: Terminal) -> None:
    assert terminal.run('engage bad-news "x" --private').out.splitlines()[0].endswith(", private)")


def test_evidence_is_kept_by_its_hash(terminal: Terminal) -> None:
    missing = terminal.run("engage delivered M1 --evidence nowhere.pdf")
    (terminal.folder / "plan.pdf").write_bytes(b"%PDF")
    given_one = terminal.run("engage delivered M1 --evidence plan.pdf --json")

    refused = "nowhere.pdf cannot be read: No such file or directory. Nothing was recorded."
    assert (missing.code, missing.err.splitlines()[0]) == (3, refused)
    assert json.loads(given_one.out)["recorded"][0]["data"]["evidence_count"] == 1


def test_a_correction_keeps_the_value_before(terminal: Terminal) -> None:
    rows = json.loads(terminal.run("engage correct 12 --set forecast=2025-07-25 --because misread --json").out)[
        "recorded"
    ]

    assert rows[0]["data"]["changes"] == [{"path": "data.forecast", "before": '"2025-07-18"', "after": '"2025-07-25"'}]


def test_the_help_of_a_type_names_its_choices_as_they_are_typed(tmp_path: Path) -> None:
    answer = Terminal(tmp_path).run("engage record entry-corrected --help")

    assert "amend|withdraw|reinstate" in answer.out
    assert "Literal" not in answer.out
