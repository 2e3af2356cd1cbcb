"""Whose word an entry is, and when, in words: what we wrote down is `according to us`, whatever it says of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import is_day

if TYPE_CHECKING:
    from ledger.entry import Entry
    from ledger_projections.reports.source import Source

VOICES = {"provider": "according to us", "client": "according to the client"}
SIDES = {"provider": "us", "client": "the client"}


def voice(entry: Entry) -> str:
    """Return whose word *entry* is, and the key that signed it, if one did."""
    key = entry.text("signerkey") if entry.text("signature") else None
    return VOICES[entry.party] + (f", signed with {key}" if key else "")


def dated(source: Source, moment: str) -> str:
    """Return a moment in words; a day without a time says so."""
    return f"{source.said(moment)}, by date" if is_day(moment) else source.said(moment)


def ended(source: Source, moment: str) -> str:
    """Return an instant in words; the last of a day is that day."""
    words = source.said(moment)
    return words.removesuffix(" 23:59") if moment.endswith(":59.999999Z") else words
