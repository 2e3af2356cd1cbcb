"""What is due, by when: one reminder a date, read from the tables, so that each is told under the same name again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger_cli.reading import Reading

    Row = dict[str, Any]


class Source(NamedTuple):
    """Where dates stand: a table, what its key is made of, the column of the date, and which rows are still to come."""

    table: str
    practice: str
    key: Sequence[str]
    due: str
    is_open: Callable[[Row], bool]
    says: str
    """In words, with the columns of the row."""


class Reminder(NamedTuple):
    """One date: *name* is the same each time that it is told; it is *over* where nothing is due any more."""

    name: str
    due: str
    says: str
    practice: str
    whose: str
    over: bool
    positions: Sequence[int]
    revision: int
    """The newest entry that it stands on."""
    revised: str
    """When that was recorded."""


def _among(column: str, *states: str) -> Callable[[Row], bool]:
    return lambda row: row[column] in states


SOURCES = (
    Source("milestones", "P14", ("milestone",), "due_at",
           _among("state", "agreed", "due soon", "overdue", "rejected", "accepted without authority"),
           '{milestone} "{title}" is due'),
    Source("notices", "P15", ("subject", "number"), "deadline",
           lambda row: row["owed_by"] == "provider" and row["given_at"] is None and row["ended_at"] is None,
           "last moment to tell of {subject}"),
    Source("obligations", "P17", ("obligation",), "due_at",
           _among("state", "due", "delay notified", "overdue, notified", "overdue, unnotified"),
           '{obligation} "{title}" is due of the client'),
    Source("requests", "P23", ("request",), "promised_at", _among("state", "held", "promise broken"),
           "answer to {request} of {who} is promised"),
    Source("cadence_occurrences", "P25", ("occurrence",), "expected_at", _among("state", "expected", "not yet judged"),
           "{kind} {cadence} is due"),
    Source("actions", "P43", ("action",), "due_at", _among("state", "open", "overdue"), '{action} "{what}" is due'),
    Source("assumptions", "P46", ("assumption",), "test_by_at", _among("state", "untested", "overdue"),
           '{assumption} "{statement}" is to be tested'),
    Source("account_plans", "P55", ("version",), "ends_at", lambda row: bool(row["is_valid"]),
           "plan version {version} runs out"),
)  # fmt: skip
"""All that has a date on which somebody is to have done something."""


def reminders(reading: Reading, wanted: Mapping[str, object], *, private: bool) -> Iterator[Reminder]:
    """Yield what is due, the first first; what stands on a private entry only where *private* ones are asked for."""
    hidden = set() if private else {row["position"] for row in reading.rows("entries", {"visibility": "private"})}
    found = (reminder for source in SOURCES for reminder in _of(reading, source, wanted))
    shown = (reminder for reminder in found if not hidden & {*reminder.positions})
    yield from sorted(shown, key=lambda reminder: (reminder.due, reminder.name))


def _of(reading: Reading, source: Source, wanted: Mapping[str, object]) -> Iterator[Reminder]:
    """Yield the dates of a table: those to come, and those ahead that are over, so that a calendar lets go of them."""
    for row in reading.rows(source.table, wanted):
        when, over = row[source.due], not source.is_open(row)
        if when is None or (over and when <= reading.as_of) or row.get("tombstone") or row.get("is_current") is False:
            continue
        place = row.get("engagement") or row["account"]
        words = {name: " ".join(str(value or "").split()) for name, value in row.items()}
        yield Reminder(
            "-".join([place, source.table, *(str(row[column]) for column in source.key)]),
            when,
            source.says.format_map(words).replace(' ""', ""),
            source.practice,
            row.get("engagement_alias") or row["account_alias"] or place,
            over,
            row["positions"],
            row["last_position"],
            row["updated_at"],
        )
