"""Amounts in the minor unit of their currency."""

from __future__ import annotations

from decimal import Decimal

WHOLE_UNITS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF"}
)
"""Currencies without a minor unit (ISO 4217)."""


def minor(amount: Decimal, currency: str) -> int:
    """Return *amount* in the minor unit of *currency*, what is less than one left out."""
    return int(amount if currency in WHOLE_UNITS else amount * 100)
