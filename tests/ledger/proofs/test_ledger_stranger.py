"""A stranger, PyPI's scitt-cose, accepts the proofs of a ledger of 1,000 entries and refuses them once altered."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scitt_cose import merkle as stranger

from ledger.audit import verify
from ledger.drafts import Draft, Identity
from ledger.merkle import Hash, prove_consistency, prove_inclusion, root
from ledger.service import Ledger
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Position
from tests.forest import flipped

SIZE = 1_000
NORTHWIND = "engagement/northwind"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteReader]:
    path = tmp_path_factory.mktemp("stranger") / "ledger.db"
    _record(path)
    assert verify(path).entries == SIZE
    with SqliteReader(path) as reader:
        yield reader


def test_a_stranger_finds_the_same_root(reader: SqliteReader) -> None:
    entries = [stored.raw.hex() for stored in reader.since(Position(0), SIZE)]

    assert stranger.merkle_root(entries) == reader.root().hex()


def test_a_stranger_accepts_every_entry_and_no_altered_one(reader: SqliteReader) -> None:
    for position, raw in reader.since(Position(0), SIZE):
        proof = prove_inclusion(position - 1, SIZE, reader.nodes())

        assert _included(reader, position, proof, raw)
        assert not _included(reader, position, proof, raw.replace(b'"party":"provider"', b'"party":"client"'))
        assert not _included(reader, position, [flipped(proof[0]), *proof[1:]], raw)


def test_a_stranger_accepts_the_growth_and_no_altered_one(reader: SqliteReader) -> None:
    leaves = [Hash(bytes.fromhex(stranger.leaf_hash(raw.hex()))) for _, raw in reader.since(Position(0), SIZE)]
    for old in range(1, SIZE, 7):
        proof = [node.hex() for node in prove_consistency(old, SIZE, reader.nodes())]
        before, now = root(leaves[:old]).hex(), reader.root().hex()

        assert stranger.verify_consistency(before, now, old, SIZE, proof)
        assert not stranger.verify_consistency(flipped(root(leaves[:old])).hex(), now, old, SIZE, proof)
        assert not stranger.verify_consistency(before, now, old, SIZE, [*proof[:-1], "00" * 32])


def _included(reader: SqliteReader, position: int, proof: list[Hash], raw: bytes) -> bool:
    path = [node.hex() for node in proof]
    return bool(stranger.verify_inclusion(raw.hex(), position - 1, SIZE, path, reader.root().hex()))


def _record(path: Path) -> None:
    now = datetime(2025, 6, 6, 8, 20, tzinfo=UTC)
    with SqliteJournal.create(path, "ledger.example/engagements/q3r7", lambda: now) as journal:
        ledger = Ledger(journal, Identity("ada@firm.example", "Ada"), clock=lambda: now)
        ledger.record(
            Draft("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "ACME"}),
            Draft("engagement-opened", NORTHWIND, {"account": "acme", "alias": "northwind"}),
            Draft("milestone-agreed", NORTHWIND, {"milestone_id": "M2", "due": "2025-06-27", "title": "rehearsal"}),
        )
        slip = {"milestone_id": "M2", "forecast": "2025-07-18", "why": "vendor late"}
        drafts = [Draft("slip-foreseen", NORTHWIND, slip) for _ in range(SIZE - journal.head())]
        ledger.record(*drafts)
