"""Whose word a moment is: that of whoever said it last, and what the other side said before stays beside it."""

import json
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.reports import Asked, report
from ledger_projections.tables.entries import TABLE as ENTRIES

from ledger.calendars import instant
from ledger.drafts import Receipt
from ledger.standing.knowledge import Knowledge
from ledger.standing.matters import knowledge_of
from tests.transcripts import FOLDER, Terminal, play
from tests.views import World, london

FIRST, THEIRS, OURS = london("2025-06-04T10:00"), london("2025-06-06T10:00"), london("2025-06-05T10:00")


def told(folder: Path) -> tuple[World, Receipt]:
    """Return a world in which a slip was told, and the telling of it."""
    world = World(folder).begin().at("2025-06-04T12:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    said: dict[str, Any] = {"slip_id": "S1", "milestone_id": "M1", "forecast": "2025-07-01", "to": ["c1"]}
    return world, world.record("slip-reported", **said, occurred=FIRST)


def correct(world: World, target: Receipt, party: str, path: str, after: str) -> Receipt:
    changes = [{"path": path, "after": json.dumps(after)}]
    given: dict[str, Any] = {"entry": world.entry(target), "kind": "amend", "changes": changes, "reason": "so"}
    return world.at("2025-06-20T12:00").record("entry-corrected", party=party, **given)


def words(knowledge: Knowledge) -> list[tuple[str, str, bool]]:
    """Return who says since when the client was told, and whether that is what holds."""
    return sorted((said.party, said.moment, said.holds) for said in knowledge.statements if said.clock == "told")


CORRECTED: dict[str, tuple[list[tuple[str, str, str]], list[tuple[str, str, bool]]]] = {
    "by nobody": ([], [("provider", FIRST, True)]),
    "by us": ([("provider", "occurred", OURS)], [("provider", OURS, True)]),
    "by the client": (
        [("client", "occurred", THEIRS)], [("client", THEIRS, True), ("provider", FIRST, False)]),
    "by the client, then by us": (
        [("client", "occurred", THEIRS), ("provider", "occurred", OURS)],
        [("client", THEIRS, False), ("provider", OURS, True)]),
    "by us, to what the client said": (
        [("client", "occurred", THEIRS), ("provider", "occurred", THEIRS)],
        [("client", THEIRS, True), ("provider", THEIRS, True)]),
    "by the client, of something else": (
        [("client", "data.forecast", "2025-07-02")], [("provider", FIRST, True)]),
}  # fmt: skip


@pytest.mark.parametrize(("corrections", "expected"), CORRECTED.values(), ids=CORRECTED)
def test_a_moment_is_the_word_of_whoever_set_it_and_each_side_keeps_its_own(
    tmp_path: Path, corrections: list[tuple[str, str, str]], expected: list[tuple[str, str, bool]]
) -> None:
    world, telling = told(tmp_path)
    for party, path, after in corrections:
        correct(world, telling, party, path, after)

    assert words(knowledge_of(world.view().standing, "slip:S1")) == expected


def test_when_nobody_is_asked_about_it_is_the_moment_that_holds(tmp_path: Path) -> None:
    world, telling = told(tmp_path)
    correct(world, telling, "client", "occurred", THEIRS)

    assert [said.moment for said in knowledge_of(world.view().standing, "slip:S1").of("told")] == [THEIRS]


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("corrections").resolve())
    play(FOLDER / "story-corrections.txt", terminal)
    return terminal


SAID = {
    "log": ("log northwind", "corrects #13: happened 28 May 11:15 → 30 May 09:40   (according to the client)"),
    "log, ours": ("log northwind", "corrects #11: known 22 May 14:00 → 20 May 15:30  "),
    "show the entry": ("show 13", "Corrected by #19: the client's word, recorded by Delivery lead, "),
    "show the correction": ("show 19", "(according to the client)"),
    "replay": ("replay northwind --as-known-on 2025-06-10 --diff", "#19 the client, by Delivery lead, 9 Jul"),
    "replay, a grade": (
        "replay northwind --as-known-on 2025-06-10 --diff",
        "#19 was recorded after dispute D1 on it was raised, 41.94 days after #13;"
        " it came 40.01 days after the corrected moment: grade D."),
    "schedule": ("schedule northwind D1 --csv", "the client's #19"),
    "chronology": ("chronology northwind --csv", "the client's #19"),
    "who knew, theirs": ("who-knew northwind S1 --csv", "Fri 30 May 2025 09:40, first recorded as Wed 28 May 2025 11:15, "
                                                 "corrected by the client's #19"),
    "who knew, ours": ("who-knew northwind S1 --csv", "Wed 28 May 2025 11:15, which does not hold: the client's #19"),
    "case": ("case northwind D1 --csv", "the client's word"),
}  # fmt: skip


@pytest.mark.parametrize(("command", "expected"), SAID.values(), ids=SAID)
def test_a_correction_by_the_client_is_said_to_be_its_word(disputed: Terminal, command: str, expected: str) -> None:
    disputed.settings["COLUMNS"] = "400"

    assert expected in disputed.run(f"engage {command}").out


def test_a_program_reads_whose_word_a_correction_is(disputed: Terminal) -> None:
    def asked(command: str) -> Any:
        return json.loads(disputed.run(f"engage {command} --json").out)

    shown = asked("show 13")["corrections"]
    changes = asked("replay northwind --as-known-on 2025-06-10 --diff")["changes"]
    by = {cause["position"]: cause["party"] for change in changes for cause in change["changed_by"]}

    assert ([row["party"] for row in shown], by) == (
        ["client"], {17: "provider", 19: "client", 20: "client", 22: "provider"})  # fmt: skip


def test_whatever_the_client_states_is_said_to_be_its_word(tmp_path: Path) -> None:
    world, _ = told(tmp_path)
    call: dict[str, Any] = {"kind": "call", "direction": "inbound", "purpose": "update", "substance": "we have heard"}
    spoken = world.record("contact-made", participants=["c1", "c2"], about=["slip:S1"], party="client", **call)

    said = [row["what"] for row in world.rows(ENTRIES) if row["position"] == spoken.position]

    assert [str(what).endswith("   (according to the client)") for what in said] == [True]


def test_of_a_notice_it_is_said_that_since_when_it_was_known_was_not_stated_first(tmp_path: Path) -> None:
    world, telling = told(tmp_path)
    correct(world, telling, "client", "aware", london("2025-06-03T10:00"))
    name = next(h.stream for h in world.journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]

    made = report(world.journal, Asked("notices", name, int(world.journal.head()), instant(world.now)))

    (known, *_) = [line.cells[2] for line in made.sections[0].rows]
    assert (
        known
        == "according to the client Tue 3 Jun 2025 10:00 (#11, first recorded as not stated, corrected by the client's #12)"
    )
