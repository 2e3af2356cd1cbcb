"""A difference as it is printed: both values of each field side by side, and what there is to say of who changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.in_words.values import money, number_words
from ledger_cli.printing.columns import prose, table
from ledger_cli.printing.output import terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.differing import Cause, Change, Difference, Field

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]

SAME, FOLLOWS, GONE = "same", "follows", "no longer there"
SINCE = {"aware": "it was known", "occurred": "it was so"}
CLOCKS = frozenset(SINCE)
GRADES = {"A": "a day", "B": "a week", "C": "a month", "D": "more than a month"}
DAY_HOURS = 24
TWO_DAYS = 2 * DAY_HOURS


def told(reading: Reading, found: Difference, known: str, now: str) -> Iterator[str]:
    """Yield the lines of a difference; *known* and *now* are what its two sides are called."""
    if not found.rows:
        yield from prose(
            f"Nothing that was so by then is known otherwise {now.removeprefix('as known ')} than it was {known[3:]}."
        )
        return
    cells: list[tuple[str, ...]] = []
    for number, changes in enumerate(found.rows):
        cells += [("", "", "", "")] if number else []
        cells.append((safe(changes[0].subject.title(changes[0].row)), "", "", ""))
        cells += [_cells(reading, change, found) for change in changes]
    yield from table(cells, ("", known, now, "changed by"), terminal_width())
    yield ""
    for changes in found.rows:
        if changes[0].subject.table == "slips" and changes[0].row["told_at"]:
            yield from prose(_in_force(reading, changes[0].row))
    for cause in (found.causes[position] for position in sorted(found.causes)):
        if not _is_plain(cause):
            yield from cause_lines(cause)
    for grade, within in GRADES.items():
        plain = [f"#{c.position}" for c in found.causes.values() if _is_plain(c) and c.grade == grade]
        if plain:
            yield from prose(f"{' '.join(plain)} came within {within}: grade {grade}.")


def value_words(reading: Reading, field: Field, row: Row | None) -> str:
    """Return what *row* says of *field*, with its unit."""
    value = None if row is None else row[field.column]
    if row is None or value is None or value == []:
        return "not known" if row is None else "-"
    if field.column == "notice_due":
        kept = {True: ", in time", False: ", late", None: ""}[row["notice_kept"]]
        return brief(value, reading.zone, reading.as_of, weekday=True) + kept
    if field.column.endswith("_minor"):
        return safe(money(value, row.get("currency") or row.get("bonus_currency")))
    if field.kind == "position":
        return f"#{value}"
    return f"{_words(reading, value)} {field.unit}".rstrip()


def label(field: Field, row: Row) -> str:
    """Return what a field is called; of a notice, which agreement asks for it."""
    if field.column != "notice_due" or row.get("notice_within_bh") is None:
        return field.label
    source = f"v{row['notice_version']}" if row["notice_version"] else "our policy"
    return f"notice due ({source}, {number_words(row['notice_within_bh'])} hours)"


def cause_lines(cause: Cause) -> Iterator[str]:
    """Say how an entry stands to the disputes, how late it came, and what shows it."""
    after = cause.after_target_hours
    since = f", {lag_words(float(after))} after #{cause.target}" if after is not None else ""
    parts = []
    if cause.after_dispute:
        parts.append(f"was recorded after dispute {', '.join(cause.disputes)} on it was raised{since}")
    elif cause.disputes or since:
        before = f" before dispute {', '.join(cause.disputes)}" if cause.disputes else ""
        parts.append(f"was recorded{before}{since if before else since.removeprefix(',')}")
    if cause.grade and cause.kind and CLOCKS.isdisjoint(cause.paths):
        parts.append(f"is grade {cause.grade} by when it was made")
    elif cause.grade and cause.lag_hours is not None:
        of = SINCE[cause.since or "occurred"] if CLOCKS.isdisjoint(cause.paths) else "the corrected moment"
        parts.append(f"came {lag_words(float(cause.lag_hours))} after {of}: grade {cause.grade}")
    if parts:
        yield from prose(f"#{cause.position} {'; it '.join(parts)}.")
    for file in cause.evidence:
        name = safe(str(file.get("name") or file.get("locator") or "a file"))
        yield from prose(f"#{cause.position} evidence: {name}, sha256 {file['sha256']}")


def lag_words(hours: float) -> str:
    """Return a delay in hours, or in days where it is long."""
    return f"{hours:.1f} hours" if hours < TWO_DAYS else f"{hours / DAY_HOURS:.2f} days"


def as_json(found: Difference) -> list[dict[str, Any]]:
    """Return a difference for programs: every field of the rows that differ."""
    return [
        {
            "table": change.subject.table,
            "subject": change.subject.title(change.row),
            "field": change.field.column,
            "unit": change.field.unit,
            "then": change.then and change.then[change.field.column],
            "now": change.now and change.now[change.field.column],
            "changed": change.differs,
            "changed_by": [found.causes[position].written() for position in change.by],
            "follows_from": list(change.follows),
            "positions": change.row["positions"],
        }
        for changes in found.rows
        for change in changes
    ]


def _cells(reading: Reading, change: Change, found: Difference) -> tuple[str, ...]:
    then = value_words(reading, change.field, change.then)
    now = GONE if change.now is None else value_words(reading, change.field, change.now)
    by = "\n".join(_by(reading, found.causes[position]) for position in change.by)
    return f"  {label(change.field, change.row)}", then, now, by or (FOLLOWS if change.differs else SAME)


def _by(reading: Reading, cause: Cause) -> str:
    who, when = safe(cause.recorder), brief(cause.recorded, reading.zone, reading.as_of)
    why = safe(cause.reason) if cause.reason is not None else safe(cause.what)
    return f"#{cause.position} {who}, {when}" + (f', "{why}"' if why else "")


def _words(reading: Reading, value: Any) -> str:  # noqa: ANN401 -- what a table holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_words(reading, each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{safe(name)} {_words(reading, each)}" for name, each in value.items())
    if isinstance(value, str):
        dated = value[4:5] == "-" and value[7:8] == "-" and value[:4].isdigit()
        return brief(value, reading.zone, reading.as_of, weekday=True) if dated else safe(value)
    return number_words(value)


def _is_plain(cause: Cause) -> bool:
    """Return whether there is nothing to say of an entry but its grade."""
    return not (cause.disputes or cause.kind or cause.evidence)


def _in_force(reading: Reading, slip: Row) -> str:
    """Say which version was in force when they were told of *slip*."""
    known = [row for row in reading.rows("agreements", {"engagement": slip["engagement"]}) if row["in_force_from"]]
    told = slip["told_at"]
    then = [row for row in known if row["in_force_from"] <= told]
    later = [row for row in known if row["in_force_from"] > told]
    words = f"v{then[-1]['version']}" if then else "none"
    since = [f"v{row['version']} only from {brief(row['in_force_from'][:10], reading.zone, told)}" for row in later]
    return f"Agreement in force when {slip['slip']} was told: {words}" + (f" ({', '.join(since)})." if since else ".")
