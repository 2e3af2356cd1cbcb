"""Nothing takes SQLite's locks from a connection that stands: what processes record beside each other is never lost."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger.stores.erasing import found_in
from ledger.stores.opening import connect_reading
from ledger.stores.reading import SqliteReader
from ledger.values import Position
from tests.kept import kept

WRITERS, TIMES = 4, 12
ALONE = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)  # where SQLite shares a file
"""
WRITER = """
import sys
from ledger.drafts import Draft, Identity
from ledger.errors import Conflict
from ledger.service import Ledger
from ledger.stores.opening import connect_reading

path, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(times):
    with Ledger.open(path, Identity(f"{name}@provider.example", name)) as ledger:
        ledger.names.opened
        connect_reading(path).close()  # as a command does that reads names, or looks whether its tables are current
        data = {"polarity": "bad", "severity": 3, "summary": f"{name} {number}"}
        try:
            (receipt,) = ledger.record(Draft("news-learned", "engagement/quay", data, aware="2025-06-06"))
        except Conflict:
            continue
        print(receipt.position)
"""


def is_alone(path: Path) -> bool:
    """Return whether another process would believe that nobody has the file open."""
    return subprocess.run([sys.executable, "-c", ALONE, str(path)], capture_output=True, check=False).returncode == 0


def test_a_second_connection_leaves_the_first_its_lock(tmp_path: Path) -> None:
    path = kept(tmp_path, key=False).path

    with SqliteReader(path) as reader:
        reader.head()
        connect_reading(str(path)).close()
        among_others = is_alone(path)

    assert (among_others, is_alone(path)) == (False, True)


def test_files_are_not_searched_while_a_connection_to_them_stands(tmp_path: Path) -> None:
    path = kept(tmp_path, key=False).path

    with closing(connect_reading(str(path))), pytest.raises(AssertionError):
        found_in([str(path)], [b"x" * 48])


def test_processes_that_come_and_go_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = kept(tmp_path, key=False).path
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [
        subprocess.Popen([*command, f"writer-{name}", str(TIMES)], stdout=subprocess.PIPE, text=True)
        for name in range(WRITERS)
    ]
    said = [writer.communicate()[0] for writer in writers]
    acknowledged = [int(line) for lines in said for line in lines.split()]

    with SqliteReader(path) as reader:
        there = {stored.position for stored in reader.since(Position(0), 10_000)}

    assert [writer.returncode for writer in writers] == [0] * WRITERS
    assert (len(acknowledged), len({*acknowledged} & there)) == (len({*acknowledged}), len(acknowledged))


def test_a_forgotten_connection_that_is_closed_while_another_is_made_holds_up_nobody(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom ledger.stores import opening\n"
        "with opening._TURN:  # as where the garbage collector closes one in the middle of connecting\n"
        "    opening.connect_reading(sys.argv[1]).close()\n"
    )
    path = kept(tmp_path).path

    done = subprocess.run([sys.executable, "-c", script, path], timeout=30, check=False)

    assert done.returncode == 0
