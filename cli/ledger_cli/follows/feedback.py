"""What follows from feedback asked, given, or said of ourselves, in sentences made of rows of the read model."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger_cli.follows.place import here
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.events import FeedbackRequested
    from ledger.values import Stream
    from ledger_cli.app import App


def after_asked(app: App, stream: Stream) -> After:
    """Return what to do before the answer comes: our own view, sealed by the order of the log."""
    return After(
        ["Score yourself before the answer comes: only then does it show a gap."],
        f"Next: engage self {here(app, stream)}DIMENSION=SCORE",
    )


def after_feedback(model: ReadModel, stream: Stream, wave: str, asked: FeedbackRequested | None) -> After:
    """Return which question it answers, and where it differs most from what we had said of ourselves."""
    said = [f"It answers {asked.feedback_id}."] if asked else []
    rows = model.rows("gaps", "engagement = ? AND wave = ? AND state = 'sealed'", (stream.partition("/")[2], wave))
    widest = max(rows, key=lambda row: abs(Decimal(str(row["gap"]))), default=None)
    if widest is not None and Decimal(str(widest["gap"])):
        ours, theirs = (f"{Decimal(str(widest[side])):.0f}" for side in ("self_normalised", "client_normalised"))
        said.append(f"The widest gap is {widest['dimension']}: we said {ours} of 100, they say {theirs}.")
    return After([" ".join(said)] if said else [])


def after_self(app: App) -> After:
    """Return how long it may stand beside the client's answer."""
    days = app.names.practice.policy("self_max_age_days", app.calendar.day_of(app.clock()))
    return After([f"It shows a gap to what the client says within {days} days."])
