"""What follows from something private is private too: it would tell of it."""

import json
from pathlib import Path

import pytest

from tests.transcripts import Terminal

HIDDEN = "agreed M2 secret --due 2025-04-03 --private"
OWED = "agreed O1 secret --due 2025-04-03 --private"
FOLLOWS = {
    "an answer": ('request ann "what is it?" --private', 'answer R1 "this"'),
    "a promise to answer": ('request ann "what is it?" --private', "answer R1 --promise 2025-01-10 --because later"),
    "how news was verified": ('bad-news "it broke" --private', 'verified N1 "I saw it"'),
    "how a concern that was felt ended": ('concern "it is off"', 'concern --resolved C1 "it was not"'),
    "how a concern that was raised in private ended": (
        'concern --raised "it is off" --to ann --private', 'concern --resolved C1 "it was not"'),
    "that an action was done": (
        "action look --after M1 --due 2025-01-10 --private", 'action --done A1 --outcome "it is fine"'),
    "that a milestone will be late": (HIDDEN, "slipped M2 --forecast 2025-04-10"),
    "that a slip will not come": ("slipped M1 --forecast 2025-04-10 --private", "slipped M1 --averted"),
    "that a milestone was delivered": (HIDDEN, "delivered M2"),
    "how a milestone was judged": (HIDDEN, "accepted M2 --by ann"),
    "another date": (HIDDEN, "rescheduled M2 --to 2025-04-10"),
    "that a milestone was let go": (HIDDEN, "released M2"),
    "that what they owe comes later": (OWED, "slipped O1 --forecast 2025-04-10"),
    "that what they owe came": (OWED, "delivered O1"),
}  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A ledger with somebody to talk to and something to act on."""
    terminal = Terminal(tmp_path)
    for words in (
        "init",
        "open northwind --account acme",
        "person ann --side client --level senior",
        "agreed M1 pilot --due 2025-02-03",
    ):
        assert terminal.run(f"engage {words}").code == 0
    return terminal


@pytest.mark.parametrize("first", ["private", "shared"])
@pytest.mark.parametrize(("words", "then"), FOLLOWS.values(), ids=FOLLOWS)
def test_what_follows_is_as_private_as_what_it_follows_from(
    terminal: Terminal, words: str, then: str, first: str
) -> None:
    begun = terminal.run(f"engage {words}")
    if first == "shared":
        number = begun.out.partition("#")[2].split()[0]
        terminal.run(f"engage correct {number} --visibility shared --because x")

    answer = terminal.run(f"engage {then}")

    assert (answer.code, answer.out.split("\n")[0].endswith(f", {first})")) == (0, True), answer


def test_what_they_were_told_of_something_private_is_shared_with_them(terminal: Terminal) -> None:
    terminal.run('engage bad-news "it broke" --private')

    told = terminal.run("engage told N1 ann --by call")

    assert (told.code, told.out.split("\n")[0].endswith(", shared)")) == (0, True), told


def test_a_line_of_json_follows_what_is_private_too_unless_it_says_otherwise(terminal: Terminal) -> None:
    terminal.run(f"engage {HIDDEN}")
    line = {"type": "milestone-delivered", "subject": "engagement/northwind", "data": {"milestone_id": "M2"}}
    lines = [json.dumps(line), json.dumps({**line, "visibility": "shared"})]

    answers = [terminal.engage(["record", "-"], each.encode()) for each in lines]

    assert [answer.out.split("\n")[0].rpartition(", ")[2] for answer in answers] == ["private)", "shared)"]


def test_a_correction_that_would_be_more_private_than_what_it_corrects_is_refused(terminal: Terminal) -> None:
    number = terminal.run('engage bad-news "it broke"').out.partition("#")[2].split()[0]
    entry = json.loads(terminal.run(f"engage show {number} --json").out)["id"]
    line = {
        "type": "entry-corrected",
        "subject": "engagement/northwind",
        "visibility": "private",
        "data": {"entry": entry, "kind": "withdraw", "reason": "counsel says so"},
    }

    answer = terminal.engage(["record", "-"], json.dumps(line).encode())

    assert (answer.code, f"#{number} is shared" in answer.err) == (3, True), answer
