"""What is due, by when: one reminder a date, read from the tables, so that each is told under the same name again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.log import Log
from ledger_projections.replaying.snapshot import made_of as rows_of
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.names import PRACTICE
from ledger.replay import TODAY
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger_projections.reports.excerpt import Excerpt

    from ledger.journal import Reader

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
    short: str
    """The same in as few as tell it from the others of a month."""


class Reminder(NamedTuple):
    """One date: *name* is the same each time that it is told; it is *over* where nothing is due any more."""

    name: str
    due: str
    says: str
    short: str
    """The same where a calendar has little room, and says whose it is."""
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
           '{milestone} "{title}" is due', "{milestone} due"),
    Source("notices", "P15", ("subject", "number"), "deadline",
           lambda row: row["owed_by"] == "provider" and row["given_at"] is None and row["ended_at"] is None,
           "last moment to tell of {subject}", "tell of {thing}"),
    Source("obligations", "P17", ("obligation",), "due_at",
           _among("state", "due", "delay notified", "overdue, notified", "overdue, unnotified"),
           '{obligation} "{title}" is due of the client', "{obligation} of client"),
    Source("requests", "P23", ("request",), "promised_at", _among("state", "held", "promise broken"),
           "answer to {request} of {who} is promised", "answer {request}"),
    Source("cadence_occurrences", "P25", ("occurrence",), "expected_at", _among("state", "expected", "not yet judged"),
           "{kind} {cadence} is due", "{kind} {cadence}"),
    Source("actions", "P43", ("action",), "due_at", _among("state", "open", "overdue"), '{action} "{what}" is due',
           "{action} due"),
    Source("assumptions", "P46", ("assumption",), "test_by_at", _among("state", "untested", "overdue"),
           '{assumption} "{statement}" is to be tested', "test {assumption}"),
    Source("account_plans", "P55", ("version",), "ends_at", lambda row: bool(row["is_valid"]),
           "plan version {version} runs out", "plan v{version} ends"),
)  # fmt: skip
"""All that has a date on which somebody is to have done something."""


def reminders(made: Mapping[str, Sequence[Row]], as_of: str) -> Iterator[Reminder]:
    """Yield what is due, the first first, of the rows that are *made* of each table; tombstones are among them."""
    found = (reminder for source in SOURCES for reminder in _of(made[source.table], source, as_of))
    yield from sorted(found, key=lambda reminder: (reminder.due, reminder.name))


def made_of(reader: Reader, as_of: str, engagement: str | None = None) -> Mapping[str, Sequence[Row]]:
    """Return the rows of all that *reader* shows, or of one *engagement*: every stream is folded."""
    tables = [TABLES[source.table] for source in SOURCES]
    return snapshot(reader, TODAY, as_of, tables, engagement=engagement, tombstones=True)


def made_beside(
    kept: Mapping[str, Sequence[Row]], opened: Iterable[Row], shown: Excerpt, as_of: str
) -> Mapping[str, Sequence[Row]]:
    """Return the rows of what is *shown*: those *kept* of every stream, but for the streams that may look otherwise now.

    These are folded: what holds something withheld, and of an account the engagements too, which are among those *opened*.
    """
    holding = shown.holding
    if PRACTICE in holding:
        return made_of(shown, as_of)
    apart = {*holding, *(row["stream"] for row in opened if f"account/{row['account']}" in holding)}
    log, tables = Log(shown, shown.head()), [TABLES[name] for name in kept]
    views = (log.view(head.stream, as_of) for head in shown.streams() if head.stream in apart)
    folded = rows_of(views, tables, tombstones=True)
    return {name: [*(row for row in rows if row["stream"] not in apart), *folded[name]] for name, rows in kept.items()}


def _of(rows: Sequence[Row], source: Source, as_of: str) -> Iterator[Reminder]:
    """Yield the dates of a table: those to come, and those that are over, so that a calendar lets go of them."""
    standing = {_name(row, source) for row in rows if not row["tombstone"]}
    for row in rows:
        if row[source.due] is None or row.get("is_current") is False:
            continue
        if row["tombstone"]:  # a correction may have moved it: whenever it was due
            ahead, over = _name(row, source) not in standing, True
        else:
            over = not source.is_open(row)
            ahead = not over or row[source.due] > as_of
        if ahead:
            yield _reminder(row, source, over=over)


def _name(row: Row, source: Source) -> str:
    return "-".join([_place(row), source.table, *(str(row[column]) for column in source.key)])


def _place(row: Row) -> str:
    return str(row.get("engagement") or row["account"])


def _reminder(row: Row, source: Source, *, over: bool) -> Reminder:
    words = {name: " ".join(str(value or "").split()) for name, value in row.items()}
    words["thing"] = words.get("subject", "").rpartition(":")[2]
    whose = row.get("engagement_alias") or row["account_alias"] or _place(row)
    return Reminder(
        _name(row, source),
        row[source.due],
        source.says.format_map(words).replace(' ""', ""),
        source.short.format_map(words),
        source.practice,
        whose,
        over,
        row["positions"],
        row["last_position"],
        row["updated_at"],
    )
