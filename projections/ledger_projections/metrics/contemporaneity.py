"""How fresh each entry was when it was written down (M19, domain 3.3.7).

    lag_hours       from when it was known, else from when it was so, to when it was written down
    grade           A up to 24 hours, B up to 7 days, C up to 30 days, D beyond: in words
    after_dispute   whether it was written down while a dispute was open on a thing that it refers to

Of each entry, by its id, as it was first recorded; a correction of awareness counts from the awareness it states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ledger.events import EntryCorrected
from ledger.facts import corrected
from ledger.values import EntryId
from ledger_projections.contemporaneity import disputes_in, is_disputed, lag
from ledger_projections.metrics.figure import Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of every entry of the stream."""
    history = view.state.history
    facts = corrected(history)
    disputes, by_id = disputes_in(history), {fact.entry.id: fact for fact in facts}
    for first, now in zip(history, facts, strict=True):
        late, subject = lag(view, first), str(first.entry.id)
        target = by_id.get(EntryId(first.event.entry)) if isinstance(first.event, EntryCorrected) else None
        since = "by date" if late["lag_by_date"] else ""
        yield Figure("lag_hours", cast("Decimal | None", late["lag_hours"]), 1, [now], subject, since)
        yield Figure("grade", None, 1, [now], subject, str(late["grade"] or ""))
        yield Figure("after_dispute", is_disputed(first, target, disputes), 1, [now], subject)


METRIC = Metric(
    "M19",
    "Contemporaneity",
    ("P15", "P31"),
    {
        "lag_hours": Meaning("How long after it was known the entry was written down.", "hours", "higher"),
        "grade": Meaning("A up to 24 hours, B up to 7 days, C up to 30 days, D beyond."),
        "after_dispute": Meaning(
            "Whether it was written down while a dispute was open on its subject.", "yes or no", "higher"
        ),
    },
    figures,
    frozenset({"engagement", "account"}),
)
