"""Scores as people type them: `trust=8` on a scale `0-10`, and the scale that was used last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.engagement import Engagement
    from ledger.facts import Fact

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_SCALE = re.compile(rf"({_NUMBER})(?:-|\.\.| to )({_NUMBER})")
_SCORE = re.compile(rf"([A-Za-z0-9][A-Za-z0-9 _-]*)=({_NUMBER})")


def parted(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the *words* that score nothing, and those that are scores."""
    found: tuple[list[str], list[str]] = ([], [])
    for word in words:
        found["=" in word].append(word)
    return found


def scale(text: str) -> dict[str, str]:
    """Return the scale in `0-10`."""
    match = _SCALE.fullmatch(text.strip())
    if match is None:
        raise Malformed(f'"{text}" is no scale.', field="scale", advice="Write --scale 0-10.")
    return {"min": match[1], "max": match[2]}


def score(word: str) -> dict[str, str]:
    """Return the score in `trust=8`."""
    match = _SCORE.fullmatch(word)
    if match is None:
        raise Malformed(f'"{word}" is no score.', field="scores", advice="Write trust=8, with a number after the sign.")
    return {"dimension": dimension(match[1]), "score": match[2]}


def dimension(text: str) -> str:
    """Return what is scored, as a value: `on time` is `on-time`."""
    return re.sub(r"[ _]+", "-", text.strip().lower())


def last_scale(state: Engagement) -> str | None:
    """Return the scale that was asked for, or used, last in this engagement, as it is typed."""
    facts: Sequence[Fact[Any]] = [*state.asked.values(), *state.feedback, *state.assessed, *state.reviews.values()]
    last = max(facts, key=lambda fact: fact.entry.position, default=None)
    return f"{last.event.scale['min']}-{last.event.scale['max']}" if last else None


def last_dimensions(state: Engagement) -> list[str]:
    """Return what was asked about, or scored, last in this engagement."""
    facts: Sequence[Fact[Any]] = [*state.asked.values(), *state.feedback]
    last = max(facts, key=lambda fact: fact.entry.position, default=None)
    if last is None:
        return []
    return list(getattr(last.event, "dimensions", ())) or [score["dimension"] for score in last.event.scores]
