"""What follows from what the client gave, or said will be late, in sentences made of rows of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.follows.place import here
from ledger_cli.printing.times import brief
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App

    Row = Mapping[str, Any]


def after_fulfilled(app: App, model: ReadModel, stream: Stream, obligation: str) -> After:
    """Return how late it came, and what was waiting for it."""
    row = _obligation(model, stream, obligation)
    if row is None or row["days_late_bd"] is None:
        return After()
    late = f"{_days(row['days_late_bd'])} late" if row["days_late_bd"] else "Late, on the day it was due"
    when = "In time" if row["fulfilled_in_time"] else late
    waiting = _waiting(row, model, stream)
    were = f"; {listing(waiting)} {'were' if len(waiting) > 1 else 'was'} waiting for it" if waiting else ""
    return After([f"{when}{were}."])


def after_delay(app: App, model: ReadModel, stream: Stream, obligation: str) -> After:
    """Return whether the client said so in time, and what waits for it: perhaps a slip of ours."""
    row = _obligation(model, stream, obligation)
    if row is None or row["notified_in_time"] is None:
        return After()
    due = brief(row["due"], app.zone, app.now, weekday=True)
    said = "Said in time" if row["notified_in_time"] else "Said too late"
    waiting = _waiting(row, model, stream)
    if not waiting:
        return After([f"{said}: it was due {due}."])
    then = f"If {waiting[0]} will be late for it: engage slipped {here(app, stream)}{waiting[0]} --forecast WHEN"
    return After(
        [f"{said}: it was due {due}; {listing(waiting)} {'wait' if len(waiting) > 1 else 'waits'} for it."], then
    )


def listing(names: Sequence[str]) -> str:
    """Return `M2`, `M2 and M3`, `M1, M2 and M3`."""
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def _obligation(model: ReadModel, stream: Stream, obligation: str) -> Row | None:
    rows = model.rows("obligations", "engagement = ? AND obligation = ?", (stream.partition("/")[2], obligation))
    return rows[0] if rows else None


def _waiting(row: Row, model: ReadModel, stream: Stream) -> list[str]:
    """Return the milestones that wait for an obligation and are not done."""
    rows = model.rows("milestones", "engagement = ? AND is_current", (stream.partition("/")[2],))
    done = {row["milestone"] for row in rows if row["state"] in DONE}
    return [name for name in row["blocks"] if name not in done]


DONE = frozenset({"delivered", "delivered late", "accepted", "accepted without authority", "released"})


def _days(count: int) -> str:
    return f"{count} business {'day' if count == 1 else 'days'}"
