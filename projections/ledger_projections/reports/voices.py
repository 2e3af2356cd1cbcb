"""Whose word an entry is, and when, in words: what we wrote down is `according to us`, whatever it says of the client."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.entry import Entry
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source

VOICES = {"provider": "according to us", "client": "according to the client"}
SIDES = {"provider": "us", "client": "the client"}
OWN = {"provider": "ours", "client": "the client's"}


def voice(entry: Entry) -> str:
    """Return whose word *entry* is, and the key that signed it, if one did."""
    key = entry.text("signerkey") if entry.text("signature") else None
    return VOICES[entry.party] + (f", signed with {key}" if key else "")


def corrections_words(corrections: Iterable[Fact[Any]]) -> str:
    """Return the positions of *corrections*, in order, as `#17 #18`; as `ours #17, the client's #19` where some are its."""
    runs = [
        (party, " ".join(f"#{fact.entry.position}" for fact in facts))
        for party, facts in groupby(corrections, key=lambda fact: fact.entry.party)
    ]
    if all(party == "provider" for party, _ in runs):
        return " ".join(said for _, said in runs)
    return ", ".join(f"{OWN[party]} {said}" for party, said in runs)


def dated(source: Source, moment: str) -> str:
    """Return a moment in words; a day without a time says so."""
    return f"{source.said(moment)}, by date" if is_day(moment) else source.said(moment)


def ended(source: Source, moment: str) -> str:
    """Return an instant in words; the last of a day is that day."""
    words = source.said(moment)
    return words.removesuffix(" 23:59") if moment.endswith(":59.999999Z") else words
