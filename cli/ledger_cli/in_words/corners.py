"""The four corners of two questions, when it was known and when it was so, in words (domain 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger_cli.reading.past import Past
    from ledger_cli.reading.tables import Reading

CLAIMED = "  Imports count as known when their originals say they were written."


def question(reading: Reading, past: Past) -> str:
    """Say which of the four corners of the two times is shown."""
    known, true = (reading.said(moment) if moment else "" for moment in (reading.known_on, reading.true_on))
    if known and true:
        words = f"What we knew on {known} of what was so by {true}."
    elif known:
        words = f"What we knew on {known}."
    elif true:
        words = f"What was so on {true}, as we know it now."
    else:
        words = "What is so now, as we know it now."
    return words + (CLAIMED if past.trust_claimed else "")


def asked(reading: Reading, past: Past) -> dict[str, Any]:
    """Return what was asked, for programs."""
    times = {"as_known_on": reading.known_on, "as_true_on": reading.true_on, "as_of": reading.as_of}
    return {**times, "trust_claimed": past.trust_claimed, "question": question(reading, past)}
