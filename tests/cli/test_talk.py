"""The verbs of talk: what each records, of whom, for whose eyes, and what it refuses."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from ledger.names import read_stream
from ledger.stores.reading import SqliteReader
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

BEGUN = (
    "engage init --zone Europe/London --holidays GB-ENG",
    'engage open northwind --account "Northwind Theatre"',
    'engage person northwind "Client sponsor" --side client --level executive --email sponsor@client.example',
    'engage person "Producer" --side client --level manager',
    'engage agreed M2 "dress rehearsal" --due 2025-06-27',
    'engage request sponsor "Which hall?" --by call',
    'engage bad-news "The hall is double-booked." --aware yesterday',
    'engage concern "They doubt the date." --topic delivery --about M2',
)
HOSTILE = "\x1b[2Jgone\u202egnp.exe\x07"
CONTACT = {"kind": "call", "direction": "outbound", "purpose": "update", "participants": ["c1"], "substantive": True}
SENT: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a contact is a call of ours, and substantive, unless said": (
        'engage contact sponsor "talked about the venue"',
        "contact-made",
        {**CONTACT, "about": [], "substance": "talked about the venue"},
    ),
    "a contact of several is with each of them once": (
        'engage contact sponsor,producer "talked about the venue" --with c1 --kind meeting --minutes 60 --inbound',
        "contact-made",
        {**CONTACT, "kind": "meeting", "direction": "inbound", "participants": ["c1", "c2"], "minutes": 60, "about": [],
         "substance": "talked about the venue"},
    ),
    "next to nothing said does not count as substantive": (
        'engage contact sponsor "  hello    "',
        "contact-made",
        {**CONTACT, "substantive": False, "about": [], "substance": "  hello    "},
    ),
    "a chase is about what it asks for": (
        'engage contact sponsor "asked for the hall again" --purpose chase --about R1,M2 --in-passing',
        "contact-made",
        {**CONTACT, "purpose": "chase", "substantive": False, "about": ["request:R1", "milestone:M2"],
         "substance": "asked for the hall again"},
    ),
    "a request is a question by email that wants a reply, unless said": (
        'engage request sponsor "Where?"',
        "request-received",
        {"request_id": "R2", "from_contact": "c1", "kind": "question", "channel": "email", "needs_reply": True,
         "text": "Where?"},
    ),
    "an instruction out of scope has its worth": (
        'engage request sponsor "A bar." --kind instruction --scope no --part scope --value "4200 GBP" --no-reply',
        "request-received",
        {"request_id": "R2", "from_contact": "c1", "kind": "instruction", "channel": "email", "needs_reply": False,
         "in_scope": "no", "part": "scope", "value": {"currency": "GBP", "minor": 420000}, "text": "A bar."},
    ),
    "what we ask may go to several, and hold up a milestone": (
        'engage request --ours "sponsor, producer" "Who signs?" --blocks m2 --by letter',
        "request-sent",
        {"request_id": "R2", "to": ["c1", "c2"], "kind": "question", "channel": "letter", "blocks": ["M2"],
         "text": "Who signs?"},
    ),
    "an answer goes the way the request came": (
        "engage answer r1",
        "request-answered",
        {"request_id": "R1", "channel": "call"},
    ),
    "a promise of an answer has its reason": (
        'engage answer northwind R1 --promise "fri 12:00" --because "they are away" --by email',
        "holding-reply-sent",
        {"request_id": "R1", "channel": "email", "promised_by": "2025-06-06T11:00:00.000000Z",
         "reason": "they are away"},
    ),
    "the reason of a promise may stand where a text stands": (
        'engage answer R1 "they are away" --promise 2025-06-06',
        "holding-reply-sent",
        {"request_id": "R1", "channel": "call", "promised_by": "2025-06-06", "reason": "they are away"},
    ),
    "news that is looked into was so, unless said": (
        'engage verified N1 "rang them" --means "a day is lost"',
        "news-verified",
        {"news_id": "N1", "verdict": "confirmed", "implications_stated": True, "method": "rang them",
         "implications": "a day is lost"},
    ),
    "news may be refuted": (
        'engage verified northwind n1 "rang them" --refuted',
        "news-verified",
        {"news_id": "N1", "verdict": "refuted", "implications_stated": False, "method": "rang them"},
    ),
    "a concern is raised about what it was felt of": (
        'engage concern --raised C1 "We doubt the date." --to sponsor --by call --view "They too."',
        "concern-raised",
        {"concern_id": "C1", "topic": "delivery", "raised_by": "provider", "to": ["c1"], "channel": "call",
         "about": ["milestone:M2"], "client_view_stated": True, "text": "We doubt the date.",
         "client_view": "They too."},
    ),
    "a concern of theirs was never felt by us": (
        'engage concern --raised "It costs too much." --from sponsor --topic price',
        "concern-raised",
        {"concern_id": "C2", "topic": "price", "raised_by": "client", "by": "c1", "to": [], "about": [],
         "client_view_stated": False, "text": "It costs too much."},
    ),
    "a concern is resolved as it is said": (
        'engage concern --resolved C1 "It held." --outcome agreed-to-differ --unconfirmed',
        "concern-resolved",
        {"concern_id": "C1", "outcome": "agreed_to_differ", "confirmed": False, "how": "It held."},
    ),
}  # fmt: skip
REFUSED = {
    'engage contact spnsor "talked about the venue"': (3, 'No contact "spnsor". Did you mean client sponsor?'),
    'engage contact sponsor "talked about it" --about M9': (3, 'No milestone "M9".'),
    'engage contact sponsor "talked about it" --cadence weekly': (3, 'No cadence "weekly".'),
    "engage contact sponsor": (2, "Something is missing. What did you speak of?"),
    'engage contact sponsor " "': (3, "contact-made, field substance"),
    "engage answer R7": (3, 'No request "R7".'),
    "engage answer": (2, "Something is missing. Which request?"),
    "engage answer R1 --promise fri": (2, "Something is missing. Why must it wait?"),
    "engage answer R1 --promise someday --because x": (3, '"someday" is no date'),
    "engage answer R1 --because x": (2, "--because goes with --promise WHEN."),
    "engage answer R1 --at 2025-06-01": (3, "Answered 2025-06-01, before it was asked"),
    'engage request --ours sponsor "?" --scope no': (2, "--scope is not said of what we ask (--ours)."),
    'engage request sponsor "?" --blocks M2': (2, "--blocks is only said of what we ask (--ours)."),
    'engage request --ours sponsor "?" --blocks M9': (3, 'No milestone "M9".'),
    'engage request sponsor "?" --value 5': (3, '"5" is no amount.'),
    'engage verified N4 "x"': (3, 'No news "N4".'),
    'engage concern --raised C4 "x"': (3, 'No concern "C4".'),
    "engage concern --raised C1": (2, "Something is missing. What was said?"),
    'engage concern "x" --to sponsor': (2, "--to goes with --raised."),
    'engage concern "x" --confirmed': (2, "--confirmed goes with --resolved."),
    "engage concern --resolved C9": (3, 'No concern "C9".'),
    "engage concern --raised C1 x --resolved C1": (2, "A concern is raised or resolved in one breath, not both."),
    'engage contact --account nrthwind sponsor "talked about it"': (3, 'No account "nrthwind".'),
    'engage contact --account northwind-theatre northwind sponsor "talked about it"': (2, "Too many words;"),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an engagement that is talked about, to be copied."""
    folder: Path = tmp_path_factory.mktemp("begun")
    terminal = Terminal(folder)
    terminal.at("2025-06-03T10:00")
    terminal.runs(*BEGUN)
    return folder


