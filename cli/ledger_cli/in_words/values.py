"""The words that every heading of a state uses: numbers, moments, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.times import brief

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger_cli.reading.tables import Reading

INDENT = "   "


def number_words(value: float) -> str:
    """Return a number of the read model without a fraction of nothing: `16`, `25.083`."""
    return str(int(value)) if value == int(value) else str(value)


def at(reading: Reading, moment: str | None) -> str:
    """Return a moment as it is said beside the one that was asked for."""
    return brief(moment, reading.zone, reading.as_of, weekday=True) if moment else "at no stated time"


def money(minor: int | None, currency: str | None) -> str:
    """Return a sum of money, `18,400.00 GBP`; nothing for none."""
    from ledger_projections.wording import money_words

    return money_words({"minor": minor, "currency": currency or ""}) if minor is not None else ""


def entitled(name: str, text: str | None) -> str:
    """Return `M2 "dress rehearsal"`."""
    return f'{name} "{text}"' if text else str(name)


def joined(parts: Iterable[str | None]) -> str:
    """Return those of *parts* that say something, with a point between them."""
    return " · ".join(part for part in parts if part)


def days(count: Any) -> str:  # noqa: ANN401 -- a whole number of a table
    """Return a number of business days in words."""
    return f"{number_words(count)} business {'day' if count == 1 else 'days'}"
