"""The corrections of a stream, as rows: what each put right, both values in words, who recorded it, why, how late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from ledger.events import EntryCorrected
from ledger_projections.differing.causes import Trail
from ledger_projections.table import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

COLUMNS = (
    Column("position", "integer", "The correction.", example="24"),
    Column("target", "integer", "What it corrects.", nullable=True, example="16"),
    Column("kind", "text", "amend, withdraw or reinstate.", example="amend"),
    Column("what", "text", "Both values, in words.", example="corrects #16: known 6 Jun 09:00 → 3 Jun 14:20"),
    Column("reason", "text", "Why.", nullable=True),
    Column("recorded", "instant", "When it was written down."),
    Column("actor", "text", "Who recorded it.", example="a1"),
    Column("actor_name", "text", "What that person is called.", nullable=True),
    Column("party", "text", "Whose word it is: provider or client.", example="provider"),
    Column("lag_hours", "number", "How late it came, M19.", "hours", nullable=True),
    Column("grade", "text", "M19: A to D.", nullable=True, example="C"),
    Column("after_target_hours", "number", "How long after what it corrects it was recorded.", "hours", nullable=True),
    Column("after_dispute", "boolean", "1: recorded while a dispute on its subject was open."),
    Column("disputes", "json", "Those disputes; where there is none, the ones raised on it later."),
    Column("evidence", "json", "The files that show it."),
    Column("visibility", "text", "shared, private or privileged.", example="shared"),
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each correction, in the order of the log."""
    found = [fact for fact in view.state.history if isinstance(fact.event, EntryCorrected)]
    if not found:
        return
    trail = Trail(view)
    for fact in found:
        cause = trail.cause(fact)
        lists = {name: orjson.dumps([*getattr(cause, name)]).decode() for name in ("disputes", "evidence")}
        yield Row({**cause._asdict(), **lists}, [fact])


TABLE = Table(
    "corrections",
    "One row a correction.",
    ("position",),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
)
