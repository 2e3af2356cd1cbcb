"""What follows from feedback asked, given, or said of ourselves, in sentences made of rows of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.follows import here
from ledger_cli.receipts import After

if TYPE_CHECKING:
    from ledger_projections.store import ReadModel

    from ledger.events import FeedbackRequested
    from ledger.values import Stream
    from ledger_cli.app import App


def after_asked(app: App, model: ReadModel, stream: Stream) -> After:
    """Return what to do before the answer comes: our own view, sealed by the order of the log."""
    return After(
        ["Score yourself before the answer comes: only then does it show a gap."],
        f"Next: engage self {here(app, stream)}DIMENSION=SCORE",
    )


def after_feedback(app: App, model: ReadModel, stream: Stream, asked: FeedbackRequested | None) -> After:
    """Return which question it answers, and where it differs most from what we thought."""
    return After([f"It answers {asked.feedback_id}."] if asked else [])


def after_self(app: App, model: ReadModel, stream: Stream) -> After:
    """Return how long it may stand beside the client's answer."""
    days = app.names.practice.policy("self_max_age_days", app.calendar.day_of(app.clock()))
    return After([f"It shows a gap to what the client says within {days} days."])
