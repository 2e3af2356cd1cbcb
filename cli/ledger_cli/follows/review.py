"""What follows from a review, an action that is done, a gift, in sentences made of rows of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.follows.place import here
from ledger_cli.printing.times import brief
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App


def after_review(app: App, model: ReadModel, stream: Stream) -> After:
    """Return where what was agreed on at the newest review goes."""
    rows = model.rows("reviews", "engagement = ?", (stream.partition("/")[2],), order="last_position DESC")
    if not rows:
        return After()
    review, decision = rows[0]["review"], rows[0]["decision"]
    if decision == "end":
        return After([], f"Next: engage close {here(app, stream)}--reason mutual")
    return After([], f'What was agreed on: engage action {here(app, stream)}"WHAT" --after {review} --due DAY')


def after_agreed(app: App, model: ReadModel, stream: Stream) -> After:
    """Return how long after its cause the newest action was agreed on, and how it is ticked off."""
    rows = model.rows("actions", *_on(stream), order="last_position DESC")
    if not rows:
        return After()
    latency = rows[0]["latency_bd"]
    said = [f"Agreed {_days(latency)} after {rows[0]['trigger'].rpartition(':')[2]}."] if latency else []
    return After(said, f"Once it is done: engage action {here(app, stream)}--done {rows[0]['action']}")


def after_done(app: App, model: ReadModel, stream: Stream, action: str) -> After:
    """Return whether an action was done in time."""
    rows = [row for row in model.rows("actions", *_on(stream)) if row["action"] == action]
    return After([_punctual(app, row) for row in rows if row["in_time"] is not None])


def _on(stream: Stream) -> tuple[str, tuple[str]]:
    """Return what finds the rows of one stream: those of an account stand there without an engagement."""
    kind, _, name = stream.partition("/")
    return ("engagement = ?" if kind == "engagement" else "account = ? AND engagement IS NULL"), (name,)


def _punctual(app: App, row: Mapping[str, Any]) -> str:
    day = brief(row["due"], app.zone, app.now, weekday=True)
    return f"In time: it was due {day}." if row["in_time"] else f"Late: it was due {day}."


def _days(count: int) -> str:
    return f"{count} business {'day' if count == 1 else 'days'}"
