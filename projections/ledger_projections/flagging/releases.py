"""Flags on what was let go: a promise of ours that nobody of the client let us off (domain 3.3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.flagging.flag import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Known
    from ledger_projections.view import View

OURS = ("milestone:", "cadence:")
"""What we owe; what the client owes we may let go ourselves."""


def release_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on promises of ours that were let go with nobody of the client said to have agreed."""
    for released, fact in known.engagement.released.items():
        alone = fact.event.agreed_by is None and fact.event.agreement_version is None
        ours = released.startswith(OURS) and fact.entry.text("party") == "provider"
        if alone and ours and view.concerns(*released.split(":", 1)):
            yield Flag(fact, "released-by-us-alone", released, "nobody of the client is said to have agreed")
