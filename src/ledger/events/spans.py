"""What every interval must be: it does not end before it begins."""

from __future__ import annotations

from ledger.errors import Malformed


def check_span(begins: str, ends: str, field: str = "to_on") -> None:
    """Refuse an interval that ends before it begins; both ends are days, or both are instants."""
    if ends < begins:
        raise Malformed(f"It ends on {ends}, before it begins on {begins}.", field=field)
