"""What each command imports: a command pays for itself alone, and a glance pays for next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.transcripts import FOLDER, Terminal, play

HEAVY = {
    "cryptography",
    "pydantic",
    "pydantic_core",
    "eventsourcing",
    "orjson",
    "rich",
    "holidays",
    "dateutil",
    "platformdirs",
    "tomlkit",
}
WATCH = """
import sys
sys.argv = ["engage", *sys.argv[1:]]
from ledger_cli.main import outcome
from ledger_cli.app import App
code = outcome(None, App())
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a ledger whose tables are current."""
    terminal = Terminal(tmp_path_factory.mktemp("story"))
    play(FOLDER / "northwind.txt", terminal)
    imported("log", terminal.folder / "ledger")
    return terminal.folder / "ledger"


def imported(words: str, ledger: Path) -> set[str]:
    """Run `engage` with *words* in a process of its own and return the packages it imported."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ENGAGE_LEDGER": str(ledger)}
    ran = subprocess.run(
        [sys.executable, "-c", WATCH, *words.split()], env=environment, capture_output=True, text=True, check=True
    )
    code, *names = ran.stderr.split("\n")[-2].split(" ")
    assert code == "0", ran.stderr
    return set(names)


@pytest.mark.parametrize("words", ["status", "status --json", "status northwind"])
def test_a_glance_imports_neither_click_nor_anything_heavy(words: str, ledger: Path) -> None:
    assert imported(words, ledger) & (HEAVY | {"click", "dataclasses", "inspect", "pathlib"}) == set()


@pytest.mark.parametrize("words", ["log northwind", "show 16", "show 23"])
def test_looking_back_imports_nothing_heavy(words: str, ledger: Path) -> None:
    assert imported(words, ledger) & HEAVY == set()


def test_a_table_folds_what_grows_and_no_more(ledger: Path) -> None:
    assert imported("table slips --columns share", ledger) & {"pydantic", "eventsourcing", "rich", "holidays"} == set()


def test_recording_does_not_import_pydantic_or_rich_nor_what_only_a_series_or_an_erasure_needs(ledger: Path) -> None:
    words = imported("slipped northwind M2 --forecast 2099-07-20 --at now --aware now", ledger)

    assert words & {"pydantic", "rich", "holidays", "cryptography", "fractions", "mmap"} == set()
