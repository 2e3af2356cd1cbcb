"""One event of an everyday verb: drafted, recorded, and said, with what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.asking.about import filled_in
from ledger_cli.recording.receipts import nothing_follows, recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger.canonical import JSON
    from ledger.dialogue import Dialogue
    from ledger_cli.app import App
    from ledger_cli.asking.missing import Need
    from ledger_cli.recording.envelope import Envelope
    from ledger_cli.recording.receipts import After


def record_one(
    app: App,
    envelope: Envelope,
    stream: str,
    event_type: str,
    data: Mapping[str, JSON | None],
    after: Callable[[ReadModel], After] = nothing_follows,
) -> None:
    """Record an event of *event_type* with *data* on *stream*, and say what follows from it (*after*)."""
    receipts = app.record(envelope.draft(app, event_type, stream, data))
    recorded(app, receipts, as_json=envelope.as_json, after=after)


def settled(app: App, state: Dialogue, words: Sequence[str], need: Need) -> str:
    """Return what was said of *need*, else what is answered on a terminal; elsewhere refuse the command."""
    return filled_in(app, state, words, need)[0]
