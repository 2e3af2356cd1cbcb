"""An append costs one fdatasync: counted by the kernel, where strace may look."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import ORIGIN, FakeClock

APPENDS = 40
APPEND = """
import sys
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import STREAM, FakeClock, proposal
journal = SqliteJournal.open(sys.argv[1], FakeClock())
journal.append([proposal(1)], {STREAM: 0})
print("steady", flush=True)
for version in range(1, int(sys.argv[2]) + 1):
    journal.append([proposal(version + 1)], {STREAM: version})
print("done", flush=True)
"""


def test_an_append_costs_one_sync_and_one_turn_at_the_lock(tmp_path: Path) -> None:
    path, calls = tmp_path / "ledger.db", _strace(tmp_path / "calls")
    SqliteJournal.create(path, ORIGIN, FakeClock()).close()

    subprocess.run([*calls, sys.executable, "-c", APPEND, str(path), str(APPENDS)], check=True, capture_output=True)

    steady = (tmp_path / "calls").read_text().partition('"steady')[2].partition('"done')[0]
    assert len(re.findall(r"\b(?:fsync|fdatasync)\(", steady)) == APPENDS
    assert len(re.findall(r"\bflock\(\d+, LOCK_EX", steady)) == APPENDS


def _strace(output: Path) -> list[str]:
    strace = [shutil.which("strace") or "", "-f", "-e", "trace=write,flock,fsync,fdatasync", "-o", str(output)]
    if (
        not strace[0]
        or subprocess.run([*strace, sys.executable, "-c", ""], capture_output=True, check=False).returncode
    ):
        pytest.skip("strace is not here, or may not trace")
    return strace