@pytest.fixture
def terminal(begun: Path, tmp_path: Path) -> Terminal:
    made = Terminal(shutil.copytree(begun, tmp_path / "home"))
    made.at("2025-06-03T11:00")
    return made


def recorded(terminal: Terminal, line: str) -> dict[str, Any]:
    """Return the row of the one entry that *line* records, its texts among its data."""
    answer = terminal.run(f"{line} --json")
    assert answer.code == 0, answer.err
    (row,) = json.loads(answer.out)["recorded"]
    reader = SqliteReader(str(terminal.folder / "ledger" / "ledger.db"))
    fact = read_stream(reader, row["stream"], texts=True)[-1]
    reader.close()
    return {**row, "data": dict(fact.event.data)}


@pytest.mark.parametrize("case", SENT)
def test_a_verb_of_talk_records_one_fact(terminal: Terminal, case: str) -> None:
    line, event_type, data = SENT[case]

    row = recorded(terminal, line)

    assert (row["type"], row["data"]) == (event_type, data)


@pytest.mark.parametrize("line", REFUSED)
def test_what_names_nothing_or_lacks_something_is_refused_and_nothing_recorded(terminal: Terminal, line: str) -> None:
    code, said = REFUSED[line]
    before = terminal.run("engage log --jsonl").out

    answer = terminal.run(line)

    assert (answer.code, answer.err[: len(said)]) == (code, said)
    assert terminal.run("engage log --jsonl").out == before


