"""What is compared of each table: what a row of it is called, and its fields by the names that people use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_projections.differing.titles import title
from ledger_projections.replaying.in_force import TABLE as POLICIES
from ledger_projections.tables import TABLES as KEPT
from ledger_projections.whose import WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger_projections.table import Column, Table

    Row = dict[str, Any]

SUMS = {"entries", "contacts_daily", "signals", "portfolio"}
"""Tables that are not compared: the trail itself, and what others add up to."""
UNTOLD = {
    *("entry_count", "last_entry", "last_recorded", "updated_at"),
    *("data", "open_time", "set_by", "document_sha256", "visibility", "felt_visibility"),
    *("censored", "by_date", "aware_stated", "is_first", "known_from", "known_to", "position", "flag_rule", "practice"),
    *("lead_calendar_days", "lead_bh", "due_in_force", "due_now", "off_minutes", "is_current", "due_soon_from"),
    *("parts_present", "parts_required", "newest_state", "newest_version", "scale_min", "scale_max", "trigger"),
    *("subject", "entry", "assessment", "near_entry", "cured_by", "title", "given_to_contacts"),
}
"""Columns that any entry moves, those that no line can hold, and those that say again what others say."""
OCCURRED = (
    *("told_at", "reported_at", "delivered_at", "accepted_at", "acknowledged_at", "averted_at", "closed_at", "held_at"),
    *("signed_by_provider_at", "signed_by_client_at", "fulfilled_at", "notified_at", "asked_at", "answered_at"),
    *("raised_at", "given_at", "felt_at", "resolved_at", "tested_at", "measured_at", "drafted_at", "verified_at"),
    *("released_at", "added_at", "offered_at", "recorded_at", "came_at"),
)
"""The columns that say when an entry was so."""
PATHS = {"aware": "aware", "learned_aware": "aware", **dict.fromkeys(OCCURRED, "occurred")}
"""The path whose correction is a correction of a column; else it is the field of that name (domain 3.3.2)."""
FIRST = {
    "agreements": ("state", "signed_by_provider_at", "signed_by_client_at", "in_force_from"),
    "milestones": ("due", "state", "delivered_at", "accepted_at", "total_bd"),
    "slips": ("aware", "told_at", "delay_bh", "notice_due", "share", "lead_bd", "forecast", "slip_bd", "state"),
    "news": ("learned_aware", "reported_at", "disclosure_bh", "notice_due", "polarity", "severity", "state"),
}
"""The columns of a row that differs which are told even where they are the same."""
ALSO = {"notice_due": ("notice_kept", "notice_version")}
"""A notice is its deadline, and whether it was kept."""
SUFFIX = re.compile(r"_(at|bh|bd|minor|hours)$")
"""What the end of a column's name says is said by its value and its unit."""
LABELS = {
    "aware": "we knew",
    "learned_aware": "we knew",
    "told_at": "they were told",
    "reported_at": "they were told",
    "delay_bh": "told after knowing",
    "disclosure_bh": "told after knowing",
    "share": "share of available warning",
    "lead_bd": "told before the due date",
    "slip_bd": "slip",
    "total_bd": "moved since first agreed",
    "polarity": "good or bad",
    "signed_by_provider_at": "signed by us",
    "signed_by_client_at": "signed by the client",
    "provider_signatory": "who signed for us",
    "client_signatory": "who signed for the client",
    "value_minor": "value",
    "due_now": "due",
    "taken_bh": "given after knowing",
    "late_hours": "late by the clock",
}


class Field(NamedTuple):
    """A column that is compared, what people call it, its unit, and the columns that it is made of."""

    column: str
    label: str
    unit: str
    columns: tuple[str, ...]
    always: bool
    """Whether it is told even where it is the same."""
    kind: str
    """The type of its values; `position` for those that name an entry."""

    def of(self, row: Row | None) -> list[Any] | None:
        """Return what *row* says of it."""
        return None if row is None else [row[name] for name in self.columns]

    def corrected_by(self, path: str) -> bool:
        """Return whether a correction of *path* is one of this very field."""
        return path in {PATHS.get(self.column, ""), f"data.{self.column}"} or (
            self.column == "due" and path == "data.to_due"
        )


class Subject(NamedTuple):
    """A table that is compared."""

    table: str
    fields: tuple[Field, ...]

    def title(self, row: Row) -> str:
        """Return what a row is called, as `Slip S1 of M2`."""
        return title(TABLES[self.table], row)


def _fields(table: Table) -> Iterator[Field]:
    columns = {column.name: column for column in table.columns}
    first = FIRST.get(table.name, ())
    own = [name for name in columns if name not in first and _is_told(table, name, columns)]
    for name in (*first, *own):
        label = LABELS.get(name, SUFFIX.sub("", name).replace("_", " "))
        kind = "position" if columns[name].description.startswith("The position") else columns[name].type
        yield Field(name, label, columns[name].unit, (name, *ALSO.get(name, ())), name in first, kind)


def _is_told(table: Table, name: str, columns: Mapping[str, Column]) -> bool:
    """Return whether a column says what no other says: not whose the row is, nor a date once more as an instant."""
    if name in UNTOLD or name in table.key or name in {column.name for column in WHOSE}:
        return False
    if any(name in others for others in ALSO.values()) or f"{name}_name" in columns or name == "positions":
        return False
    return not (name.endswith("_at") and name.removesuffix("_at") in columns)


TABLES: Mapping[str, Table] = {**{name: t for name, t in KEPT.items() if name not in SUMS}, "policies": POLICIES}
"""The tables that are compared."""
SUBJECTS: Mapping[str, Subject] = {name: Subject(name, tuple(_fields(table))) for name, table in TABLES.items()}
"""What is compared of each, in the order people read them."""
