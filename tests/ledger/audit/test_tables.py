"""Every column of every table changed, rows taken away, swapped and put in: each is found, and the right entry named."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.audit import verify
from tests.every_event import EVERY, stream_of
from tests.meddling import after, copy, found, meddling

COLUMNS: dict[str, tuple[str, str, str]] = {
    "stream": ("entries", "'engagement/other'", "the column stream says"),
    "version": ("entries", "version + 1", "the column version says"),
    "previous": ("entries", "previous + 1", "the column previous says"),
    "type": ("entries", "'engagement.slip-averted.v2'", "the column type says"),
    "id": ("entries", "'x'", "the column id says"),
    "recorded": ("entries", "'2025-06-06T08:20:01.500000Z'", "the column recorded says"),
    "leaf_hash": ("entries", "zeroblob(32)", "the tree holds 00000000…"),
    "entry": ("entries", "CAST(replace(CAST(entry AS TEXT), 'client', 'provider') || ' ' AS BLOB)", "the tree holds"),
}
SLIPS = 600
LAST = {stream_of(name): position for position, name in enumerate(EVERY, 1)}
"""Where the last entry of each stream stands."""
"""The newest entry, a slip of engagement/northwind."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy(tmp_path, large=True)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("position", [1, 14, 256, 257, 600])
def test_a_changed_column_of_an_entry_is_found(column: str, position: int, path: Path) -> None:
    table, value, said = COLUMNS[column]

    at, what = after(path, f"UPDATE {table} SET {column} = {value} WHERE position = ?", position)

    assert at == position
    assert said in what


@pytest.mark.parametrize(("column", "value"), [("version", "99"), ("position", "599"), ("opened", "6")])
def test_a_changed_head_of_a_stream_is_found_at_the_real_head(column: str, value: str, path: Path) -> None:
    at, what = after(path, f"UPDATE streams SET {column} = {value} WHERE stream = 'engagement/northwind'")

    assert at == SLIPS
    assert f"the table of streams says {column} {value} of engagement/northwind" in what


BESIDE: dict[str, tuple[str, int, str]] = {
    "a stream is renamed": (
        "UPDATE streams SET stream = 'account/none' WHERE stream = 'account/acme'",
        LAST["account/acme"],
        "account/",
    ),
    "a stream is missing": ("DELETE FROM streams WHERE stream = 'practice'", LAST["practice"], "lacks practice"),
    "a stream is added": ("INSERT INTO streams VALUES ('account/none', 1, 7, 7)", 7, "which no entry belongs to"),
    "a source key is missing": (
        "DELETE FROM sourcekeys WHERE position = 9",
        9,
        "leads to nothing",
    ),
    "a source key leads elsewhere": ("UPDATE sourcekeys SET position = 10 WHERE position = 9", 9, "its source key"),
    "a source key is moved": ("UPDATE sourcekeys SET key = key + 1 WHERE position = 9", 9, "leads to nothing"),
    "a source key is added": ("INSERT INTO sourcekeys VALUES (7, 20)", 20, "the source key 0000000000000007 leads"),
    "a source key leads nowhere": ("INSERT INTO sourcekeys VALUES (7, 900)", 900, "the source key 0000000000000007"),
    "a disclosure is changed": (
        "UPDATE disclosures SET disclosure = CAST('WyJ4Il0' AS BLOB) WHERE key = 12 << 6 | 1",
        12,
        "disclosure 2 hashes to",
    ),
    "a disclosure is missing": ("DELETE FROM disclosures WHERE key = 12 << 6 | 1", 12, "digest 2 of 3 has neither"),
    "a disclosure is moved": ("UPDATE disclosures SET key = 12 << 6 | 9 WHERE key = 12 << 6", 12, "digest 1 of 3"),
    "a disclosure is added": (
        "INSERT INTO disclosures VALUES (12 << 6 | 3, x'00')",
        12,
        "a disclosure stands at place 4",
    ),
    "a disclosure is before all": ("INSERT INTO disclosures VALUES (5, x'00')", 0, "a disclosure stands there"),
    "a disclosure is behind all": ("INSERT INTO disclosures VALUES (601 << 6, x'00')", 601, "a disclosure stands"),
    "an entry is missing": ("DELETE FROM entries WHERE position = 300", 300, "it is missing"),
    "the first entry is missing": ("DELETE FROM entries WHERE position = 1", 1, "it is missing"),
    "the last entry is missing": ("DELETE FROM entries WHERE position = 600", 599, "the table of streams says"),
    "an entry is before all": ("UPDATE entries SET position = 0 WHERE position = 600", 0, "an entry at 0"),
    "a tile's root is changed": (
        "UPDATE tiles SET root = zeroblob(32) WHERE number = 1",
        257,
        "has root",
    ),
    "a tile is missing": ("DELETE FROM tiles WHERE number = 1", 257, "is missing"),
    "a tile is renumbered": ("UPDATE tiles SET number = 5 WHERE number = 1", 257, "is missing"),
    "a tile is cut": ("UPDATE tiles SET hashes = x'00' WHERE number = 1", 257, "is not 256 hashes long"),
    "a tile is added": ("INSERT INTO tiles VALUES (0, 2, zeroblob(32), zeroblob(8192))", 0, "tile 2 of row 0"),
    "a tile of a row too high": ("INSERT INTO tiles VALUES (1, 0, zeroblob(32), zeroblob(8192))", 0, "row 1"),
    "a tile of a row below": ("INSERT INTO tiles VALUES (-1, 0, zeroblob(32), zeroblob(8192))", 0, "row -1"),
    "another name": ("UPDATE ledger SET value = 'other.example/x' WHERE key = 'origin'", 1, "its source is"),
    "no name": ("UPDATE ledger SET value = 7 WHERE key = 'origin'", 0, "is no name of a ledger"),
    "a short secret": ("UPDATE ledger SET value = x'00' WHERE key = 'secret'", 0, "its secret is not 32 bytes"),
    "another secret": ("UPDATE ledger SET value = zeroblob(32) WHERE key = 'secret'", 0, "its settings were changed"),
    "made earlier": (
        "UPDATE ledger SET value = '2020-01-01T00:00:00.000000Z' WHERE key = 'created'",
        0,
        "its settings were changed",
    ),
    "another seal": ("UPDATE ledger SET value = zeroblob(32) WHERE key = 'seal'", 0, "its settings were changed"),
    "no time of making": ("UPDATE ledger SET value = 'now' WHERE key = 'created'", 0, "its time of making is now"),
    "made later": (
        "UPDATE ledger SET value = '2026-01-01T00:00:00.000000Z' WHERE key = 'created'",
        1,
        "before the ledger was made",
    ),
    "a setting is added": ("INSERT INTO ledger VALUES ('x', 1)", 0, "it has a setting x"),
    "a setting is renamed": ("UPDATE ledger SET key = 'made' WHERE key = 'created'", 0, "it lacks its created"),
    "an index is added": ("CREATE INDEX more ON entries (type)", 0, "it has a index more"),
    "a view is missing": ("DROP VIEW stored_events", 0, "its view stored_events is missing"),
}


