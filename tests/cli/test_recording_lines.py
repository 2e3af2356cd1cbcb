"""JSON lines: what a line must be, and that a batch of them is recorded as a whole or not at all."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.drafts import Draft
from ledger.errors import Malformed
from ledger.jsonl import Line, lines, parse_line
from tests.every_event import GOVERNING
from tests.strategies import json_objects
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

LINE: dict[str, Any] = {"type": "slip-foreseen", "subject": "engagement/northwind", "data": {"milestone_id": "M2"}}
ID = "01974000-0000-7000-8000-000000000001"
WRONG: dict[str, tuple[bytes, str]] = {
    "no object": (b"[1]", "Not a JSON object."),
    "no JSON": (b"{type: 1}", "Not JSON:"),
    "half a line": (b'{"type": "x"', "Not JSON:"),
    "nothing but text": (b'"x"', "Not a JSON object."),
    "not UTF-8": (b'{"type": "\xe9"}', "Not UTF-8: byte 11 is 0xe9."),
    "no type": (b'{"subject": "practice", "data": {}}', 'It lacks "type".'),
    "no subject": (b'{"type": "x", "data": {}}', 'It lacks "subject".'),
    "no data": (b'{"type": "x", "subject": "practice"}', 'It lacks "data".'),
    "an unknown key": (json.dumps({**LINE, "occured": "2025-06-06"}).encode(), 'Did you mean "occurred"?'),
    "a key twice": (b'{"type": "x", "type": "y", "subject": "s", "data": {}}', '"type" stands twice'),
    "a key twice deep inside": (
        b'{"type": "x", "subject": "s", "data": {"a": [{"b": 1, "b": 2}]}}',
        '"b" stands twice',
    ),
    "a fraction": (b'{"type": "x", "subject": "s", "data": {"severity": 2.5}}', "2.5 is no whole number."),
    "an exponent": (b'{"type": "x", "subject": "s", "data": {"severity": 1e3}}', "1e3 is no whole number."),
    "no number at all": (b'{"type": "x", "subject": "s", "data": {"severity": NaN}}', "NaN is no whole number."),
    "null": (b'{"type": "x", "subject": "s", "data": {"why": null}}', '"data.why" is null.'),
    "a number for text": (json.dumps({**LINE, "aware": 20250606}).encode(), '"aware" is text, not 20250606.'),
    "text for a truth": (json.dumps({**LINE, "privileged": "yes"}).encode(), '"privileged" is true or false'),
    "a list for data": (json.dumps({**LINE, "data": []}).encode(), '"data" is an object'),
    "a day that is none": (json.dumps({**LINE, "occurred": "2025-02-30"}).encode(), '"2025-02-30" is no date.'),
    "a time without a zone": (json.dumps({**LINE, "aware": "2025-06-06T09:00:00"}).encode(), "is no date."),
    "a party that is none": (json.dumps({**LINE, "party": "us"}).encode(), '"party" cannot be "us".'),
    "an id that is none": (json.dumps({**LINE, "id": "e1"}).encode(), '"id" cannot be "e1".'),
    "nested too deep": (b"[" * 100_000, "Nested deeper"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_event_is_refused(case: str) -> None:
    raw, expected = WRONG[case]

    with pytest.raises(Malformed) as refused:
        parse_line(raw)

    assert expected in refused.value.message


@given(json_objects, st.booleans())
def test_a_line_gives_back_the_data_it_was_made_of(data: dict[str, Any], privileged: bool) -> None:
    raw = json.dumps({**LINE, "data": data, "privileged": privileged}).encode()

    assert parse_line(raw) == Draft("slip-foreseen", "engagement/northwind", data, privileged=privileged)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_draft_or_refused(raw: bytes) -> None:
    with suppress(Malformed):
        assert isinstance(parse_line(raw), Draft)


def test_time_and_actor_of_a_line_are_claims_and_moments_are_kept_in_utc() -> None:
    raw = {**LINE, "time": "2025-06-06T09:20:00+01:00", "actor": "Ada", "aware": "2025-06-06", "id": ID}

    assert parse_line(json.dumps(raw).encode()) == Draft(
        "slip-foreseen",
        "engagement/northwind",
        {"milestone_id": "M2"},
        aware="2025-06-06",
        id=ID,
        claimedtime="2025-06-06T08:20:00.000000Z",
        claimedactor="Ada",
    )


def test_blank_lines_are_counted_and_passed_over() -> None:
    content = [b'\xef\xbb\xbf{"a": 1}\r\n', b"\n", b"  \t\n", b"{}"]

    assert list(lines(content)) == [Line(1, b'{"a": 1}'), Line(4, b"{}")]


NEWS = {"type": "news-learned", "subject": "engagement/northwind", "aware": "2025-06-05"}
GOOD = json.dumps({**NEWS, "data": {"polarity": "bad", "summary": "The hall is double-booked."}})
REFUSED: dict[str, tuple[str, str]] = {
    "an unknown type": (
        json.dumps({**NEWS, "type": "news-lerned", "data": {}}),
        'No event type "news-lerned". Did you',
    ),
    **{
        f"a governing type, {name}": (
            json.dumps({"type": name, "subject": "practice", "data": {}}),
            f"{name.removeprefix('engagement.').removesuffix('.v1')} governs the ledger",
        )
        for short in GOVERNING
        for name in (short, f"engagement.{short}.v1")
    },
    "an unknown engagement": (
        GOOD.replace("northwind", "northwnd"),
        'No engagement "northwnd". Did you mean northwind?',
    ),
    "a missing field": (json.dumps({**NEWS, "data": {"polarity": "bad"}}), "news-learned lacks summary."),
    "an unknown field": (GOOD.replace("summary", "sumary"), "news-learned lacks summary."),
    "a word outside its set": (GOOD.replace('"bad"', '"sad"'), "news-learned, field polarity: 'sad'"),
    "a reference to nothing": (
        json.dumps({**NEWS, "type": "news-reported", "aware": "2025-06-05", "data": {"news_id": "N7", "to": ["c1"]}}),
        'No news "N7".',
    ),
    "a number out of turn": (GOOD.replace('"data": {', '"data": {"news_id": "N9", '), "N9 cannot be used"),
    "the future": (GOOD.replace("2025-06-05", "2025-07-05"), "lies in the future."),
}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder: Path = tmp_path_factory.mktemp("lines")
    made = Terminal(folder)
    made.at("2025-06-06T09:20")
    person = "engage person northwind Ann --side client --level executive"
    made.runs("engage init --zone Europe/London", "engage open northwind --account acme", person)
    return made


@pytest.mark.parametrize("case", REFUSED)
def test_one_wrong_line_keeps_all_of_them_out_and_is_named_by_its_number(terminal: Terminal, case: str) -> None:
    wrong, expected = REFUSED[case]
    (terminal.folder / "events.jsonl").write_text(f"{GOOD}\n\n{wrong}\n{GOOD}\n", "utf-8")
    before = terminal.run("engage table entries --json").out

    answer = terminal.run("engage record events.jsonl")

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("Line 3: ")
    assert expected in answer.err
    assert terminal.run("engage table entries --json").out == before


def test_events_of_one_batch_may_refer_to_each_other_in_either_order(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("engage init --zone Europe/London")
    agreed: dict[str, Any] = {"type": "milestone-agreed", "subject": "engagement/n"}
    rehearsal = {"milestone_id": "M2", "due": "2025-06-27", "title": "dress rehearsal", "depends_on": ["M1"]}
    plan = {"milestone_id": "M1", "due": "2025-05-16", "title": "plan"}
    events = [{**agreed, "data": rehearsal}, {**agreed, "data": plan}]
    opening = [
        {"type": "account-opened", "subject": "account/acme", "data": {"kind": "person", "alias": "acme", "name": "A"}},
        {"type": "engagement-opened", "subject": "engagement/n", "data": {"account": "acme", "alias": "n"}},
    ]
    (tmp_path / "events.jsonl").write_text("\n".join(map(json.dumps, [*opening, *events])), "utf-8")

    answer = terminal.run("engage record - < events.jsonl")

    assert (answer.code, answer.err, answer.out.count("Recorded #")) == (0, "", 4)


def test_no_lines_are_refused(terminal: Terminal) -> None:
    (terminal.folder / "empty.jsonl").write_text("\n \n", "utf-8")

    answer = terminal.run("engage record empty.jsonl")

    assert (answer.code, answer.err.splitlines()[0]) == (3, "There are no lines. Nothing was recorded.")
