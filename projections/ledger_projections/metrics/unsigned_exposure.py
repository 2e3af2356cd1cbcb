"""Work while a version of the agreement was unsigned: for how long, and worth how much (M16, domain 3.3.7; P09).

    open_days       business days from the first work on the version to both signatures, the close, or as_of
    calendar_days   the same, closed days included
    value           what the work begun meanwhile is said to be worth: of WorkStarted and of WorkRecorded

One of each a version that was worked on before both had signed it. What is not in one currency is not added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing.unsigned import unsigned_work
from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.wording import money_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing.unsigned import Unsigned
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each version that was worked on while it was unsigned."""
    if view.known is None:
        return
    for one in unsigned_work(view.known, parse_instant(view.as_of)):
        subject, facts, n = f"version:{one.version}", [*one.work, *one.signatures], len(one.work)
        so_far = "so far" if one.goes_on else ""
        yield Figure("open_days", one.open_days, n, facts, subject, so_far)
        yield Figure("calendar_days", one.calendar_days, n, facts, subject, so_far)
        yield _value(one, subject)


def _value(one: Unsigned, subject: str) -> Figure:
    valued = [fact for fact in one.work if fact.event.value]
    facts = [*one.work, *one.signatures]
    if len(one.value) == 1:
        return Figure("value", one.value[0]["minor"], len(valued), facts, subject, one.value[0]["currency"])
    words = " and ".join(money_words(money) for money in one.value) or "not said"
    return Figure("value", None, len(valued), facts, subject, words)


METRIC = Metric(
    "M16",
    "Unsigned exposure",
    ("P09", "P05"),
    {
        "open_days": Meaning(
            "How long the version was worked on before both had signed it.", "business days", "higher"
        ),
        "calendar_days": Meaning("The same in days of the calendar.", "days", "higher"),
        "value": Meaning("What that work is worth, in the currency that its words name.", "minor units", "higher"),
    },
    figures,
)
