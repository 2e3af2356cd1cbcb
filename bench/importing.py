"""T4: a batch of events imported, against the sum of its parts, bare rows, and eventsourcing's save; T9: its memory.

python -m bench.importing [EVENTS]      100,000 events of 2,000 engagements, unless said otherwise
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.harness import measure
from ledger import canonical
from ledger.disclosures import digest, protect
from ledger.drafts import Draft, Identity
from ledger.events import TYPES
from ledger.exporting import export_lines
from ledger.importing import JsonLines, as_they_are, record_all, record_what_can
from ledger.jsonl import parse_line
from ledger.service import Ledger
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal, system_clock
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AN_ENGAGEMENT = 50
ORIGIN = "bench.example/engagements/importing"
SAVED_AT_ONCE = 1_000
TARGETS = {"import jsonl": 1 / 0.55}
"""As ratios of time to the parts; the targets are ratios of rates."""


class Kept(Aggregate):
    """An aggregate of eventsourcing that keeps what an event of ours holds."""

    @event("Told")
    def tell(self, said: str) -> None:
        """Keep it."""
        self.said = said


def main() -> None:
    """Print all sides, and the most memory that an import and an export took."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        scratch = Scratch(Path(folder), events)
        sides = {
            "the parts: parse, validate, hash, insert": scratch.parts,
            "import jsonl": scratch.imported,
            "bare executemany of the same rows": scratch.rows,
            "eventsourcing, saved in batches": scratch.saved,
        }
        pair = measure("T4 batch import", "the parts: parse, validate, hash, insert", sides, runs=3, units=events)
        print(pair.report(TARGETS))
        for side, least in (("bare executemany of the same rows", 0.22), ("eventsourcing, saved in batches", 0.9)):
            rate = pair.ratio(side) / pair.ratio("import jsonl")
            print(f"  rate over that of {side}: {rate:.2f}  target ≥ {least}  {'met' if rate >= least else 'MISSED'}")
        for name in ("imported", "what_can", "exported"):
            print(f"T9 most memory, {name}: {peak(scratch, name):.0f} MB  target ≤ 150 MB")


class Scratch:
    """A file of events, and the ledgers they are put into."""

    def __init__(self, folder: Path, events: int) -> None:
        self.folder, self.lines = folder, folder / "events.jsonl"
        self.lines.write_text("".join(json.dumps(line) + "\n" for line in made(events)), encoding="utf-8")
        self.imported()
        self.full = folder / "full.db"
        shutil.copy(self._fresh_path, self.full)
        with closing(sqlite3.connect(self.full)) as db:
            names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            self.tables = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
            self.ddl = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]

    @property
    def _fresh_path(self) -> Path:
        return self.folder / "fresh.db"

    def fresh(self) -> Path:
        """Return a path where nothing stands."""
        for path in self.folder.glob("fresh.db*"):
            path.unlink()
        return self._fresh_path

    def ledger(self) -> Ledger:
        """Make an empty ledger to import into."""
        journal = SqliteJournal.create(self.fresh(), ORIGIN, system_clock)
        ledger = Ledger(journal, Identity("bench@example.org", "Bench"), provenance="import")
        ledger.record(Draft("policy-set", Stream("practice"), {"valid_from": "2025-01-01"}))  # introduces who imports
        return ledger

    def imported(self) -> None:
        """Import all or none."""
        with self.lines.open("rb") as source:
            counts = record_all(self.ledger(), JsonLines(source), as_they_are)
        if counts.refused:
            raise SystemExit(counts.refused[0].says)

    def what_can(self) -> None:
        """Import in parts."""
        with self.lines.open("rb") as source:
            record_what_can(self.ledger(), JsonLines(source), as_they_are)

    def exported(self) -> None:
        """Export everything."""
        with SqliteReader(self.full) as reader, Path(os.devnull).open("w") as out:
            for _, line in export_lines(reader, private=True):
                out.write(f"{line}\n")

    def parts(self) -> None:
        """Do what must be done, each part by itself: parse, validate, protect, encode, hash, insert."""
        for raw in self.lines.read_bytes().splitlines():
            draft = parse_line(raw)
            kind = TYPES[draft.type]
            valid = kind(**{"slip_id": "S1", **draft.data} if "slip_id" in kind.fields else draft.data)
            texts = {name: value for name in valid.erasable() if (value := getattr(valid, name)) is not None}
            digests, disclosures = protect(texts, len(valid.erasable()), os.urandom)
            said = canonical.encode({"id": "x" * 36, "subject": draft.subject, "data": {**valid.plain, "_sd": digests}})
            sha256(said).digest()
            for disclosure in disclosures:
                digest(disclosure)
        self.rows()

    def rows(self) -> None:
        """Insert the rows that an import leaves, and nothing else."""
        with closing(sqlite3.connect(self.fresh(), isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            for statement in self.ddl:
                db.execute(statement)
            db.execute("BEGIN IMMEDIATE")
            for name, rows in self.tables.items():
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    db.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({places})", rows)
            db.execute("COMMIT")

    def saved(self) -> None:
        """Save as many events of as many aggregates, a thousand at a time; nothing is validated, hashed or protected."""
        app: Application[UUID] = Application(
            env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(self.fresh())}
        )
        batch: list[Kept] = []
        for number, raw in enumerate(self.lines.read_text(encoding="utf-8").splitlines()):
            if number % AN_ENGAGEMENT == 0:
                if len(batch) * AN_ENGAGEMENT >= SAVED_AT_ONCE:
                    app.save(*batch)
                    batch = []
                batch.append(Kept())
            batch[-1].tell(raw)
        app.save(*batch)
        app.close()


def made(events: int) -> Iterator[Mapping[str, object]]:
    """Yield lines: a client, then engagements with a milestone and reports of its slips."""
    yield {
        "type": "account-opened",
        "subject": "account/acme",
        "data": {"kind": "organisation", "alias": "acme", "name": "A"},
    }
    for number in range(events - 1):
        which, turn = divmod(number, AN_ENGAGEMENT)
        subject, day = f"engagement/e{which}", f"2025-{turn % 12 + 1:02}-{number % 28 + 1:02}"
        rest = {"subject": subject, "occurred": day, "time": f"{day}T09:00:00.000000Z", "actor": "ada"}
        yield {**rest, **_event(which, turn, day)}


def _event(which: int, turn: int, day: str) -> Mapping[str, object]:
    if turn == 0:
        return {"type": "engagement-opened", "data": {"account": "acme", "alias": f"e{which}"}}
    if turn == 1:
        return {"type": "milestone-agreed", "data": {"milestone_id": "M1", "due": "2026-06-30", "title": "Handover"}}
    if turn % 2:
        return {
            "type": "slip-foreseen",
            "aware": day,
            "data": {"milestone_id": "M1", "forecast": "2026-07-31", "why": f"late {turn}"},
        }
    return {"type": "status-report-sent", "data": {"to": [], "no_change": True, "summary": f"week {turn}"}}


def peak(scratch: Scratch, name: str) -> float:
    """Return the most memory, in megabytes, of a process that does nothing else."""
    code = f"from bench.importing import alone; alone({str(scratch.folder)!r}, {name!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def alone(folder: str, name: str) -> None:
    """Do one thing with the files in *folder*, and print the most memory it took."""
    scratch = Scratch.__new__(Scratch)
    scratch.folder, scratch.lines, scratch.full = Path(folder), Path(folder) / "events.jsonl", Path(folder) / "full.db"
    getattr(scratch, name)()
    status = Path("/proc/self/status").read_text(encoding="ascii")  # ru_maxrss would begin at what the parent held
    print(next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    main()
