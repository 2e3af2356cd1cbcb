"""The screens over 200 engagements and 100,000 entries: `status`, `signals`, `weekly`, each a process, medians in seconds,
of wall time and of CPU.

python -m bench.morning                    on a ledger made for it
python -m bench.morning --keep FOLDER      made there, if it is not there yet, and left

Each engagement has a milestone a month, calls and reports in between, and what came of it by chance: slips told or not,
bad news, questions, promises broken, things that the client owes.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.startup import MEMORY, RUN
from ledger.drafts import Draft, Identity
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENGAGEMENTS, ENTRIES = 200, 100_000
ACCOUNTS = 40
SCREENS = (("status",), ("status", "--check"), ("status", "--json"), ("signals",), ("weekly",), ("remind",))
CHILDREN = (2, 3)
"""Where in the times of a process those of its children stand: user, system."""
DAYS = 180
"""How far back the ledger goes."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "ledger.db").exists():
            fill(folder / "ledger.db")
        _taken(folder, ("status",))  # the tables are current from now on
        for words in SCREENS:
            wall, cpu = map(statistics.median, zip(*(_taken(folder, words) for _ in range(asked.runs)), strict=True))
            print(f"engage {' '.join(words):<16} {wall:8.2f} s {cpu:8.2f} s of CPU")


def fill(path: Path, engagements: int = ENGAGEMENTS, entries: int = ENTRIES) -> None:
    """Make a ledger of *engagements* with so many *entries* together, the same each time but for today's date."""
    chance, start = random.Random(5), datetime.now(UTC) - timedelta(days=DAYS)
    clock = [start]
    journal = SqliteJournal.create(path, "bench.example/engagements/morning", lambda: clock[0])
    ledger = Ledger(journal, Identity("bench@example.org", "Bench"), clock=lambda: clock[0])
    calendar = {"calendar": "default", "zone": "Europe/London", "exceptions": []}
    week = [{"weekday": day, "from_time": "09:00", "to_time": "17:00"} for day in ("mo", "tu", "we", "th", "fr")]
    ledger.record(
        Draft("policy-set", "practice", {"calendars": [{**calendar, "open": week}], "valid_from": "2024-01-01"})
    )
    for number in range(ACCOUNTS):
        ledger.record(*_account(f"account/client-{number}"))
    for number in range(engagements):
        ledger.record(*_opening(number, start))
    step = timedelta(days=DAYS) / max(1, entries // (engagements * 10))
    while clock[0] + step < start + timedelta(days=DAYS):
        clock[0] += step
        for number in range(engagements):
            ledger.record(*_ten(f"engagement/e{number}", f"account/client-{number % ACCOUNTS}", clock[0], chance))
    journal.close()


def _account(stream: str) -> Iterator[Draft]:
    name = stream.partition("/")[2]
    yield Draft("account-opened", stream, {"kind": "organisation", "alias": name, "name": name.title()})
    for level, side in (("executive", "client"), ("manager", "client"), ("senior", "provider")):
        contact = {"side": side, "level": level, "name": f"{level} of {name}", "role": level}
        yield Draft("contact-added", stream, contact)


def _opening(number: int, start: datetime) -> Iterator[Draft]:
    stream = f"engagement/e{number}"
    yield Draft("engagement-opened", stream, {"account": f"client-{number % ACCOUNTS}", "alias": f"e{number}"})
    for month in range(1, 9):
        due = (start + timedelta(days=30 * month)).date().isoformat()
        yield Draft(
            "milestone-agreed", stream, {"milestone_id": f"M{month}", "due": due, "title": f"part {month} of the move"}
        )


def _ten(stream: str, account: str, now: datetime, chance: random.Random) -> Iterator[Draft]:
    """Yield ten entries of one engagement: mostly talk, now and then what somebody will have to see to."""
    when = now.isoformat(timespec="microseconds")
    call = {"kind": "call", "direction": "outbound", "purpose": "update", "participants": ["c1", "c3"]}
    for _ in range(9):
        yield Draft("contact-made", stream, {**call, "minutes": 20, "substance": "where the move stands"})
    match chance.randrange(60):
        case 0:
            late = (now + timedelta(days=250)).date().isoformat()
            yield Draft("slip-foreseen", stream, {"milestone_id": "M8", "forecast": late, "why": "vendor"}, aware=when)
        case 1 | 2:
            yield Draft("news-learned", stream, {"polarity": "bad", "summary": "the hall is taken"}, aware=when)
        case 3 | 4:
            asked = {"from_contact": "c2", "kind": "question", "channel": "call", "text": "which cost centre?"}
            yield Draft("request-received", stream, asked)
        case case if case < 30:
            month = min(8, 1 + (case % 8))
            yield Draft("milestone-delivered", stream, {"milestone_id": f"M{month}"})
        case _:
            yield Draft("status-report-sent", stream, {"to": ["c1"], "no_change": True})


def _taken(folder: Path, words: Sequence[str]) -> tuple[float, float]:
    """Return the wall time and the CPU time that a process takes, in seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began, before = time.perf_counter(), os.times()
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, env={**environment, "ENGAGE_LEDGER": str(folder)}, capture_output=True, check=False)
    if done.returncode not in (0, 6):
        raise SystemExit(done.stderr.decode())
    after = os.times()
    used = sum(after[place] - before[place] for place in CHILDREN)
    return time.perf_counter() - began, used


if __name__ == "__main__":
    main()
