"""The screens over 200 engagements and 100,000 entries: `status`, `signals`, `weekly`, each a process, medians in seconds
and in units of `import sqlite3`, of wall time and of CPU. T1 holds for `status`: it is measured on the ledger of
`bench.startup` too, as many engagements with an entry or two each.

python -m bench.morning                    on a ledger made for it
python -m bench.morning --keep FOLDER      made there, if it is not there yet, and left

Each engagement has a milestone a month, calls and reports in between, and what came of it by chance: slips told or not,
bad news, questions, promises broken, things that the client owes.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.startup import MEMORY, RUN, TARGETS, environment, on_terminal
from bench.startup import fill as fill_small
from ledger.drafts import Draft, Identity
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Taken = tuple[float, float]
    """Wall time and CPU time, in seconds."""

ENGAGEMENTS, ENTRIES = 200, 100_000
ACCOUNTS = 40
GLANCES: Mapping[str, Sequence[str]] = {
    "status": ("status",), "status --json": ("status", "--json"), "status in colour": ("status",),
}  # fmt: skip
COLOUR = "status in colour"
SCREENS = (("status", "--check"), ("signals",), ("weekly",), ("remind",))
FORGET = "DELETE FROM internal_over_all"
"""As an entry does: what is judged over all is made by the next look."""
UNIT = "import sqlite3"
DAYS = 180
"""How far back the ledger goes."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "ledger.db").exists():
            fill(folder / "ledger.db")
        small = Path(scratch) / "small"
        small.mkdir()
        fill_small(small / "ledger.db")
        _print(_measured(small, folder, asked.runs))


def _measured(small: Path, large: Path, runs: int) -> Mapping[str, Sequence[Taken]]:
    """Return what each case takes, all of them in turn, so that what else the machine does falls on all alike."""
    cases: dict[str, Callable[[], Taken]] = {UNIT: lambda: _taken(large, ("-c", UNIT))}
    for where, folder in (("small", small), ("large", large)):
        for name, words in GLANCES.items():
            cases[f"{where}: {name}"] = partial(_taken, folder, ("-c", RUN, *words), colours=name == COLOUR)
    cases["large: status, first look"] = lambda: _first(large)
    for words in SCREENS:
        cases[f"large: {' '.join(words)}"] = partial(_taken, large, ("-c", RUN, *words))
    for case in cases.values():  # the tables are current from now on
        case()
    found: dict[str, list[Taken]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, case in cases.items():
            found[name].append(case())
    return found


def _print(found: Mapping[str, Sequence[Taken]]) -> None:
    medians = {name: [statistics.median(side) for side in zip(*taken, strict=True)] for name, taken in found.items()}
    units = medians[UNIT]
    for name, (wall, cpu) in medians.items():
        ratios = f"{wall / units[0]:6.1f} {cpu / units[1]:6.1f} units"
        target = f"   T1: {TARGETS[glance]}" if (glance := name.partition(": ")[2]) in GLANCES else ""
        print(f"{name:<30} {wall:7.3f} s {cpu:7.3f} s of CPU {ratios}{target}")


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


def _taken(folder: Path, words: Sequence[str], *, colours: bool = False) -> Taken:
    """Return the wall time and the CPU time that a process takes, in seconds."""
    before = _used()
    wall = on_terminal(words, folder, str(folder)) if colours else _in_pipe(folder, words)
    return wall, _used() - before


def _in_pipe(folder: Path, words: Sequence[str]) -> float:
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *words], env=environment(str(folder)), capture_output=True, check=False)
    if done.returncode not in (0, 6):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - began


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _first(folder: Path) -> Taken:
    with closing(sqlite3.connect(folder / "projections.db")) as db, db:
        db.execute(FORGET)
    return _taken(folder, ("-c", RUN, "status"))


if __name__ == "__main__":
    main()
