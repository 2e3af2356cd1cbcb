"""Whether what was promised at a rhythm came, and came on time (M09, domain 3.3.7; P04, P25, P26, P38, P39).

    expected        times of the cadence up to now that are judged: on_time + late + missed
    on_time, late   the first report of the window (time before + tolerance, time + tolerance] came by the time, or after it
    missed          none came in the window, and it is over
    adherence       on_time / expected
    within_grace    (on_time + late) / expected

The subject is the cadence. A time whose window is open, with nothing in it, is not judged yet; nor is one that lies ahead,
also where its report came already. On hold, released or closed, nothing is expected.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.standing import idle_facts, schedules_of
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.facts import Fact
    from ledger.standing import Due, Schedule
    from ledger_projections.view import View

JUDGED = ("on time", "late", "missed")


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each cadence of the engagement or the account."""
    for schedule in schedules_of(view.standing, view.dialogue, parse_instant(view.as_of)):
        yield from _figures(schedule, judged(schedule))


def judged(schedule: Schedule) -> Mapping[str, Sequence[Due]]:
    """Return the times of *schedule* that can be judged by now, by their state."""
    found: dict[str, list[Due]] = defaultdict(list)
    for due in map(schedule.due, schedule.numbers):
        state = due.state(schedule.as_of)
        if state in JUDGED and due.expected <= schedule.as_of:
            found[state].append(due)
    return found


def _figures(schedule: Schedule, times: Mapping[str, Sequence[Due]]) -> Iterator[Figure]:
    subject = f"cadence:{schedule.cadence.event.cadence_id}"
    all_of = [due for state in JUDGED for due in times.get(state, ())]
    on_time, late, missed = (times.get(state, ()) for state in JUDGED)
    for name, kept in (("adherence", on_time), ("within_grace", [*on_time, *late])):
        share = Decimal(len(kept)) / len(all_of) if all_of else None
        yield Figure(name, share, len(all_of), _facts(schedule, all_of), subject, "" if all_of else NONE_YET)
    for name, some in (("on_time", on_time), ("late", late), ("missed", missed), ("expected", all_of)):
        yield Figure(name, len(some), len(all_of), _facts(schedule, some), subject)


def _facts(schedule: Schedule, times: Iterable[Due]) -> list[Fact[Any]]:
    """Return what *times* stand on: the cadence, what came, and what says when nothing is expected."""
    idle = idle_facts(schedule.known, schedule.state, schedule.cadence.event)
    return [schedule.cadence, *(due.sent[1] for due in times if due.sent), *idle]


METRIC = Metric(
    "M09",
    "Cadence adherence",
    ("P04", "P25", "P26", "P38", "P39"),
    {
        "adherence": Meaning("The share of what was expected that came on time.", "of 1", "lower"),
        "within_grace": Meaning("The share that came within the tolerance, late or not.", "of 1", "lower"),
        "on_time": Meaning("Times at which it came by when it was expected.", "times"),
        "late": Meaning("Times at which it came after that, within the tolerance.", "times", "higher"),
        "missed": Meaning("Times at which nothing came within the tolerance.", "times", "higher"),
        "expected": Meaning("Times that something was expected, and that are judged.", "times"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
