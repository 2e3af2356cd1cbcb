"""The tables of a ledger file: what each holds, and the triggers that let them only grow.

    entries      one row an entry; the bytes decide, every other column is an index over them
    streams      the head of each stream: the only rows that change, and they only grow
    sourcekeys   63 bits of a source key → the position, confirmed against the entry
    disclosures  position << 6 | ordinal → the text of an erasable field: the only rows that may go
    tiles        the full tiles of the Merkle tree, each with its root before its hashes
    ledger       origin, secret, created, and the seal over the two that no entry shows

A trigger runs before REPLACE deletes anything, so each refuses a key that is taken: REPLACE fires no DELETE trigger.
Disclosures have none for INSERT: who may delete one gains nothing by replacing it, and its digest is in the entry.
"""

APPLICATION_ID = int.from_bytes(b"ENGL")
"""In the file's header: this is an engagement ledger."""
FORMAT = 1
"""The file's `user_version`."""
ORDINAL_BITS = 6
"""An entry has at most 64 disclosures."""

_TABLES = (
    """CREATE TABLE entries (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  previous INTEGER NOT NULL, -- the position before it in its stream, 0 for the first
  type TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  recorded TEXT NOT NULL,
  leaf_hash BLOB NOT NULL,
  entry BLOB NOT NULL
) STRICT""",
    """CREATE TABLE streams (
  stream TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  opened INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE TABLE sourcekeys (key INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT",
    "CREATE TABLE disclosures (key INTEGER PRIMARY KEY, disclosure BLOB NOT NULL) STRICT",
    """CREATE TABLE tiles (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  root BLOB NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, number)
) STRICT""",
    "CREATE TABLE ledger (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    # what eventsourcing's recorders read, with our position where they look for SQLite's row number
    """CREATE VIEW stored_events (rowid, originator_id, originator_version, topic, state)
AS SELECT position, stream, version, type, entry FROM entries""",
)
_REFUSED = (
    (
        "entries",
        "INSERT",
        "NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM entries)"
        " OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)",
    ),
    ("entries", "UPDATE", "TRUE"),
    ("entries", "DELETE", "TRUE"),
    ("streams", "INSERT", "EXISTS (SELECT 1 FROM streams WHERE stream = NEW.stream)"),
    (
        "streams",
        "UPDATE",
        "NEW.stream IS NOT OLD.stream OR NEW.opened IS NOT OLD.opened"
        " OR NEW.version <= OLD.version OR NEW.position <= OLD.position",
    ),
    ("streams", "DELETE", "TRUE"),
    ("sourcekeys", "INSERT", "EXISTS (SELECT 1 FROM sourcekeys WHERE key = NEW.key)"),
    ("sourcekeys", "UPDATE", "TRUE"),
    ("sourcekeys", "DELETE", "TRUE"),
    ("disclosures", "UPDATE", "TRUE"),
    ("tiles", "INSERT", "EXISTS (SELECT 1 FROM tiles WHERE level = NEW.level AND number = NEW.number)"),
    ("tiles", "UPDATE", "TRUE"),
    ("tiles", "DELETE", "TRUE"),
    ("ledger", "INSERT", "EXISTS (SELECT 1 FROM ledger WHERE key = NEW.key)"),
    ("ledger", "UPDATE", "TRUE"),
    ("ledger", "DELETE", "TRUE"),
)


def statements() -> list[str]:
    """List what makes an empty ledger of an empty file."""
    triggers = [
        f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{table} only grow: {act} refused'); END"
        for table, act, when in _REFUSED
    ]
    return [*_TABLES, *triggers, f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {FORMAT}"]
