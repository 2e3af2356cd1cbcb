"""A ledger that agrees with itself verifies, whole or from a checkpoint on; what that cannot show is said."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.audit import accept, explain, verify, verify_tree, verifying
from ledger.audit.reading import Reading
from ledger.errors import Tampered
from ledger.merkle import Edge, Hash, leaf_hashes, root
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Position
from tests.every_event import EVERY, ORIGIN, START
from tests.meddling import after, attributes, copy, found, meddling, rewrite, template


def root_at(path: Path, size: int) -> Hash:
    with SqliteReader(path) as reader:
        return root(leaf_hashes(stored.raw for stored in reader.since(Position(0), size)))


def test_a_ledger_of_every_event_verifies() -> None:
    path = template()

    report = verify(path)

    many = len(EVERY)
    assert (report.entries, report.streams, report.tiles, report.root) == (many, 3, 0, root_at(path, many))
    assert report.digests == sum(len(attributes(path, n)["data"]["_sd"]) for n in range(1, many + 1))


def test_an_empty_ledger_verifies(tmp_path: Path) -> None:
    SqliteJournal.create(tmp_path / "ledger.db", ORIGIN, lambda: START).close()

    assert verify(tmp_path / "ledger.db").root == sha256(b"").digest()


def test_progress_ends_with_all_entries() -> None:
    told: list[tuple[int, int]] = []

    verify(template(large=True), progress=lambda done, of: told.append((done, of)))

    assert told[-1] == (600, 600)


def test_two_processes_say_what_one_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = copy(tmp_path, large=True)
    monkeypatch.setattr(verifying, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(verifying, "PAGES", 1)

    assert verify(path, processes=2) == verify(path)
    rewrite(path, 300, {**attributes(path, 300), "party": "client"})
    with pytest.raises(Tampered, match="entry #300"):
        verify(path, processes=2)


@pytest.mark.parametrize("pages", [1, 2])
@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("UPDATE entries SET previous = previous - 1 WHERE position = 257", 257),
        ("UPDATE entries SET previous = 0 WHERE position = 513", 513),
    ],
)
def test_a_stream_is_followed_from_range_to_range(
    sql: str, position: int, pages: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(verifying, "PAGES", pages)

    assert after(copy(tmp_path, large=True), sql)[0] == position


@pytest.mark.parametrize("size", [1, 25, 255, 256, 257, 511, 512, 513, 599, 600])
def test_from_a_checkpoint_on_only_what_is_new_is_read(size: int, tmp_path: Path) -> None:
    path = copy(tmp_path, large=True)
    trusted = root_at(path, size)

    report = verify(path, after=size, trusted=trusted)

    assert (report.root, report.trusted) == (verify(path).root, size)
    assert f"#1 to #{size} were not read" in report.caveat
    for position in {size, size + 1, 600} - {601}:
        other = {**attributes(path, position), "party": "client"}
        before = path.read_bytes()
        rewrite(path, position, other)
        assert found(path, size, trusted)[0] == (position if position > size else 0)
        path.write_bytes(before)


def test_another_root_than_that_of_the_checkpoint_is_found(tmp_path: Path) -> None:
    path = copy(tmp_path, large=True)
    trusted = root_at(path, 300)
    rewrite(path, 3, {**attributes(path, 3), "party": "client"}, tree=True)

    assert found(path) == (0, "")
    assert "its first 300 entries have root" in found(path, 300, trusted)[1]
    assert "fewer than the 601" in found(path, 601, trusted)[1]


def test_a_ledger_that_was_rewritten_throughout_verifies_and_the_report_says_who_could_have(tmp_path: Path) -> None:
    path = copy(tmp_path, large=True)
    before = verify(path)
    rewrite(path, 12, {**attributes(path, 12), "occurred": "2025-05-30"}, tree=True)

    report = verify(path)

    assert report.root != before.root
    assert report.caveat.startswith("Shown against nobody else's checkpoint yet")


def test_the_quick_yes_is_given_to_every_page_and_never_where_the_slow_answer_is_no(tmp_path: Path) -> None:
    path = copy(tmp_path, large=True)
    with closing(sqlite3.connect(path)) as db:
        reading = Reading(db, str(path), 1, 256)
        rows, texts = reading.rows(), reading.texts()
    assert isinstance(rows, list)
    assert isinstance(texts, list)

    assert accept.accept(rows, texts, ORIGIN) is not None
    for row in rows[: len(EVERY)]:
        own = [text for text in texts if text[0] >> 6 == row[0]]
        assert explain.explain(row, own, ORIGIN) is None
        for n in range(0, len(row[8]), 7):
            other = (*row[:8], row[8][:n] + bytes([row[8][n] ^ 1]) + row[8][n + 1 :])
            accepted = accept.accept([other], own, ORIGIN) is not None
            assert accepted == (explain.explain(other, own, ORIGIN) is None)


def test_tiles_of_the_upper_rows_are_checked(tmp_path: Path) -> None:
    path = _tall(tmp_path)

    assert verify_tree(path).root == root(leaf_hashes(b"%d" % n for n in range(1, 65_541)))
    for sql, position in {
        "UPDATE tiles SET root = zeroblob(32) WHERE level = 1": 1,
        "UPDATE tiles SET hashes = zeroblob(8192) WHERE level = 1": 1,
        "UPDATE tiles SET hashes = CAST(substr(hashes, 1, 32) || zeroblob(8160) AS BLOB) WHERE level = 1": 257,
        "DELETE FROM tiles WHERE level = 1": 1,
        "INSERT INTO tiles VALUES (1, 1, zeroblob(32), zeroblob(8192))": 0,
    }.items():
        with meddling(path) as db:
            kept = db.execute("SELECT * FROM tiles WHERE level = 1").fetchall()
            db.execute(sql)
        with pytest.raises(Tampered) as refusal:
            verify_tree(path)
        assert refusal.value.position == position
        with meddling(path) as db:
            db.execute("DELETE FROM tiles WHERE level = 1")
            db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", kept)


def _tall(folder: Path) -> Path:
    """Make a tree of three rows over bytes that are no entries."""
    SqliteJournal.create(folder / "ledger.db", ORIGIN, lambda: START).close()
    raws = [b"%d" % n for n in range(1, 65_541)]
    leaves = leaf_hashes(raws)
    rows = [
        (n, "s", n, n - 1, "t", str(n), "r", leaf, raw)
        for n, (leaf, raw) in enumerate(zip(leaves, raws, strict=True), 1)
    ]
    with meddling(folder / "ledger.db") as db:
        db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        tiles = [(t.level, t.number, t.root, t.hashes) for t in Edge().extend(leaves)]
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    return folder / "ledger.db"
