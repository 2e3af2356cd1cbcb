"""Whether the client gives what it owes on time, and how the days of a late milestone fall (M15, domain 3.3.7; P17, P18).

    on_time                   given by when it was due, of all that was given or is overdue
    n                         those
    overdue_without_notice    overdue now, and nobody said that it would be late
    chases                    how often we asked for what is owed

and of each milestone that is due by now, in business days, as `ledger.standing.delays` counts the sets:

    window_bd  W                     client_late_bd  C            own_cause_bd  O
    client_only_bd  W & (C - O)      concurrent_bd  W & C & O     own_only_bd  W & (O - C)     unattributed_bd  W - C - O

What was released, or is of a version that is not signed by both, is not owed. Counts of days, and no blame.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.standing import falls, obligations_of
from ledger.standing.delays import delays_of
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.facts import Fact
    from ledger.standing import Known, Owed
    from ledger.standing.delays import Delay
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of all obligations, then those of each milestone that is due."""
    if view.known is None:
        return
    as_of = parse_instant(view.as_of)
    yield from _of_all(obligations_of(view.known, as_of))
    for delay in _due(view.known, as_of):
        yield from _of_one(delay)


def _of_all(owed: Sequence[Owed]) -> Iterator[Figure]:
    judged = [one for one in owed if one.is_judged]
    kept = [one for one in judged if one.given and one.given <= one.due_at]
    untold = [one for one in owed if one.state == "overdue, unnotified"]
    chases = list({fact.entry.id: fact for one in owed for fact in one.chases}.values())
    facts = [fact for one in judged for fact in one.facts]
    share = Decimal(len(kept)) / len(judged) if judged else None
    yield Figure("on_time", share, len(judged), facts, words="" if judged else NONE_YET)
    yield Figure("n", len(judged), len(judged), facts)
    yield Figure("overdue_without_notice", len(untold), len(owed), [fact for one in owed for fact in one.facts])
    yield Figure("chases", len(chases), len(owed), [*(one.agreed for one in owed), *chases])


def _due(known: Known, as_of: datetime) -> Iterator[Delay]:
    """Yield the delays of the milestones whose date in force lies behind: that of most is empty."""
    for delay in delays_of(known, as_of):
        if delay.due is not None and falls(delay.calendar, delay.due.due) <= as_of:
            yield delay


def _of_one(delay: Delay) -> Iterator[Figure]:
    subject, n = f"milestone:{delay.name}", len(delay.window)
    agreed = [delay.milestone.agreed] if delay.milestone.agreed else []
    window: Sequence[Fact[Any]] = [*agreed, *(fact for fact in delay.facts if fact not in agreed)]
    yield Figure("window_bd", n, n, window, subject)
    client, own = delay.behind(delay.client), delay.behind(delay.own)
    yield Figure("client_late_bd", len(delay.client), len(delay.lates), [*agreed, *client], subject)
    yield Figure("own_cause_bd", len(delay.own), len(delay.causes), [*agreed, *own], subject)
    for name, days in delay.shares._asdict().items():
        yield Figure(f"{name}_bd", len(days), n, [*window, *delay.behind(days)], subject)


METRIC = Metric(
    "M15",
    "Client obligations",
    ("P17", "P18"),
    {
        "on_time": Meaning(
            "The share of what the client owed, and is judged, that was given by when it was due.", "of 1", "lower"
        ),
        "n": Meaning("Obligations that were given or are overdue.", "obligations"),
        "overdue_without_notice": Meaning("Obligations overdue of which nobody said so.", "obligations", "higher"),
        "chases": Meaning("How often we asked for what is owed.", "contacts"),
        "window_bd": Meaning(
            "Open days after the date in force, up to the delivery or to now.", "business days", "higher"
        ),
        "client_late_bd": Meaning("Open days on which the client was late with what blocks it.", "business days"),
        "own_cause_bd": Meaning("Open days that a stated cause of our own side covers.", "business days"),
        "client_only_bd": Meaning("Days of the window on which only the client was late.", "business days"),
        "concurrent_bd": Meaning("Days of the window on which both had a hand in it.", "business days"),
        "own_only_bd": Meaning("Days of the window that only a cause of ours covers.", "business days"),
        "unattributed_bd": Meaning("Days of the window that neither explains.", "business days"),
    },
    figures,
)
