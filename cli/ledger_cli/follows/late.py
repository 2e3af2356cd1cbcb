"""What is said of an entry that was written down long after the fact, or after a dispute began (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.in_words.changes import lag_words
from ledger_cli.printing.times import say

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger_cli.app import App


def written_late(app: App, model: ReadModel, position: int) -> list[str]:
    """Return one line on the entry at *position* if it came late, or after a dispute on what it is about; else none."""
    (row,) = model.rows("entries", "position = ?", (position,))
    late = row["grade"] not in {None, "A"}
    raised = _disputes_before(model, str(row["stream"]), position) if late or row["after_dispute"] else []
    said = f"It is said to be of {say(row['occurred'], app.zone)}, and written down " if late else ""
    said += f"{lag_words(float(row['lag_hours']))} later: grade {row['grade']}." if late else ""
    marked = ", and marked so" if row["after_dispute"] else ""
    after = f"Written down after dispute {' and '.join(raised)} was raised{marked}." if raised else ""
    return [" ".join(filter(None, (said, after)))] if said or after else []


def _disputes_before(model: ReadModel, stream: str, position: int) -> list[str]:
    """Return the disputes that had been raised, each with its entry, when the one at *position* was written down."""
    where = "stream = ? AND type = 'dispute-raised' AND position < ? AND NOT withdrawn"
    rows = model.rows("entries", where, (stream, position))
    return [f"{row['data']['dispute_id']} (#{row['position']})" for row in rows]
