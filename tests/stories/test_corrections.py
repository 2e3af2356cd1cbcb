"""A dispute with corrections by both sides: what the command answers is what a script reckons that shares no code with it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.corrections import CORRECTIONS, DISPUTED, FACTS, Correction, Fact, at, holds, lag, numbers
from tests.transcripts import FOLDER, LONDON, Terminal, play

if TYPE_CHECKING:
    from pathlib import Path

NOW = at("2025-07-14T10:00")
TIMES = [at("2025-06-10T18:00"), at("2025-06-30T18:00"), at("2025-07-09T12:00"), at("2025-07-12T12:00"), NOW]
"""Before any correction; after ours; after the client's; while the acknowledgement is withdrawn; and now."""
SLIP = {"aware": "aware", "told_at": "told", "acknowledged_at": "acknowledged"}
NEWS = {"learned_aware": "aware", "reported_at": "told", "acknowledged_at": "acknowledged"}


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder: Path = tmp_path_factory.mktemp("corrections").resolve()
    terminal = Terminal(folder)
    play(FOLDER / "story-corrections.txt", terminal)
    return terminal


def answered(terminal: Terminal, command: str) -> Any:
    answer = terminal.run(f"{command} --json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def stored(local: datetime | None) -> str | None:
    """Write a local time as the tables do."""
    return f"{local.replace(tzinfo=LONDON).astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if local else None


@pytest.mark.parametrize("known_on", TIMES, ids=str)
def test_the_slip_has_the_numbers_of_the_script(northwind: Terminal, known_on: datetime) -> None:
    (row,) = answered(northwind, f"engage table slips --as-known-on {known_on.isoformat()}")["rows"]

    expected = asdict(numbers("S1", known_on))
    assert {column: row[column] for column in SLIP} == {column: stored(expected[name]) for column, name in SLIP.items()}
    figures = ("delay_bh", "lead_bd", "lead_bh", "share", "ack_delay_bh")
    assert {name: row[name] for name in figures} == {name: expected[name] for name in figures}
    assert row["state"] == ("acknowledged" if expected["acknowledged"] else "reported")


@pytest.mark.parametrize("known_on", TIMES, ids=str)
def test_the_news_has_the_numbers_of_the_script(northwind: Terminal, known_on: datetime) -> None:
    (row,) = answered(northwind, f"engage table news --as-known-on {known_on.isoformat()}")["rows"]

    expected = asdict(numbers("N1", known_on))
    assert {column: row[column] for column in NEWS} == {column: stored(expected[name]) for column, name in NEWS.items()}
    assert row["disclosure_bh"] == expected["delay_bh"]


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda each: f"#{each.position}")
def test_each_correction_has_its_party_lag_and_grade(northwind: Terminal, correction: Correction) -> None:
    row = answered(northwind, f"engage show {correction.position}")

    assert (row["party"], round(row["lag_hours"], 3), row["grade"], bool(row["after_dispute"])) == (
        lag(correction).party,
        lag(correction).hours,
        lag(correction).grade,
        lag(correction).after_dispute,
    )
    assert row["recorded"] == stored(correction.recorded)
    assert [each["target"] for each in row["corrects"]] == [correction.target]


@pytest.mark.parametrize("fact", FACTS, ids=lambda each: f"#{each.position}")
def test_an_entry_shows_its_first_value_what_holds_now_and_every_correction(northwind: Terminal, fact: Fact) -> None:
    row = answered(northwind, f"engage show {fact.position}")

    clock = "aware" if fact.clock == "aware" else "occurred"
    assert (row[clock], row[f"{clock}_now"]) == (stored(fact.was), stored(holds(fact, NOW)))
    own = [correction for correction in CORRECTIONS if correction.target == fact.position]
    assert [(each["position"], each["grade"]) for each in row["corrections"]] == [
        (correction.position, lag(correction).grade) for correction in own
    ]


@pytest.mark.parametrize("known_on", TIMES[:2], ids=str)
def test_the_difference_holds_both_values_and_who_changed_them(northwind: Terminal, known_on: datetime) -> None:
    changes = answered(northwind, f"engage replay northwind --as-known-on {known_on.isoformat()} --diff")["changes"]

    then, now = asdict(numbers("S1", known_on)), asdict(numbers("S1", NOW))
    found = {each["field"]: each for each in changes if each["table"] == "slips"}
    for name in ("delay_bh", "share", "lead_bd", "ack_delay_bh"):
        assert (found[name]["then"], found[name]["now"]) == (then[name], now[name])
    for column, name in SLIP.items():
        assert (found[column]["then"], found[column]["now"]) == (stored(then[name]), stored(now[name]))
    named = {by["position"]: by for each in changes for by in each["changed_by"]}
    assert {19, 20} <= set(named) <= {correction.position for correction in CORRECTIONS}
    for correction in CORRECTIONS:
        if by := named.get(correction.position):
            own = lag(correction)
            assert (by["lag_hours"], by["grade"], by["after_dispute"]) == (own.hours, own.grade, own.after_dispute)


@pytest.mark.parametrize("known_on", TIMES, ids=str)
def test_who_knew_says_what_holds_of_either_side(northwind: Terminal, known_on: datetime) -> None:
    section = answered(northwind, f"engage who-knew northwind S1 --as-known-on {known_on.isoformat()}")["sections"][0]

    expected = numbers("S1", known_on)
    said = [row["values"] for row in section["rows"]]
    assert stored(expected.aware) in {each.get("aware") for each in said if each["side"] == "provider"}
    client = [each for each in said if each["side"] == "client"]
    assert stored(expected.told) in {each.get("told") for each in client}
    acknowledged = {each["acknowledged"] for each in client if each.get("acknowledged")}
    assert (stored(expected.acknowledged) in acknowledged) if expected.acknowledged else not acknowledged


def test_the_schedule_lists_every_correction_of_the_dispute(northwind: Terminal) -> None:
    item = answered(northwind, "engage schedule northwind D1")["sections"][0]["rows"][0]

    assert {correction.position for correction in CORRECTIONS} <= set(item["entries"])
    assert answered(northwind, "engage show 18")["recorded"] == stored(DISPUTED)
