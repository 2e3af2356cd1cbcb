"""What of the rows may be shown where what is private is not: a private row is left out, what we only felt is blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Row = dict[str, Any]

FELT = {"felt_at": None, "felt_at_unix": None, "felt_text": None, "lag_bh": None, "intuition": None}
"""What says that a concern was felt before it was raised: private as `felt_visibility` says."""

WHOLE = "entry_count"
"""A column of the one row that tells of a whole engagement: it is shown, for no page tells of one without it."""


def shown(row: Row) -> Row | None:
    """Return *row* as it may be shown; None for one that is private."""
    if row.get("visibility", "shared") != "shared" and WHOLE not in row:
        return None
    return {**row, **FELT} if row.get("felt_visibility") == "private" else row


def split(rows: Iterable[Row]) -> tuple[list[Row], int]:
    """Return those of *rows* that may be shown, and how many may not."""
    every = [shown(row) for row in rows]
    left = [row for row in every if row is not None]
    return left, len(every) - len(left)
