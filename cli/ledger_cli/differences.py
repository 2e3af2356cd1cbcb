"""The difference of two replays of one engagement, row by row and field by field, and who made it (domain 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Change:
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
        return any(self.then[name] != self.now[name] for name in _columns(self.field))

    @property
    def row(self) -> Row:
        """The row, as it is now if it still stands."""
        return self.now or self.then or {}


def differences(
    then: Rows, now: Rows, entries: Mapping[int, Row], corrections: Mapping[int, Row]
) -> list[list[Change]]:
    """Return the rows of *now* and *then* that differ, each as all its fields.

    *entries* are those of the engagement recorded after *then*, *corrections* what those of them say that correct.
    """
    rows = (
        list(_changes(subject, *pair, entries, corrections))
        for subject in SUBJECTS
        for pair in _pairs(subject, then.get(subject.table, ()), now.get(subject.table, ()))
    )
    return [changes for changes in rows if any(change.differs for change in changes)]


def _pairs(subject: Subject, then: Sequence[Row], now: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    before = {tuple(row[name] for name in subject.key): row for row in then}
    after = {tuple(row[name] for name in subject.key): row for row in now}
    for key in sorted({*before, *after}):
        yield before.get(key), after.get(key)


def _changes(
    subject: Subject, then: Row | None, now: Row | None, entries: Mapping[int, Row], corrections: Mapping[int, Row]
) -> Iterator[Change]:
    stands_on = {*(then or {}).get("positions", ()), *(now or {}).get("positions", ())}
    late = [position for position in sorted(stands_on) if position in entries]
    amending = [p for p, correction in corrections.items() if correction["target"] in stands_on]
    changes = [Change(subject, field, then, now) for field in subject.fields]
    named = any(change.differs and _direct(change.field, amending, corrections) for change in changes)
    for change in changes:
        by = _direct(change.field, amending, corrections) if change.differs else ()
        if change.differs and not named:
            by, named = (*late, *amending), True
        yield Change(subject, change.field, then, now, tuple(by))


def _direct(field: Field, amending: Collection[int], corrections: Mapping[int, Row]) -> tuple[int, ...]:
    return tuple(p for p in amending if any(change["path"] in field.paths for change in corrections[p]["changes"]))


def _columns(field: Field) -> tuple[str, ...]:
    """Return the columns that a field is made of: a notice is its deadline, and whether it was kept."""
    return ("notice_due", "notice_kept", "notice_version") if field.column == "notice_due" else (field.column,)
