"""What was recorded stays recorded, and is said to be, even where the answer cannot be written; and it is in the one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.errors import Unreachable
from tests.transcripts import Terminal

RUN = "import sys; sys.argv = ['engage', *sys.argv[1:]]; from ledger_cli.main import run; run()"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    terminal = Terminal(tmp_path)
    terminal.runs("engage init --zone Europe/London", "engage open northwind --account Northwind")
    return tmp_path / "ledger"


def engage(ledger: Path, *words: str, redirected: str = "") -> subprocess.CompletedProcess[str]:
    command = f'"{sys.executable}" -c "{RUN}" --ledger "{ledger}" "$@" {redirected}'
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        ["sh", "-c", command, "sh", *words], capture_output=True, text=True, env=environment, check=False
    )


def entries(ledger: Path) -> int:
    return engage(ledger, "log", "--jsonl").stdout.count("\n")


def test_the_one_file_holds_all_that_was_recorded(ledger: Path, tmp_path: Path) -> None:
    for _ in range(3):
        assert engage(ledger, "bad-news", "northwind", "late").returncode == 0
    (tmp_path / "copy").mkdir()
    shutil.copy(ledger / "ledger.db", tmp_path / "copy" / "ledger.db")

    verified = engage(tmp_path / "copy", "verify", "--json").stdout

    assert f'"entries": {entries(ledger)}' in verified


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_answer_does_not_hide_what_was_recorded(ledger: Path) -> None:
    before = entries(ledger)

    answer = engage(ledger, "good-news", "northwind", "done", redirected=">/dev/full")

    assert answer.returncode == 7
    assert "Recorded #" in answer.stderr
    assert "do not record it again" in answer.stderr
    assert entries(ledger) == before + 1 + (before == 4)  # whoever is new here is introduced once


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [("log", "--json"), ("table", "entries", "--csv"), ("status", "--json"), ("--help",)])
def test_a_full_disk_is_said_and_nothing_else(ledger: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    line = (
        '{"type": "news-learned", "subject": "engagement/northwind", "data": {"polarity": "bad", "summary": "late"}}\n'
    )
    (tmp_path / "lines.jsonl").write_text(line * 100)  # more than is written at once
    assert engage(ledger, "record", str(tmp_path / "lines.jsonl")).returncode == 0

    answer = engage(ledger, *words, redirected=">/dev/full")

    assert (answer.returncode, answer.stderr.count("\n")) == (7, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_refusal_that_cannot_be_said_is_one(ledger: Path) -> None:
    assert engage(ledger, "log", "nosuch", redirected="2>/dev/full").returncode == 3


@pytest.mark.parametrize("redirected", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_output_is_no_error(ledger: Path, redirected: str) -> None:
    for words in (("good-news", "northwind", "done"), ("status",)):
        answer = engage(ledger, *words, redirected=redirected)

        assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("words", [("weekly", "--csv"), ("status", "--json"), ("log",)])
def test_whoever_stops_reading_ends_the_command_as_a_pipe_does_and_hears_nothing(
    ledger: Path, words: tuple[str, ...]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ENGAGE_LEDGER": str(ledger)}

    with open(writing, "w") as gone:
        answer = subprocess.run(
            [sys.executable, "-c", RUN, *words], stdout=gone, stderr=subprocess.PIPE, env=environment, check=False
        )

    assert (answer.returncode, answer.stderr) == (141, b"")


@pytest.mark.parametrize("line", ["engage good-news northwind done", "engage erase 3 name --ground request --yes"])
def test_who_interrupts_an_answer_is_told_what_was_recorded(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ledger_cli.app.App.model", stop)
    monkeypatch.setattr("ledger_projections.readmodel.rebuild.rebuild", stop)

    answer = Terminal(tmp_path).run(line)

    assert (answer.code, answer.err.strip().split("\n")[0]) == (130, "Stopped.")
    assert " all the same: " in answer.err


def test_an_erasure_that_is_cut_short_says_to_run_it_again(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(path: str) -> None:
        raise Unreachable("Somebody reads it.", advice="Let it end, then run the same command again.")

    monkeypatch.setattr("ledger.keeping.erasing.fold_log", busy)

    answer = Terminal(tmp_path).run("engage erase 3 name --ground request --yes")

    assert (answer.code, "run the same command again" in answer.err) == (7, True)
    assert "do not record it again" not in answer.err
