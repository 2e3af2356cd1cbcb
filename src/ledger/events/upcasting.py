"""How an event that was stored under an older name is read today: one function a step, never a change of the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.canonical import JSON

    Step = Callable[[Mapping[str, JSON]], tuple[str, Mapping[str, JSON]]]

UPCASTERS: dict[str, Step] = {}
"""The stored name of an older type, and the step that answers the next name and the data under it."""


def upcast(name: str, data: Mapping[str, JSON]) -> tuple[str, Mapping[str, JSON]]:
    """Return the newest name and data for what was stored as *name*."""
    while name in UPCASTERS:
        name, data = UPCASTERS[name](data)
    return name, data
