"""Which of the seven parts an agreement needs, and which it lacks (M17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALWAYS = ("scope", "timeframe", "evaluation", "compensation", "relationship")


def required_parts(*, sensitive: bool) -> list[str]:
    """Return the parts that a complete agreement has: five, and confidentiality where it is *sensitive* (P07)."""
    return [*ALWAYS, "confidentiality"] if sensitive else list(ALWAYS)


def missing_parts(present: Iterable[str], *, sensitive: bool) -> list[str]:
    """Return those of them that are not *present*."""
    there = set(present)
    return [part for part in required_parts(sensitive=sensitive) if part not in there]
