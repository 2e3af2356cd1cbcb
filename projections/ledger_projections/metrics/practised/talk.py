"""What the practices of systematic communication ask to see (P25, P26, P28).

P25  regular          what kept a cadence within regular_minutes of the time agreed, of all that kept one
P26  no_change        reports that say that nothing has changed: they break a silence too
P28  off_preference   talks of ours with somebody by another channel than they prefer, of those with whom it is known

A preference counts from when it was recorded to have been stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.events import StatusReportSent
from ledger.standing import participants, schedules_of
from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.practised.share import all_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

BOTH = frozenset({"engagement", "account"})


def regular(view: View) -> Iterator[Figure]:
    """Yield how many of the reports that kept a cadence came at the time agreed."""
    schedules = schedules_of(view.standing, view.dialogue, parse_instant(view.as_of))
    for schedule in (each for each in schedules if each.cadence.event.kind == "report"):
        dues = [schedule.due(number) for number in schedule.numbers]
        kept = [(so, due) for due in dues if (so := schedule.is_regular(due)) is not None]
        facts = all_of([[schedule.cadence], *(schedule.facts(due) for _, due in kept)])
        yield share("regular", [so for so, _ in kept], facts, f"cadence:{schedule.cadence.event.cadence_id}")


def unchanged(view: View) -> Iterator[Figure]:
    """Yield how many of our reports say that nothing has changed."""
    sent = [fact for fact in view.dialogue.facts.values() if isinstance(fact.event, StatusReportSent)]
    saying = sum(getattr(fact.event, "no_change", False) for fact in sent)
    yield Figure("no_change", saying, len(sent), sent)


def off_preference(view: View) -> Iterator[Figure]:
    """Yield how many of our talks took another way than those who took part prefer, as was known by then."""
    known = view.standing
    talks = []
    for fact in view.dialogue.contacts_made:
        for contact in participants(known, fact.event) if fact.event.direction == "outbound" else ():
            stated = [said for said in known.account.preferences.get(contact, ()) if known.at(said) <= known.at(fact)]
            if stated:
                talks.append((fact, stated[-1]))
    so = [fact.event.kind != said.event.channel for fact, said in talks]
    yield share("off_preference", so, all_of(talks))


METRICS = (
    Metric(
        "P25", "At the same time", ("P25",),
        {"regular": Meaning("The share of the reports that came at the time agreed.", "of 1", "lower")},
        regular, BOTH,
    ),
    Metric(
        "P26", "No change", ("P26",),
        {"no_change": Meaning("Reports that say that nothing has changed.", "reports")}, unchanged, BOTH,
    ),
    Metric(
        "P28", "Off preference", ("P28",),
        {"off_preference": Meaning("The share of our talks by another channel than they prefer.", "of 1", "higher")},
        off_preference, BOTH,
    ),
)  # fmt: skip
