"""Which of the seven parts an agreement needs, and which it lacks (M17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALWAYS = ("scope", "timeframe", "evaluation", "compensation", "relationship")


def required_parts(*, sensitive: bool) -> list[str]:
    """Return the parts that a complete agreement has: five, and confidentiality where it is *sensitive* (P07)."""
    return [*ALWAYS, "confidentiality"] if sensitive else list(ALWAYS)


def missing_parts(present: Iterable[str], *, sensitive: bool) -> list[str]:
    """Return those of them that are not *present*."""
    there = set(present)
    return [part for part in required_parts(sensitive=sensitive) if part not in there]


def lacking(
    parts: Iterable[str], results: Iterable[Mapping[str, object]], *, reviews: bool, sensitive: bool
) -> list[str]:
    """Return all that a complete agreement has and this one lacks: parts, a result, its measure, a review (P02, P04, P48)."""
    stated = list(results)
    unmeasured = [str(result["result_id"]) for result in stated if "measure_stated_by" not in result]
    return [
        *missing_parts(parts, sensitive=sensitive),
        *(["a result"] if not stated else []),
        *([f"a measure of {', '.join(unmeasured)}"] if unmeasured else []),
        *(["a review cadence"] if not reviews else []),
    ]
