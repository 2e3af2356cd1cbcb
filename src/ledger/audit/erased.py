"""Which texts the log says were erased: their digests may lack a disclosure, and must."""

import sqlite3
from collections.abc import Iterator, Mapping

from ledger.audit.report import Fault
from ledger.disclosures import digest
from ledger.entry import decode
from ledger.errors import Refused
from ledger.events import DisclosuresErased
from ledger.names import PRACTICE
from ledger.stores import rows
from ledger.values import Position

Erased = Mapping[str, str]
"""The digests that were erased, and the id of the entry each stands in."""

_MARK = f'"type":"{DisclosuresErased.stored_name}"'.encode()


def read_erased(db: sqlite3.Connection, size: int) -> Erased:
    """Return what the entries up to *size* say was erased; they are audited like all others."""
    return dict(_said(db, size))


def still_there(db: sqlite3.Connection, erased: Erased) -> Fault | None:
    """Return a text that stands although it was erased."""
    for gone, entry_id in erased.items():
        row = db.execute("SELECT position FROM entries WHERE id = ?", (entry_id,)).fetchone()
        position = Position(row[0] if row else 0)
        if any(_is(text, gone) for text in rows.disclosures(db, [position]).get(position, ())):
            return Fault(position, "one of its texts was erased, and is there again")
    return None


def _said(db: sqlite3.Connection, size: int) -> Iterator[tuple[str, str]]:
    chain = f"{rows.CHAIN} SELECT position, entry FROM chain WHERE position <= ? AND instr(entry, ?)"
    for position, raw in db.execute(chain, (PRACTICE, size, _MARK)):
        try:
            entry = decode(position, raw)
        except Refused:
            continue  # the audit of its page says so
        said = entry.data.get("erased")
        if entry.type == DisclosuresErased.stored_name and isinstance(said, list):
            yield from ((each["digest"], each["entry"]) for each in said if isinstance(each, dict))


def _is(text: object, gone: str) -> bool:
    return isinstance(text, bytes) and digest(text) == gone