@pytest.mark.parametrize(("sql", "position", "said"), BESIDE.values(), ids=BESIDE)
def test_a_row_beside_the_entries_is_found(sql: str, position: int, said: str, path: Path) -> None:
    at, what = after(path, sql)

    assert (at, said) == (position, said if said in what else what)


@pytest.mark.parametrize("n", [0, 100, 255])
def test_a_changed_hash_of_a_tile_is_found_at_its_entry(n: int, path: Path) -> None:
    sql = "UPDATE tiles SET hashes = substr(hashes, 1, ?) || zeroblob(32) || substr(hashes, ?) WHERE number = 1"

    at, what = after(
        path,
        sql.replace("SET hashes = ", "SET hashes = CAST(").replace(" WHERE", " AS BLOB) WHERE"),
        32 * n,
        32 * n + 33,
    )

    assert at == 257 + n
    assert "the tree holds 00000000…" in what


@pytest.mark.parametrize("trigger", ["entries_refuse_update", "tiles_refuse_delete", "ledger_refuse_insert"])
def test_a_trigger_that_is_missing_or_weaker_is_found(trigger: str, path: Path) -> None:
    with sqlite3.connect(path) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (trigger,)).fetchone()
        db.execute(f"DROP TRIGGER {trigger}")

    assert found(path) == (0, f"its trigger {trigger} is missing")
    with sqlite3.connect(path) as db:
        db.execute(sql.replace("WHEN", "WHEN FALSE AND"))

    assert found(path) == (0, f"its trigger {trigger} is not as it was made")


def _swap_bytes(db: sqlite3.Connection) -> None:
    db.execute("CREATE TEMP TABLE two AS SELECT position, entry FROM entries WHERE position IN (300, 401)")
    swap = "UPDATE entries SET entry = (SELECT t.entry FROM two AS t WHERE t.position = 701 - entries.position)"
    db.execute(f"{swap} WHERE position IN (300, 401)")


def _swap_rows(db: sqlite3.Connection) -> None:
    for old, new in ((300, 9_000), (401, 300), (9_000, 401)):
        db.execute("UPDATE entries SET position = ? WHERE position = ?", (new, old))


def _put_in_the_middle(db: sqlite3.Connection) -> None:
    for position in range(600, 299, -1):
        db.execute("UPDATE entries SET position = ? WHERE position = ?", (position + 1, position))
    db.execute(
        "INSERT INTO entries SELECT 300, stream, version, previous, type, 'new', recorded, leaf_hash, entry"
        " FROM entries WHERE position = 299"
    )


def _put_at_the_end(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO entries SELECT 601, stream, version, previous, type, 'new', recorded, leaf_hash, entry"
        " FROM entries WHERE position = 600"
    )


def _cut_off(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM entries WHERE position > 590")
    db.execute("DELETE FROM disclosures WHERE key >= 591 << 6")


ROWS: dict[str, tuple[Callable[[sqlite3.Connection], None], int]] = {
    "the bytes of two entries are swapped": (_swap_bytes, 300),
    "two entries are swapped": (_swap_rows, 300),
    "an entry is put in": (_put_in_the_middle, 300),
    "an entry is put at the end": (_put_at_the_end, 601),
    "the end is cut off": (_cut_off, 590),
}


@pytest.mark.parametrize(("change", "position"), ROWS.values(), ids=ROWS)
def test_rows_that_were_moved_are_found(
    change: Callable[[sqlite3.Connection], None], position: int, path: Path
) -> None:
    with meddling(path) as db:
        change(db)

    assert found(path)[0] == position


def test_the_ledger_that_all_this_is_done_to_verifies(path: Path) -> None:
    assert verify(path).entries == 600
