"""T6 and T9: an audit with two processes, over reading and hashing every entry in one; its memory.

python -m bench.verify [ENTRIES] [LEDGER]      1,000,000 entries of a ledger made for it, unless one is named
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path

from bench.harness import measure
from ledger.audit import verify, verify_tree
from ledger.canonical import JSON
from ledger.disclosures import protect
from ledger.entry import Proposal
from ledger.events import TYPES
from ledger.stores.sqlite import SqliteJournal, system_clock
from ledger.values import Stream
from tests.every_event import EVERY, ORIGIN, entry_id, proposal

TARGETS = {"tree: leaves, tiles, root": 1.25, "full": 5.5}
SELDOM = ("agreement-drafted", "policy-set")
"""Types too large and too rare to stand for the rest."""
NOT_OFTEN = ("causationid", "claimedactor", "claimedtime", "correlationid", "onbehalfof", "privileged", "signature")
_LEFT_OUT = {*NOT_OFTEN, "signerkey", "sourcekey"}


def main() -> None:
    """Print both sides, their ratios, and the most memory that any process took."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else made(Path(folder) / "ledger.db", entries)
        sides: dict[str, Callable[[], object]] = {
            "read + SHA-256, one process": lambda: floor(path),
            "tree: leaves, tiles, root": lambda: verify_tree(path, processes=2),
            "full": lambda: verify(path, processes=2),
        }
        pair = measure("T6 verify", "read + SHA-256, one process", sides, runs=3, units=verify_tree(path).entries)
        print(pair.report(TARGETS))
        base, *both = [used(side) for side in sides.values()]
        shares = ", ".join(f"{name} {took / 2 / base:.2f}" for name, took in zip(TARGETS, both, strict=True))
        print(f"  half of the processor time of all processes, over that of the base: {shares}")
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"T9 most memory of a process: {max(peaks):.0f} MB  target ≤ 150 MB")


def floor(path: Path) -> None:
    """Read every entry and hash it."""
    with closing(sqlite3.connect(path)) as db:
        for (raw,) in db.execute("SELECT entry FROM entries ORDER BY position"):
            sha256(raw).digest()


def used(work: Callable[[], object]) -> float:
    """Return the processor time that *work* takes, its processes included: what is left where nothing else runs."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def made(path: Path, entries: int) -> Path:
    """Make a ledger of *entries*, fifty to a stream."""
    versions: dict[Stream, int] = {}
    drafts = proposals(max(10, entries // 50))
    with SqliteJournal.create(path, ORIGIN, system_clock) as journal:
        for start in range(0, entries, 5_000):
            page = [*islice(drafts, min(5_000, entries - start))]
            journal.append(page, {p.stream: versions.get(p.stream, 0) for p in page})
            for p in page:
                versions[p.stream] = versions.get(p.stream, 0) + 1
    return path


def proposals(streams: int) -> Iterator[Proposal]:
    """Yield one proposal after the other, of all common types, over *streams* streams of each kind."""
    chance = random.Random(1)
    names = [name for name in EVERY if name not in SELDOM]
    events = {name: TYPES[name](**{**EVERY[name], "note": None, "evidence": None}) for name in names}
    bases = {name: {k: v for k, v in proposal(name, 1).attributes.items() if k not in _LEFT_OUT} for name in names}
    number = 0
    while number := number + 1:
        name = chance.choice(names)
        event, subject = events[name], str(bases[name]["subject"])
        texts = {field: event.data[field] for field in event.erasable() if field in event.data}
        digests, disclosures = protect(texts, len(event.erasable()), chance.randbytes)
        if subject != "practice":
            subject = f"{subject.partition('/')[0]}/x{chance.randrange(streams):07d}"
        own: dict[str, JSON] = {
            "id": entry_id(number),
            "subject": subject,
            "data": {**event.plain, "_sd": list(digests)},
        }
        yield Proposal({**bases[name], **own}, disclosures)


if __name__ == "__main__":
    main()
