"""`person --leaves`: somebody goes, perhaps somebody else comes, and what is left behind is said (P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.asking.about import needed
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_day
from ledger_cli.follows.people import after_departure
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope
    from ledger_cli.recording.receipts import After


def departed(app: App, envelope: Envelope, words: Sequence[str], leaves: str, successor: str | None) -> None:
    """Record that a contact leaves, and say what they leave behind."""
    _, state, (name,) = needed(app, words, Need("Who leaves?", "WHO"))
    (contact,) = contacts(app, state, [name])
    data = {
        "contact": contact,
        "leaves_on": parse_day(leaves, app.clock(), app.zone),
        "successor": contacts(app, state, [successor])[0] if successor else None,
    }

    def after(model: ReadModel) -> After:
        return after_departure(app, model, state.account, contact)

    record_one(app, envelope, f"account/{state.account}", "contact-departed", data, after)
