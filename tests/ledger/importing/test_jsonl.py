"""JSON lines imported through the command: all or none, what can be, claims, repeats, lines in any order."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ledger.entry import decode
from ledger.values import Position
from tests.every_event import EVERY, GOVERNING
from tests.importing import Desk, at_a_desk

CLIENT = {
    "type": "account-opened",
    "subject": "account/acme",
    "data": {"kind": "organisation", "alias": "acme", "name": "A"},
}
OPENED = {"type": "engagement-opened", "subject": "engagement/quay", "data": {"account": "acme", "alias": "quay"}}
AGREED = {
    "type": "milestone-agreed",
    "subject": "engagement/quay",
    "occurred": "2025-06-01",
    "data": {"milestone_id": "M1", "due": "2025-09-30", "title": "Handover"},
}
REPORT = {"type": "status-report-sent", "subject": "engagement/quay", "data": {"to": [], "no_change": True}}
DELIVERED = {"type": "milestone-delivered", "subject": "engagement/quay", "data": {"milestone_id": "M1"}}
NOTHING = {"type": "milestone-delivered", "subject": "engagement/quay", "data": {"milestone_id": "M9"}}
LATER = {**AGREED, "data": {"milestone_id": "M1", "due": "2025-12-31", "title": "Handover"}}
STORY = [CLIENT, OPENED, AGREED, REPORT]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_a_desk(tmp_path)


def written(*lines: Mapping[str, Any]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def counts(desk: Desk, content: str, options: str = "--keep-going") -> tuple[int, int, int, int]:
    said = json.loads(desk.jsonl(content, f"--json {options}").out)
    return said["recorded"], said["already_there"], said["nothing_to_record"], len(said["refused"])


def test_lines_are_recorded_and_a_second_import_adds_nothing(desk: Desk) -> None:
    assert counts(desk, written(*STORY)) == (4, 0, 0, 0)
    before = desk.root

    assert counts(desk, written(*STORY)) == (0, 4, 0, 0)
    assert desk.root == before


def test_a_line_that_stands_twice_is_two_facts(desk: Desk) -> None:
    counts(desk, written(*STORY, REPORT))

    assert [kind for kind, _ in desk.said()].count("status-report-sent") == 2
    assert counts(desk, written(*STORY, REPORT, REPORT)) == (1, 5, 0, 0)


def test_time_and_actor_are_claims_and_the_actor_is_whoever_imports(desk: Desk) -> None:
    desk.jsonl(written(CLIENT, {**OPENED, "time": "2025-06-06T09:20:00+01:00", "actor": "Ann of Acme"}))

    with desk.reading() as reader:
        entry = decode(*reader.since(Position(reader.head() - 1), 1)[0])
    claims = {name: entry.text(name) for name in ("claimedtime", "claimedactor", "actor", "provenance", "occurred")}
    assert claims == {
        "claimedtime": "2025-06-06T08:20:00.000000Z",
        "claimedactor": "Ann of Acme",
        "actor": "a1",
        "provenance": "import",
        "occurred": None,
    }


def test_a_refused_line_refuses_all(desk: Desk) -> None:
    before = desk.root

    answer = desk.jsonl(written(*STORY, NOTHING))

    assert (answer.code, answer.err.splitlines()[0]) == (3, 'Line 5: No milestone "M9".')
    assert desk.root == before


def test_keep_going_leaves_out_what_is_refused_wherever_it_is_found(desk: Desk) -> None:
    lines: list[Mapping[str, Any]] = [NOTHING, *STORY, {"type": "slip"}, LATER]

    answer = desk.jsonl(written(*lines, DELIVERED), "--keep-going")

    assert answer.err.splitlines() == [
        'Line 6: It lacks "subject".',
        "Line 7: milestone-agreed M1 was recorded as an earlier line of the same batch with other content.",
        'Line 1: No milestone "M9".',
    ]
    assert "  recorded                 5" in answer.out


def test_what_refers_to_a_later_line_is_recorded_all_the_same(desk: Desk) -> None:
    many = [{**REPORT, "occurred": f"2025-07-{day:02}T{hour:02}:00:00Z"} for day in range(1, 29) for hour in range(24)]

    assert counts(desk, written(DELIVERED, *many, *STORY)) == (len(many) + 5, 0, 0, 0)


def test_what_governs_another_ledger_is_left_out_and_said(desk: Desk) -> None:
    settings = [{"type": name, "subject": "practice", "data": EVERY[name]} for name in GOVERNING]
    remark = {"type": "engagement.entry-annotated.v1", "subject": "practice", "data": EVERY["entry-annotated"]}

    answer = desk.jsonl(written(*settings, remark, *STORY))

    assert (
        answer.out.splitlines()[3]
        == f"  nothing to record        7  {', '.join(f'1 {n}' for n in sorted([*GOVERNING, 'entry-annotated']))}"
    )


def test_a_dry_run_finds_what_would_be_refused(desk: Desk) -> None:
    before = desk.root

    assert counts(desk, written(*STORY, NOTHING, DELIVERED), "--dry-run") == (5, 0, 0, 1)
    assert desk.root == before


def test_an_id_is_kept_where_it_is_free_and_refused_where_it_says_something_else(desk: Desk) -> None:
    taken = "01974000-0000-7000-8000-000000000001"
    counts(desk, written(CLIENT, OPENED, {**AGREED, "id": taken}))

    answer = desk.jsonl(written({**REPORT, "id": taken}), "--keep-going")

    assert (answer.code, answer.err) == (3, f"Line 1: Entry id {taken} is taken by #5, which says something else.\n")


def test_an_id_that_is_none_names_its_line(desk: Desk) -> None:
    answer = desk.jsonl(written(CLIENT, OPENED, {**AGREED, "id": "7"}))

    assert answer.err.startswith('Line 3: "id" cannot be "7".')


def test_more_than_a_batch_says_how_to_split_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.importing.recording.LARGEST_BATCH", 3)

    answer = desk.jsonl(written(*STORY))

    assert (answer.code, answer.err.splitlines()) == (
        3,
        [
            "More than 3 rows cannot be recorded all or none. Nothing was recorded.",
            "  Split the file (split -l 100000 FILE), or record what can be, in batches: --keep-going",
        ],
    )
