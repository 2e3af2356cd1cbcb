"""The example that the help of a type gives records an event of that type, wherever the type belongs."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from ledger_cli.recording.examples import EXAMPLES

from ledger.events import TYPES
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = (
    "engage init --zone Europe/London",
    'engage open northwind --account "Northwind Theatre"',
    'engage person "client sponsor" --side client --level executive --may sign,accept',
    "engage person director --side provider --level senior --may sign",
    'engage agreed M2 "dress rehearsal" --due 2025-06-27',
    'engage agreed O4 "stage plans" --due 2025-06-20 --owner sponsor --blocks M2',
    "engage slipped M2 --forecast 2025-07-04",
    'engage bad-news "The hall is double-booked."',
    'engage dispute "Too late." --raised-by client --item M2',
)
WITHOUT_A_WORD = ("request-received", "concern-felt", "action-agreed", "idea-offered", "assumption-recorded")
"""Types whose examples the examples of others refer to."""
OPENINGS = """--results '{"result_id": "openings", "target": "3"}'"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that has one of each thing that the examples name."""
    terminal = Terminal(tmp_path_factory.mktemp("prepared"))
    terminal.at("2025-06-05T09:30")
    first = EXAMPLES["agreement-drafted"].replace("--version 2", "--version 1").replace("--results '[]'", OPENINGS)
    weekly = EXAMPLES["cadence-agreed"].replace("monthly", "weekly").replace("kind review", "kind report")
    said = [f"engage record {name} {EXAMPLES[name]}" for name in WITHOUT_A_WORD]
    third = EXAMPLES["amendment-proposed"].replace("--new-version 2", "--new-version 3")
    named = {"agreement-drafted": first, "cadence-agreed": weekly, "amendment-proposed": third}
    terms = [f"engage record {name} {example}" for name, example in named.items()]
    terminal.runs(*BEFORE, *terms, *said)
    return terminal.folder


def test_every_type_that_may_be_recorded_has_an_example() -> None:
    assert list(EXAMPLES) == [name for name, event_type in TYPES.items() if not event_type.governs]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_a_type_records_one(prepared: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    terminal = Terminal(tmp_path)
    terminal.at("2025-06-06T09:20")

    answer = terminal.run(f"engage record {name} {EXAMPLES[name]} --json")

    assert (answer.err, answer.code) == ("", 0)
    assert [(row["type"], row["new"]) for row in json.loads(answer.out)["recorded"]] == [(name, True)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_help_of_a_type_shows_its_example(tmp_path: Path, name: str) -> None:
    answer = Terminal(tmp_path).run(f"engage record {name} --help")

    assert f"engage record {name} {EXAMPLES[name]}" in " ".join(answer.out.split())
