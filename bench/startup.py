"""T1 and T2: `engage status` over 200 engagements, and `engage bad-news`, beside `import sqlite3`, each a process, in turn.

python -m bench.startup                    in units of `import sqlite3`, medians

The ledgers lie on tmpfs where there is one: what the disk takes is no part of the targets. Recording is measured on a
ledger of one engagement and on that of 200, each put back as it was before every run.
"""

from __future__ import annotations

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.drafts import Draft, Identity
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENGAGEMENTS = 200
NEEDING = 10
"""Each so-manyth engagement has a slip that nobody was told of."""
RUN = "import sys; sys.argv = ['engage', *sys.argv[1:]]; from ledger_cli.main import run; run()"
NEWS = ("bad-news", "e0", "The hall is double-booked.")
CASES: Mapping[str, tuple[Sequence[str], bool]] = {
    "python -c pass": (("-c", "pass"), False),
    "import sqlite3": (("-c", "import sqlite3"), False),
    "status": (("-c", RUN, "status"), False),
    "status --json": (("-c", RUN, "status", "--json"), False),
    "status in colour": (("-c", RUN, "status"), True),
    "log of one": (("-c", RUN, "log", "e0"), False),
    "libraries": (("-c", "import click, orjson, pydantic_core, eventsourcing.sqlite, uuid_utils"), False),
    "bad-news": (("-c", RUN, "--ledger", "one", *NEWS), False),
    "bad-news among 200": (("-c", RUN, *NEWS), False),
}
TARGETS = {"status": 3.0, "status --json": 3.0, "status in colour": 5.5, "bad-news": 6.0}
MEMORY = "/dev/shm"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as name:
        times = _measured(Path(name), runs)
    unit = statistics.median(times["import sqlite3"])
    print(f"{ENGAGEMENTS} engagements, {ENGAGEMENTS // NEEDING} of them need somebody; medians of {runs}")
    for name, taken in times.items():
        median = statistics.median(taken)
        target = f"   target {TARGETS[name]}" if name in TARGETS else ""
        print(f"{name:<18} {median * 1000:6.1f} ms  {median / unit:5.2f} units{target}")


def fill(path: Path, engagements: int = ENGAGEMENTS) -> None:
    """Make a ledger of *engagements*, each with a milestone, some with a slip."""
    now = datetime.now(UTC) - timedelta(days=3)
    journal = SqliteJournal.create(path, "bench.example/engagements/startup", lambda: now)
    ledger = Ledger(journal, Identity("bench@example.org", "Bench"), clock=lambda: now)
    calendar = {"calendar": "default", "zone": "Europe/London", "exceptions": []}
    week = [{"weekday": day, "from_time": "09:00", "to_time": "17:00"} for day in ("mo", "tu", "we", "th", "fr")]
    ledger.record(
        Draft("policy-set", "practice", {"calendars": [{**calendar, "open": week}], "valid_from": "2024-01-01"})
    )
    ledger.record(Draft("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "Acme"}))
    ledger.record(*(draft for number in range(engagements) for draft in _drafts(number, now)))
    journal.close()


def environment(ledger: str) -> dict[str, str]:
    """Return ours, with compiled modules kept: a program is compiled once, when it is installed."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(map(os.path.abspath, filter(None, ours.get("PYTHONPATH", "").split(os.pathsep))))
    return {**ours, "ENGAGE_LEDGER": ledger, "PAGER": "cat", "PYTHONPATH": path}


def on_terminal(words: Sequence[str], folder: Path, ledger: str = "many") -> float:
    """Run Python with *words* on a terminal of its own, and return how many seconds it took."""
    ours, theirs = pty.openpty()
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], env=environment(ledger), cwd=folder, stdout=theirs)
    os.close(theirs)
    try:
        while os.read(ours, 65_536):
            pass
    except OSError:  # the other end closed
        pass
    os.close(ours)
    if process.wait() not in (0, 6):
        raise SystemExit(f"{words} ended with {process.returncode}")
    return time.perf_counter() - began


def _drafts(number: int, now: datetime) -> list[Draft]:
    stream, due = f"engagement/e{number}", (now + timedelta(days=60)).date().isoformat()
    drafts = [
        Draft("engagement-opened", stream, {"account": "acme", "alias": f"e{number}"}),
        Draft("milestone-agreed", stream, {"milestone_id": "M1", "due": due, "title": "rehearsal"}),
    ]
    if number % NEEDING == 0:
        late = (now + timedelta(days=70)).date().isoformat()
        slip = {"milestone_id": "M1", "forecast": late, "why": "the vendor"}
        drafts.append(Draft("slip-foreseen", stream, slip, aware=now.isoformat(timespec="microseconds")))
    return drafts


def _measured(folder: Path, runs: int) -> dict[str, list[float]]:
    for name, engagements in (("one", 1), ("many", ENGAGEMENTS)):
        (folder / "kept" / name).mkdir(parents=True)
        fill(folder / "kept" / name / "ledger.db", engagements)
        _in_pipe(("-c", RUN, "--ledger", name, "status"), folder / "kept")  # the tables are current from now on
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for run in range(runs + 1):
        for name, (words, colours) in CASES.items():
            _put_back(folder)
            taken = on_terminal(words, folder) if colours else _in_pipe(words, folder)
            if run:  # the first brings the tables up to date and the files into memory
                times[name].append(taken)
    return times


def _put_back(folder: Path) -> None:
    """Put the ledgers back as they were made, their tables current."""
    for name in ("one", "many"):
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(folder / "kept" / name, folder / name)


def _in_pipe(words: Sequence[str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], env=environment("many"), cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
