"""The tables of a ledger file only grow, whoever writes to them; and a write is whole or not at all."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.stores import writing
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import ORIGIN, STREAM, FakeClock, entry_id, proposal

ROW = "'engagement/k7h2', 301, 300, 'engagement.slip-foreseen.v1'"
REFUSED = {
    "change an entry": "UPDATE entries SET entry = x'00' WHERE position = 7",
    "change a column": "UPDATE entries SET recorded = '2020-01-01T00:00:00.000000Z'",
    "delete an entry": "DELETE FROM entries WHERE position = 300",
    "replace an entry": "REPLACE INTO entries SELECT * FROM entries WHERE position = 300",
    "replace by id": f"REPLACE INTO entries VALUES (301, {ROW}, '{entry_id(5)}', '', x'00', x'00')",
    "leave a gap": f"INSERT INTO entries VALUES (302, {ROW}, 'x', '', x'00', x'00')",
    "fill in before": f"INSERT INTO entries VALUES (0, {ROW}, 'x', '', x'00', x'00')",
    "let SQLite count": f"INSERT INTO entries VALUES (NULL, {ROW}, 'x', '', x'00', x'00')",
    "ignore the position": f"INSERT OR IGNORE INTO entries VALUES (5, {ROW}, 'x', '', x'00', x'00')",
    "shrink a stream": "UPDATE streams SET version = version - 1",
    "keep a version": "UPDATE streams SET position = position + 1",
    "move an opening": "UPDATE streams SET opened = 2, version = version + 1, position = position + 1",
    "rename a stream": "UPDATE streams SET stream = 'practice', version = version + 1, position = position + 1",
    "delete a stream": "DELETE FROM streams",
    "replace a stream": "REPLACE INTO streams VALUES ('engagement/k7h2', 1, 1, 1)",
    "change a disclosure": "UPDATE disclosures SET disclosure = x'00' WHERE key = 64",
    "change a tile": "UPDATE tiles SET root = x'00'",
    "delete a tile": "DELETE FROM tiles",
    "replace a tile": "REPLACE INTO tiles VALUES (0, 0, x'00', x'00')",
    "change a source key": "UPDATE sourcekeys SET position = 2",
    "delete a source key": "DELETE FROM sourcekeys",
    "replace a source key": "REPLACE INTO sourcekeys SELECT key, 9 FROM sourcekeys",
    "change the origin": "UPDATE ledger SET value = 'x' WHERE key = 'origin'",
    "delete the secret": "DELETE FROM ledger WHERE key = 'secret'",
    "replace the secret": "REPLACE INTO ledger VALUES ('secret', x'00')",
    "upsert a stream": "INSERT INTO streams VALUES ('engagement/k7h2', 1, 1, 1) ON CONFLICT DO UPDATE SET version = 1",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grown") / "ledger.db"
    with SqliteJournal.create(path, ORIGIN, FakeClock()) as journal:
        journal.append([proposal(1, sourcekey="ab" * 32), *map(proposal, range(2, 301))], {STREAM: 0})
    return path


@pytest.fixture
def raw(ledger: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(ledger, isolation_level=None)
    yield db
    db.close()


@pytest.mark.parametrize("name", REFUSED)
def test_a_stranger_cannot(raw: sqlite3.Connection, name: str) -> None:
    before = "\n".join(raw.iterdump())

    with pytest.raises(sqlite3.IntegrityError, match="only grow"):
        raw.execute(REFUSED[name])

    assert "\n".join(raw.iterdump()) == before


def test_a_disclosure_alone_may_go(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    gone = raw.execute("DELETE FROM disclosures WHERE key >= 7 << 6 AND key < 8 << 6").rowcount
    raw.execute("ROLLBACK")

    assert gone == 3


def test_a_failure_between_a_tile_and_the_commit_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    with SqliteJournal.create(path, ORIGIN, FakeClock()) as journal:
        journal.append([*map(proposal, range(1, 256))], {STREAM: 0})
        before, root = _dump(path), journal.root()
        insert = writing.insert

        def insert_and_fail(*given: object) -> None:
            insert(*given)  # type: ignore[arg-type]  # passed on as they came
            raise RuntimeError("after the tile")

        monkeypatch.setattr("ledger.stores.recorder.insert", insert_and_fail)
        with pytest.raises(RuntimeError, match="after the tile"):
            journal.append([proposal(256)], {STREAM: 255})
        monkeypatch.undo()

        assert (_dump(path), journal.root()) == (before, root)
        assert journal.append([proposal(256)], {STREAM: 255})[0].position == 256
        assert 'INSERT INTO "tiles"' in _dump(path)


def _dump(path: Path) -> str:
    db = sqlite3.connect(path)
    try:
        return "\n".join(db.iterdump())
    finally:
        db.close()
