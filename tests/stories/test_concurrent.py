"""The numbers of the concurrent delay: what the words say is what a script reckons that shares nothing with them."""

from __future__ import annotations

import ast
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.stories import concurrent
from tests.transcripts import FOLDER, Terminal, play

LONDON = ZoneInfo("Europe/London")
Read = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    played = Terminal(tmp_path_factory.mktemp("concurrent"))
    play(FOLDER / "story-concurrent.txt", played)
    return played


@pytest.fixture(scope="module")
def delays(terminal: Terminal) -> Read:
    return _values(terminal, "delays museum")


def test_the_late_days_are_those_reckoned(delays: Read) -> None:
    said = delays["Days late, by milestone"][0]

    assert concurrent.Whose(*(_days(said["days"][name]) for name in concurrent.Whose._fields)) == concurrent.whose()
    counted = [len(days) for days in concurrent.whose()]
    assert [said[f"{name}_bd"] for name in concurrent.Whose._fields] == counted == [13, 3, 4, 1, 5]


def test_a_day_late_with_two_things_is_one_day(delays: Read) -> None:
    said = delays["Days late, by milestone"][0]

    apart = sum(map(len, concurrent.owed_late().values()))
    assert said["client_late_bd"] == len(concurrent.client_late()) == apart - 1 == 17


def test_the_figures_of_m15_are_those_reckoned(terminal: Terminal) -> None:
    answer = terminal.run("engage table metrics --where metric=M15 --where subject=milestone:M1 --json")

    figures = {row["figure"]: row["value"] for row in json.loads(answer.out)["rows"]}
    sets = {f"{name}_bd": len(days) for name, days in concurrent.whose()._asdict().items()}
    assert {name: figures[name] for name in sets} == sets
    assert figures["client_late_bd"] == len(concurrent.client_late())


def test_what_the_client_owed_was_late_as_reckoned(delays: Read) -> None:
    owed = delays["What the client owed"]
    in_the_way = delays["M1: what was in the way"]

    reckoned = concurrent.owed_late()
    assert {row["obligation"]: row["days_late_bd"] for row in owed} == {name: len(reckoned[name]) for name in reckoned}
    assert [_days(row["days"]) for row in in_the_way[:2]] == [reckoned["O1"], reckoned["O2"]]
    window = set(concurrent.whose().window)
    assert [row["late_business_days"] for row in in_the_way[:2]] == [
        len(window & set(late)) for late in reckoned.values()
    ]


def test_a_third_party_is_counted_beside_and_takes_no_day_from_anybody(delays: Read) -> None:
    sets = {
        row["set"]: _days(row["days"])
        for row in delays['M1 "card payments live": late 13 business days']
        if "set" in row
    }

    assert sets.pop("beside") == concurrent.third_party()
    assert sorted(day for days in sets.values() for day in days) == concurrent.whose().window


def test_one_of_the_two_was_late_in_silence(terminal: Terminal) -> None:
    rows = _section(terminal, "delays museum", "What the client owed")["rows"]

    silent = {row["values"]["obligation"] for row in rows if row["cells"]["Said beforehand"] == "no"}
    assert silent == concurrent.in_silence() == {"O2"}


def test_the_client_was_told_after_the_hours_reckoned(terminal: Terminal) -> None:
    notices = {row["subject"]: row for row in _values(terminal, "notices museum")["Notices owed and given"]}

    for slip, told in concurrent.disclosures().items():
        row = notices[f"slip:{slip}"]
        assert Decimal(row["taken_bh"]) == told.taken
        assert Decimal(row.get("late_bh", "0")) == told.late
        assert row["kept"] is (told.late == 0)
    assert concurrent.disclosures() == {
        "S1": concurrent.Disclosure(Decimal(20), Decimal(4)),
        "S2": concurrent.Disclosure(Decimal(10), Decimal(0)),
    }


@pytest.mark.parametrize("slip", concurrent.TOLD)
def test_each_side_knew_and_was_told_when_the_mails_say(terminal: Terminal, slip: str) -> None:
    section = _section(terminal, f"who-knew museum {slip}", f'Slip {slip} of M1 "card payments live": in short')

    we, client, *_ = [row["values"] for row in section["rows"]]
    assert (we["side"], client["side"]) == ("provider", "client")
    assert (_local(we["aware"]), _local(client["told"])) == concurrent.TOLD[slip]


def test_the_script_shares_no_code_with_the_product() -> None:
    tree = ast.parse(Path(concurrent.__file__).read_text(encoding="utf-8"))

    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named == {"__future__", "datetime", "decimal", "json", "typing"}


def _report(terminal: Terminal, words: str) -> list[dict[str, Any]]:
    answer = terminal.run(f"engage {words} --json")
    assert (answer.code, answer.err) == (0, "")
    sections: list[dict[str, Any]] = json.loads(answer.out)["sections"]
    return sections


def _section(terminal: Terminal, words: str, heading: str) -> dict[str, Any]:
    return next(section for section in _report(terminal, words) if section["heading"] == heading)


def _values(terminal: Terminal, words: str) -> Read:
    """Return the values of each row that *words* show, by the heading that it stands under."""
    return {section["heading"]: [row["values"] for row in section["rows"]] for section in _report(terminal, words)}


def _days(written: list[str]) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def _local(moment: str) -> datetime:
    """Return *moment* as a clock on a wall in London showed it."""
    return datetime.fromisoformat(moment).astimezone(LONDON).replace(tzinfo=None)
