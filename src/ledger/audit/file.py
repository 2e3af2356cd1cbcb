"""The file around the entries: its tables and triggers as they were made, and the three settings of the ledger."""

import re
import sqlite3
from contextlib import closing

from ledger.audit.report import Fault, short
from ledger.entry import REQUIRED
from ledger.stores.schema import statements
from ledger.stores.sealing import seal

_SCHEMA = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


def changed_schema(db: sqlite3.Connection) -> Fault | None:
    """Compare the tables, indexes, views and triggers with those of a ledger that was just made."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in statements():
            fresh.execute(statement)
        made = {(kind, name): rest for kind, name, *rest in fresh.execute(_SCHEMA)}
    there = {(kind, name): rest for kind, name, *rest in db.execute(_SCHEMA)}
    for kind, name in sorted(made.keys() | there.keys(), key=str):
        if (kind, name) not in there:
            return Fault(0, f"its {kind} {name} is missing")
        if (kind, name) not in made:
            return Fault(0, f"it has a {kind} {short(name)} that no ledger has")
        if made[kind, name] != there[kind, name]:
            return Fault(0, f"its {kind} {name} is not as it was made")
    return None


def wrong_setting(db: sqlite3.Connection) -> Fault | None:
    """Refuse settings that are missing, unknown or not of their form."""
    settings = dict(db.execute("SELECT key, value FROM ledger"))
    for name in sorted({"origin", "secret", "created", "seal"} ^ settings.keys(), key=str):
        return Fault(0, f"it lacks its {name}" if name not in settings else f"it has a setting {short(name)}")
    origin, secret, created = settings["origin"], settings["secret"], settings["created"]
    if not (isinstance(origin, str) and re.fullmatch(REQUIRED["source"], origin)):
        return Fault(0, f"its origin {short(origin)} is no name of a ledger")
    if not (isinstance(secret, bytes) and len(secret) == 32):
        return Fault(0, "its secret is not 32 bytes")
    first = db.execute("SELECT recorded FROM entries WHERE position = 1").fetchone()
    if not (isinstance(created, str) and _CREATED.fullmatch(created)):
        return Fault(0, f"its time of making is {short(created)}")
    if first and isinstance(first[0], str) and first[0] < created:
        return Fault(1, f"it was recorded at {first[0]}, before the ledger was made at {created}")
    changed = "its settings were changed: the seal over its secret and its time of making is another"
    return Fault(0, changed) if settings["seal"] != seal(secret, created) else None
