"""A small ledger with a keyring beside it, and what is done to either."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ledger.drafts import Draft, Identity
from ledger.keeping import Keyring, Signed, register, sign
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.fakes import Entropy
from ledger.testing.proposals import FakeClock

ORIGIN = "provider.example/engagements/q3r7"
LEAD = Identity("lead@provider.example", "Delivery lead")
NOW = "2025-06-06T08:00:00.000000Z"


@dataclass
class Kept:
    """A ledger in *folder*, opened anew at every step, as processes do."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    entropy: Entropy = field(default_factory=Entropy)

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger" / "ledger.db"

    @property
    def keyring(self) -> Keyring:
        """Where its private keys are."""
        return Keyring(self.folder / "keys", ORIGIN)

    @contextmanager
    def open(self) -> Iterator[Ledger]:
        """Open the ledger, and close it at the end."""
        journal = SqliteJournal.open(self.path, self.clock)
        try:
            yield Ledger(journal, LEAD, clock=self.clock)
        finally:
            journal.close()

    def tell(self, *words: str) -> list[int]:
        """Record a piece of news for each of *words*; return their positions."""
        drafts = [
            Draft("news-learned", "engagement/quay", {"polarity": "bad", "severity": 3, "summary": w}, aware=NOW)
            for w in words
        ]
        with self.open() as ledger:
            return [int(receipt.position) for receipt in ledger.record(*drafts)]

    def sign(self) -> Signed:
        """Sign a checkpoint."""
        with self.open() as ledger:
            return sign(ledger, self.keyring, self.path)

    def copy(self, name: str) -> Kept:
        """Return a copy of the ledger and its keys, as a backup has them."""
        other = Kept(self.folder.parent / name, self.clock, self.entropy)
        shutil.copytree(self.folder, other.folder)
        return other


def kept(folder: Path, *, key: bool = True) -> Kept:
    """Make a ledger with an engagement, and a *key* if one is wanted."""
    made = Kept(folder / "kept")
    made.path.parent.mkdir(parents=True)
    SqliteJournal.create(made.path, ORIGIN, made.clock).close()
    account, opened = ("account-opened", "engagement-opened")
    with made.open() as ledger:
        ledger.record(
            Draft(account, "account/harbour", {"kind": "organisation", "alias": "harbour", "name": "Harbour"}),
            Draft(opened, "engagement/quay", {"account": "harbour", "alias": "quay"}),
        )
        if key:
            register(ledger, made.keyring, made.entropy, NOW)
    return made
