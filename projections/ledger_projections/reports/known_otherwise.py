"""What is known otherwise now than it was then, of what a dispute is about: each field, and the entry that changed it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.events import EntryCorrected
from ledger_projections.about import about
from ledger_projections.differing import Moments, difference
from ledger_projections.reports.form import Line, Section
from ledger_projections.wording import money_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.differing import Change, Difference
    from ledger_projections.reports.source import Source

HEADING = "As known then, and as known now"
CHANGED = "Changed by"
KEPT = {True: ", in time", False: ", late", None: ""}
FOLLOWS = "follows"


def known_otherwise(source: Source, refs: Sequence[str], then: str | None) -> Section:
    """Return what is known otherwise now of what is about *refs* than it was *then*, else before its first correction."""
    then = then or before_first_correction(source, refs)
    if then is None:
        return Section(HEADING, ("Nothing about it was corrected: what was known then is what is known now.",))
    moments = Moments(then, source.asked.known_on, then, then, trust_claimed=source.asked.trust_claimed)
    found, _ = difference(source.excerpt, source.asked.engagement, moments).shown()
    positions = _positions(source, refs)
    rows = [row for row in found.rows if positions & set(row[0].row["positions"])]
    words = source.said(then)
    if not rows:
        return Section(HEADING, (f"Nothing that was so by {words} is known otherwise now than it was then.",))
    said = (
        f"Of what was so by {words}: what had been written down by then, beside all that has been written down since. What "
        "reads the same is left out."
    )
    columns = ("Of", "What", f"As known {words}", "As known now", CHANGED)
    lines = [line for row in rows for line in _lines(source, row, found)]
    return Section(HEADING, (said,), columns, lines)


def before_first_correction(source: Source, refs: Sequence[str]) -> str | None:
    """Return the last moment at which nothing about *refs* had been corrected; None where nothing ever was."""
    positions = _positions(source, refs)
    for fact in source.view.state.history:
        if isinstance(fact.event, EntryCorrected) and int(fact.entry.position) in positions:
            return instant(parse_instant(fact.recorded) - timedelta(microseconds=1))
    return None


def _positions(source: Source, refs: Sequence[str]) -> set[int]:
    history = source.view.state.history
    ids = about(history, refs)
    return {int(fact.entry.position) for fact in history if fact.entry.id in ids}


def _lines(source: Source, changes: Sequence[Change], found: Difference) -> Iterator[Line]:
    for number, change in enumerate(change for change in changes if change.differs):
        title = change.subject.title(change.row) if number == 0 else ""
        cells = (title, change.field.label, _value(source, change, change.then), _value(source, change, change.now))
        values: dict[str, Any] = {
            "table": change.subject.table,
            "field": change.field.column,
            "unit": change.field.unit,
            "then": change.then and change.then[change.field.column],
            "now": change.now and change.now[change.field.column],
        }
        yield Line((*cells, _by(source, change, found)), change.by, values=values)


def _by(source: Source, change: Change, found: Difference) -> str:
    causes = [found.causes[position] for position in change.by if position in found.causes]
    said = [
        f"#{cause.position} {cause.recorder}, {source.said(cause.recorded)}"
        + (f', "{cause.reason}"' if cause.reason else "")
        for cause in causes
    ]
    return "\n".join(said) or FOLLOWS


def _value(source: Source, change: Change, row: dict[str, Any] | None) -> str:
    field = change.field
    value = None if row is None else row[field.column]
    if row is None or value is None or value == []:
        return "not known" if row is None else "-"
    if field.column == "notice_due":
        return f"{source.said(value)}{KEPT[row['notice_kept']]}"
    if field.column.endswith("_minor"):
        return money_words({"minor": value, "currency": row.get("currency") or row.get("bonus_currency") or ""})
    if field.kind == "position":
        return f"#{value}"
    return f"{_words(source, field.kind, value)} {field.unit}".rstrip()


def _words(source: Source, kind: str, value: Any) -> str:  # noqa: ANN401 -- whatever a table holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind in {"instant", "moment", "day"}:
        return source.said(str(value))
    if isinstance(value, list):
        return ", ".join(_words(source, "", each) for each in value)
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
