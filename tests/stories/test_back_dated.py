"""A signature that was written down after the dispute: the command answers what was reckoned without the product."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.stories import back_dated
from tests.stories.back_dated import Late, Unsigned
from tests.transcripts import FOLDER, Terminal, play

THEN = f"--as-known-on {back_dated.THE_DAY_BEFORE}"


@pytest.fixture(scope="module")
def saltmarsh(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("saltmarsh").resolve())
    play(FOLDER / "story-back-dated.txt", terminal)
    return terminal


def answer(terminal: Terminal, words: str) -> dict[str, Any]:
    answered = terminal.run(f"engage {words} --json")
    assert (answered.err, answered.code) == ("", 0)
    found: dict[str, Any] = json.loads(answered.out)
    return found


def rows(report: dict[str, Any], heading: str) -> list[dict[str, Any]]:
    (section,) = [section for section in report["sections"] if section["heading"] == heading]
    found: list[dict[str, Any]] = section["rows"]
    return found


def unsigned(terminal: Terminal, options: str = "") -> Unsigned:
    report = answer(terminal, f"signatures {options}")
    (version,) = rows(report, "Versions of the agreement")
    (work,) = rows(report, "Working while unsigned")
    (value,) = work["values"]["value"]
    assert value["currency"] == "GBP"
    return Unsigned(
        version["values"]["state"],
        work["values"]["open_days"],
        work["values"]["calendar_days"],
        work["values"]["days_of_work"],
        value["minor"],
    )


def late(row: dict[str, Any]) -> Late:
    values = row["values"]
    return Late(values["lag_hours"], values["grade"], values["after_dispute"])


def test_it_was_half_signed_and_worked_on_unsigned_as_known_the_day_before(saltmarsh: Terminal) -> None:
    assert unsigned(saltmarsh, THEN) == back_dated.known_before()
    assert [row["values"]["signed_for"] for row in rows(answer(saltmarsh, f"signatures {THEN}"), "Signatures")] == [
        "provider"
    ]


def test_it_is_signed_by_both_as_said_now_and_less_of_the_work_was_unsigned(saltmarsh: Terminal) -> None:
    assert unsigned(saltmarsh) == back_dated.said_now()


def test_the_signature_has_its_lag_its_grade_and_the_mark_that_it_came_after_the_dispute(saltmarsh: Terminal) -> None:
    ours, theirs = rows(answer(saltmarsh, "signatures"), "Signatures")

    assert (late(ours), late(theirs)) == (back_dated.our_signature(), back_dated.signature())


def test_whoever_writes_it_down_is_told_how_late_it_is(saltmarsh: Terminal) -> None:
    text = (FOLDER / "story-back-dated.txt").read_text("utf-8")

    assert (
        "written down 60.77 days later: grade D. Written down after dispute D1 (#18) was raised, and marked so." in text
    )


def test_the_difference_says_by_what_entry_the_state_changed_and_how_late_that_came(saltmarsh: Terminal) -> None:
    changes = answer(saltmarsh, f"replay saltmarsh {THEN} --diff")["changes"]
    (state,) = [one for one in changes if (one["table"], one["field"]) == ("agreements", "state")]
    (entry,) = state["changed_by"]

    assert (state["then"], state["now"]) == (back_dated.known_before().state, back_dated.said_now().state)
    assert Late(f"{entry['lag_hours']:.3f}", entry["grade"], entry["after_dispute"]) == back_dated.signature()
    assert (entry["actor_name"], entry["disputes"]) == ("Back office", ["D1"])


def test_contemporaneity_holds_it_against_whoever_wrote_it_down(saltmarsh: Terminal) -> None:
    report = answer(saltmarsh, "contemporaneity")
    by_kind = {row["cells"]["Kind of act"]: row["values"] for row in rows(report, "Grades by kind of act")}
    by_whom = {row["cells"]["Who"]: row["values"] for row in rows(report, "Grades by who wrote it down")}
    ours, theirs = back_dated.our_signature(), back_dated.signature()
    median = (float(ours.lag_hours) + float(theirs.lag_hours)) / 2

    assert by_kind["agreement-signed"]["median_lag_hours"] == f"{median:.3f}"
    assert [by_kind["agreement-signed"][grade] for grade in "ABCD"] == [1, 0, 0, 1]
    assert by_whom["Back office (a2)"]["median_lag_hours"] == theirs.lag_hours
    assert [by_whom["Back office (a2)"][grade] for grade in "ABCD"] == [0, 0, 0, 1]


def test_what_reckons_shares_no_code_with_the_product() -> None:
    tree = ast.parse(Path(back_dated.__file__).read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported == {"__future__", "json", "datetime", "decimal", "typing", "zoneinfo"}