def test_of_us_whoever_records_took_part_if_they_are_known_and_no_other_is_named(terminal: Terminal) -> None:
    terminal.run("engage person 'Crew chief' --side provider --level manager")
    only = recorded(terminal, 'engage contact sponsor "talked about the crew"')
    terminal.run("engage person 'Delivery lead' --side provider --level senior")
    mine = recorded(terminal, 'engage contact sponsor "talked about the crew" --purpose check-in')
    named = recorded(terminal, 'engage contact sponsor "talked about the crew" --with "crew chief"')

    assert [row["data"]["participants"] for row in (only, mine, named)] == [["c1", "c3"], ["c1", "c4"], ["c1", "c3"]]


def test_a_check_in_keeps_the_only_rhythm_of_them(terminal: Terminal) -> None:
    rhythm = "--rrule FREQ=WEEKLY --starts 2025-06-06T10:00 --calendar default"
    terminal.run(f"engage record cadence-agreed --cadence-id call --kind check_in {rhythm}")

    kept = recorded(terminal, 'engage contact sponsor "all is well with them" --purpose check-in')
    other = recorded(terminal, 'engage contact sponsor "all is well with them"')

    assert (kept["data"].get("cadence_id"), other["data"].get("cadence_id")) == ("call", None)


def test_what_was_felt_is_not_told_where_it_is_raised(terminal: Terminal) -> None:
    felt = json.loads(terminal.run("engage log --jsonl").out.splitlines()[-1])

    raised = recorded(terminal, 'engage concern --raised C1 "Is the date safe?"')

    assert (felt["visibility"], raised["visibility"]) == ("private", "shared")
    assert "They doubt the date." not in json.dumps(raised["data"])


@pytest.mark.parametrize(
    ("first", "visibility"), [("engage status", "private"), ('engage concern --raised C1 "Is it safe?"', "shared")]
)
def test_a_concern_ends_as_private_as_it_was(terminal: Terminal, first: str, visibility: str) -> None:
    terminal.run(first)

    assert recorded(terminal, "engage concern --resolved C1")["visibility"] == visibility


def test_a_request_is_answered_once(terminal: Terminal) -> None:
    first, again = (terminal.run('engage answer R1 "The small one."') for _ in range(2))
    other = terminal.run('engage answer R1 "The large one."')

    assert (first.out.split("  ")[0], again.out.split("  ")[0]) == ("Recorded #11", "Already recorded as #11")
    assert (other.code, other.err.splitlines()[0]) == (
        3,
        "R1 was answered in #11, in other words. Nothing was recorded.",
    )


def test_a_promise_that_lies_behind_is_recorded_and_flagged(terminal: Terminal) -> None:
    answer = terminal.run("engage answer R1 --promise 2025-06-02 --because 'it was said on the phone'")

    assert (answer.code, "Flagged promise-not-ahead" in answer.out) == (0, True)


def test_talk_with_a_client_who_has_no_engagement_stands_in_their_account(terminal: Terminal) -> None:
    on = "--account northwind-theatre"
    lines = (
        f'engage contact {on} sponsor "met at the fair in town"',
        f'engage request {on} sponsor "When could you begin?"',
        f"engage answer {on} R1",
        f'engage bad-news {on} "They have no budget."',
        f'engage verified {on} N1 "their annual report"',
        f"engage told {on} N1 sponsor",
        f'engage concern {on} "They want it cheap."',
        f"engage concern {on} --resolved C1",
        f"engage report {on} --to sponsor",
    )

    rows = [recorded(terminal, line) for line in lines]

    assert {row["stream"].partition("/")[0] for row in rows} == {"account"}
    assert {row["engagement"] for row in rows} == {None}


@pytest.mark.parametrize(
    "line",
    [
        "engage contact sponsor '{}'",
        "engage request sponsor '{}'",
        "engage request --ours sponsor '{}'",
        "engage answer R1 '{}'",
        "engage answer R1 --promise fri --because '{}'",
        "engage verified N1 '{}'",
        "engage concern '{}'",
        "engage concern --raised '{}' --view '{}'",
        "engage concern --resolved C1 '{}'",
        "engage contact '{}' 'talked about the venue'",
        "engage answer '{}'",
    ],
)
def test_what_others_said_moves_no_cursor(terminal: Terminal, line: str) -> None:
    answer = terminal.run(line.format(HOSTILE, HOSTILE))
    log = terminal.run("engage log")

    assert not {"\x1b", "\u202e", "\x07"} & set(answer.out + answer.err + log.out)


@pytest.mark.parametrize("word", ["contact", "request", "answer", "verified", "concern", "report", "told", "bad-news"])
def test_the_help_of_a_verb_has_examples_that_fit_a_terminal(terminal: Terminal, word: str) -> None:
    lines = terminal.run(f"engage {word} --help").out.splitlines()

    examples = [line for line in lines if line.startswith(f"  engage {word} ")]
    assert len(examples) >= 2
    assert max(map(len, examples)) <= 120
