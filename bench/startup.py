"""T1: `engage status` over 200 engagements, beside `import sqlite3`, each a process of its own, in turn.

python -m bench.startup                    in units of `import sqlite3`, medians
"""

from __future__ import annotations

import argparse
import os
import pty
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
CASES: Mapping[str, tuple[Sequence[str], bool]] = {
    "python -c pass": (("-c", "pass"), False),
    "import sqlite3": (("-c", "import sqlite3"), False),
    "status": (("-c", RUN, "status"), False),
    "status --json": (("-c", RUN, "status", "--json"), False),
    "status in colour": (("-c", RUN, "status"), True),
    "log of one": (("-c", RUN, "log", "e0"), False),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        fill(path)
        times = _measured({**os.environ, "ENGAGE_LEDGER": str(path)}, runs)
    unit = statistics.median(times["import sqlite3"])
    print(f"{ENGAGEMENTS} engagements, {ENGAGEMENTS // NEEDING} of them need somebody; medians of {runs}")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<18} {median * 1000:6.1f} ms  {median / unit:5.2f} units")


def fill(path: Path) -> None:
    """Make a ledger of many engagements, each with a milestone, some with a slip."""
    now = datetime.now(UTC) - timedelta(days=3)
    journal = SqliteJournal.create(path, "bench.example/engagements/startup", lambda: now)
    ledger = Ledger(journal, Identity("bench@example.org", "Bench"), clock=lambda: now)
    calendar = {"calendar": "default", "zone": "Europe/London", "exceptions": []}
    week = [{"weekday": day, "from_time": "09:00", "to_time": "17:00"} for day in ("mo", "tu", "we", "th", "fr")]
    ledger.record(
        Draft("policy-set", "practice", {"calendars": [{**calendar, "open": week}], "valid_from": "2024-01-01"})
    )
    ledger.record(Draft("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "Acme"}))
    ledger.record(*(draft for number in range(ENGAGEMENTS) for draft in _drafts(number, now)))
    journal.close()


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


def _measured(environment: Mapping[str, str], runs: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for run in range(runs + 1):
        for name, (words, on_terminal) in CASES.items():
            taken = _on_terminal(words, environment) if on_terminal else _in_pipe(words, environment)
            if run:  # the first brings the tables up to date and the files into memory
                times[name].append(taken)
    return times


def _in_pipe(words: Sequence[str], environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _on_terminal(words: Sequence[str], environment: Mapping[str, str]) -> float:
    ours, theirs = pty.openpty()
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], env={**environment, "PAGER": "cat"}, stdout=theirs)
    os.close(theirs)
    try:
        while os.read(ours, 65_536):
            pass
    except OSError:  # the other end closed
        pass
    process.wait()
    os.close(ours)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
