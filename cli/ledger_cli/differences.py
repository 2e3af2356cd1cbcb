"""The difference of two replays of one engagement, row by row and field by field, and who made it (domain 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]

SAME, FOLLOWS = "same", "follows"


class Field(NamedTuple):
    """A column that is compared, what people call it, its unit, and the paths whose correction is a change of it."""

    column: str
    label: str
    unit: str = ""
    paths: tuple[str, ...] = ()


class Subject(NamedTuple):
    """A table that is compared, what tells its rows apart, what a row is called, and its fields."""

    table: str
    key: tuple[str, ...]
    title: Callable[[Row], str]
    fields: tuple[Field, ...]


SUBJECTS = (
    Subject(
        "agreements",
        ("version",),
        lambda row: f"Agreement v{row['version']}",
        (
            Field("state", "state"),
            Field("signed_by_provider_at", "signed by us", paths=("occurred",)),
            Field("signed_by_client_at", "signed by the client", paths=("occurred",)),
            Field("in_force_from", "in force from"),
        ),
    ),
    Subject(
        "milestones",
        ("milestone", "sequence"),
        lambda row: f"Milestone {row['milestone']}" + (f", date {row['sequence']}" if row["sequence"] > 1 else ""),
        (
            Field("due", "due", paths=("data.due", "data.to_due")),
            Field("state", "state"),
            Field("delivered_at", "delivered", paths=("occurred",)),
            Field("accepted_at", "accepted", paths=("occurred",)),
            Field("total_bd", "moved since first agreed", "business days"),
        ),
    ),
    Subject(
        "slips",
        ("slip",),
        lambda row: f"Slip {row['slip']} of {row['milestone']}",
        (
            Field("aware", "we knew", paths=("aware",)),
            Field("told_at", "they were told", paths=("occurred",)),
            Field("delay_bh", "told after knowing", "business hours"),
            Field("notice_due", "notice due"),
            Field("share", "share of available warning"),
            Field("lead_bd", "told before the due date", "business days"),
            Field("forecast", "forecast", paths=("data.forecast",)),
            Field("slip_bd", "slip", "business days"),
            Field("state", "state"),
        ),
    ),
    Subject(
        "news",
        ("news",),
        lambda row: f"News {row['news']}",
        (
            Field("learned_aware", "we knew", paths=("aware",)),
            Field("reported_at", "they were told", paths=("occurred",)),
            Field("disclosure_bh", "told after knowing", "business hours"),
            Field("notice_due", "notice due"),
            Field("polarity", "good or bad", paths=("data.polarity",)),
            Field("severity", "severity", paths=("data.severity",)),
            Field("state", "state"),
        ),
    ),
)


class Change(NamedTuple):
    """One field of a row *then* and *now*; *by* are the positions that changed it, none where it is the same or follows."""

    subject: Subject
    field: Field
    then: Row | None
    now: Row | None
    by: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether it is not the same."""
        if self.then is None or self.now is None:
            return True
        return _said(self, self.then) != _said(self, self.now)

    @property
    def row(self) -> Row:
        """The row, as it is now if it still stands."""
        return self.now or self.then or {}


class Later(NamedTuple):
    """What was recorded since: *entries* of the engagement, and what those of them that correct say, by position.

    *without* answers the rows of now as they are without the entry at a position: what it alone has changed.
    """

    entries: Mapping[int, Row]
    corrections: Mapping[int, Row]
    without: Callable[[int], Rows]


def differences(then: Rows, now: Rows, later: Later) -> list[list[Change]]:
    """Return the rows of *now* and *then* that differ, each as all its fields, with the *later* entry that changed one."""
    rows = (
        list(_changes(subject, *pair, later))
        for subject in SUBJECTS
        for pair in _pairs(subject, then.get(subject.table, ()), now.get(subject.table, ()))
    )
    return [changes for changes in rows if any(change.differs for change in changes)]


def _pairs(subject: Subject, then: Sequence[Row], now: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    before = {tuple(row[name] for name in subject.key): row for row in then}
    after = {tuple(row[name] for name in subject.key): row for row in now}
    for key in sorted({*before, *after}):
        yield before.get(key), after.get(key)


def _changes(subject: Subject, then: Row | None, now: Row | None, later: Later) -> Iterator[Change]:
    """Yield each field with the entries that changed it: those that correct this very field, else each that alone did.

    An entry is named once a row: what else it changed there follows.
    """
    changes = [Change(subject, field, then, now) for field in subject.fields]
    differing = [change for change in changes if change.differs]
    stands_on = {*(then or {}).get("positions", ()), *(now or {}).get("positions", ())}
    late = [position for position in sorted(stands_on) if position in later.entries]
    direct = {change.field: _direct(change, stands_on, later) for change in differing}
    named = {position for by in direct.values() for position in by}
    for change in changes:
        by = direct.get(change.field, ())
        if change.differs and not by:
            by = tuple(
                p for p in sorted({*late, *later.corrections}) if p not in named and _made(change, p, late, later)
            )
            named.update(by)
        yield change._replace(by=by)


def _direct(change: Change, stands_on: Collection[int], later: Later) -> tuple[int, ...]:
    """Return the corrections of this very field without which it would be another."""
    return tuple(
        position
        for position, correction in later.corrections.items()
        if correction["target"] in stands_on
        and any(corrected["path"] in change.field.paths for corrected in correction["changes"])
        and _said(change, _row(change, later.without(position))) != _said(change, change.now)
    )


def _made(change: Change, position: int, late: Collection[int], later: Later) -> bool:
    """Return whether the field would be as it was, were it not for the entry at *position* alone."""
    if change.then is None and late:
        return position in late  # the row was not known, and stands on what was recorded since
    return _said(change, _row(change, later.without(position))) == _said(change, change.then)


def _row(change: Change, rows: Rows) -> Row | None:
    key = change.subject.key
    wanted = [change.row[name] for name in key]
    return next((row for row in rows[change.subject.table] if [row[name] for name in key] == wanted), None)


def _said(change: Change, row: Row | None) -> list[Any] | None:
    return None if row is None else [row[name] for name in _columns(change.field)]


def _columns(field: Field) -> tuple[str, ...]:
    """Return the columns that a field is made of: a notice is its deadline, and whether it was kept."""
    return ("notice_due", "notice_kept", "notice_version") if field.column == "notice_due" else (field.column,)
