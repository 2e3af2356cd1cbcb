"""What follows from a gift, or from somebody leaving, in sentences made of rows of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.receipts import After

if TYPE_CHECKING:
    from ledger_projections.store import ReadModel

    from ledger_cli.app import App


def after_gift(app: App, model: ReadModel, stream: str, counterpart: str) -> After:
    """Return what the gifts of one counterpart come to in a year."""
    return After()
