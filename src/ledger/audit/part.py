"""One range of entries, audited by one process on a connection of its own, a tile's width at a time."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from ledger.audit.page import audit_page
from ledger.audit.task import Part
from ledger.merkle import TILE_WIDTH
from ledger.stores.opening import connect_reading

if TYPE_CHECKING:
    import sqlite3

    from ledger.audit.task import Task

PAGES = 256
LEAST_PAGES = 16
"""Pages of a range, at most and at least: worth a message between processes, and not long to wait for."""
_connections: dict[str, sqlite3.Connection] = {}


def audit_elsewhere(task: Task) -> Part:
    """Audit one range in a process of its own, which keeps its connection for the next."""
    gc.disable()  # what an audit makes holds no cycles, and this process does nothing else
    if task.path not in _connections:
        _connections[task.path] = connect_reading(task.path)
    return audit_part(task, _connections[task.path])


def audit_part(task: Task, db: sqlite3.Connection) -> Part:
    """Audit one range, up to its first fault."""
    part, known = Part(task.last), [*task.known]
    start = task.first - len(known)
    while start <= task.last and part.fault is None:
        stop = min(start + TILE_WIDTH - 1, task.last)
        audit_page(db, task, part, start + len(known), stop, known)
        start, known = stop + 1, []
    return part
