"""Bad input of every kind: a sentence, an exit code, and a ledger that is as it was; docs/errors.md is what is said."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.errors_table import CASES, PAGE, Case, a_desk, page, said
from tests.importing import MAPPING, Desk, at_a_desk
from tests.starving import COMMAND, environment


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with a_desk() as desk:
        yield desk


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.area}: {case.what}")
def test_it_is_refused_in_a_sentence_and_leaves_no_trace(case: Case, desk: Desk) -> None:
    before = desk.root

    answer = case.do(desk)

    assert answer.code in {2, 3, 7}
    assert desk.root == before
    assert "Traceback" not in answer.err
    assert "our fault" not in answer.err
    assert f"| {case.what} | {said(answer)} | {answer.code} |" in PAGE.read_text(encoding="utf-8").splitlines()


def test_nothing_that_could_move_a_cursor_reaches_the_terminal(desk: Desk) -> None:
    hostile = [case.do(desk) for case in CASES if case.area == "Hostile text"]

    assert [
        answer for answer in hostile if "\x1b" in answer.out + answer.err or "\u202e" in answer.out + answer.err
    ] == []


def test_the_page_is_what_the_table_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_there_are_at_least_thirty_kinds() -> None:
    assert len({(case.area, case.what) for case in CASES}) == len(CASES) >= 30


def test_two_processes_that_import_one_file_record_it_once(tmp_path: Path) -> None:
    desk = at_a_desk(tmp_path)
    desk.write("map.toml", MAPPING)
    desk.write("table.csv", "project,firm,end\n" + "".join(f"Quay {n},Acme,30.06.26\n" for n in range(200)))
    words = [*COMMAND, "import", "csv", "table.csv", "--map", "map.toml"]

    both = [subprocess.Popen(words, cwd=tmp_path, env=environment(desk), stdout=subprocess.DEVNULL) for _ in range(2)]

    assert [process.wait(60) for process in both] == [0, 0]
    assert [kind for kind, _ in desk.said()].count("engagement-opened") == 200
    assert [kind for kind, _ in desk.said()].count("account-opened") == 1


def test_a_pipe_that_ends_early_is_no_error(tmp_path: Path) -> None:
    desk = at_a_desk(tmp_path)
    command = [*COMMAND, "export", "--jsonl"]

    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(desk), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        talk = process.stderr.read().decode()

    assert "Traceback" not in talk
