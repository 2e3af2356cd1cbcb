"""Days in words, in English: light, for the morning screen says them too."""

from __future__ import annotations

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: str, beside: str = "") -> str:
    """Return `27 Jun` for a day; with its year where that is not the year of the moment *beside* it."""
    year, month, number = day.split("-")
    words = f"{int(number)} {MONTHS[int(month) - 1]}"
    return words if beside[:4] == year else f"{words} {year}"
