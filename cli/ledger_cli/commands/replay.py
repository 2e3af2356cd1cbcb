"""`replay`: what we knew then, what was so then, and what has changed since and by whom (domain 3.5)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import click

from ledger_cli.corrections import corrections_at
from ledger_cli.differences import FOLLOWS, SAME, SUBJECTS, Change, Later, differences
from ledger_cli.moments import brief
from ledger_cli.output import document, page, prose, table, terminal_width
from ledger_cli.reading import Reading, past
from ledger_cli.recounting import claimed, number_words, recounted
from ledger_cli.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.app import App
    from ledger_cli.differences import Field
    from ledger_cli.reading import Past

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]

TABLES = ("engagement_status", "agreements", "milestones", "slips", "news")
DAY_HOURS = 24


@click.command()
@click.argument("engagement")
@click.option("--diff", is_flag=True, help="What has changed since, and by whom.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@past
@click.pass_obj
def replay(app: App, *, engagement: str, diff: bool, as_json: bool, past: Past) -> None:
    """Show an engagement as it was known, and as it was, at a moment of the past.

    \b
    engage replay northwind --as-known-on 2025-06-30            what we knew then
    engage replay northwind --as-true-on 2025-06-30             what was so then, as we know now
    engage replay northwind --as-known-on 2025-06-30 --diff     what has changed since, and by whom
    """
    if diff and past.as_known_on is None:
        raise click.UsageError("--diff compares with what is known now: say from when, --as-known-on WHEN.")
    reading = Reading(app, past)
    found = reading.engagement(engagement)
    if diff:
        _diff(app, past, found, as_json=as_json)
        return
    state = reading.replayed(*TABLES, "entries", engagement=found["engagement"])
    if as_json:
        document({**_asked(reading, past), "engagement": found["engagement_alias"], **_public(state)})
    else:
        page(list(_state(app, reading, past, found, state)))


def _diff(app: App, past: Past, found: Row, *, as_json: bool) -> None:
    then = Reading(app, past._replace(as_true_on=past.as_true_on or past.as_known_on))
    now = Reading(app, past._replace(as_known_on=None, as_true_on=past.as_true_on or past.as_known_on))
    before = then.replayed(*TABLES, "entries", engagement=found["engagement"])
    after = now.replayed(*TABLES, "entries", engagement=found["engagement"])
    trail = Reading(app)
    rows = {row["position"]: row for row in trail.rows("entries", {"stream": f"engagement/{found['engagement']}"})}
    known = {row["position"] for row in before["entries"]}
    since = {position: row for position, row in rows.items() if position not in known}
    amending = [position for position, row in since.items() if row["type"] == "entry-corrected"]
    corrections = {row["position"]: row for row in corrections_at(app, trail, amending)}
    without = cache(
        lambda position: now.replayed(
            *(subject.table for subject in SUBJECTS), engagement=found["engagement"], without=position
        )
    )
    changed = differences(before, after, Later(since, corrections, without))
    if as_json:
        document(
            {
                **_asked(then, past),
                "engagement": found["engagement_alias"],
                "changes": _as_json(changed, rows, corrections),
            }
        )
        return
    page(list(_told(then, changed, rows, corrections)))


def _told(
    reading: Reading, changed: Sequence[Sequence[Change]], rows: Mapping[int, Row], corrections: Mapping[int, Row]
) -> Iterator[str]:
    known = f"as known on {reading.said(reading.known_on or '')}"
    if not changed:
        yield from prose(f"Nothing that was so by then is known otherwise now than it was {known[3:]}.")
        return
    cells: list[tuple[str, ...]] = []
    for number, changes in enumerate(changed):
        cells += [("", "", "", "")] if number else []
        cells.append((changes[0].subject.title(changes[0].row), "", "", ""))
        cells += [_cells(reading, change, rows, corrections) for change in changes]
    yield from table(cells, ("", known, "as known now", "changed by"), terminal_width())
    by = sorted({position for changes in changed for change in changes for position in change.by})
    agreements = [row for changes in changed for row in _slip_rows(changes)]
    yield ""
    for row in agreements:
        yield from prose(_in_force(reading, row))
    for position in by:
        yield from _cause(position, rows, corrections)


def _cells(
    reading: Reading, change: Change, rows: Mapping[int, Row], corrections: Mapping[int, Row]
) -> tuple[str, ...]:
    then, now = (_value(reading, change.field, row) for row in (change.then, change.now))
    by = "\n".join(_by(reading, position, rows, corrections) for position in change.by)
    return f"  {_label(change)}", then, now, by or (FOLLOWS if change.differs else SAME)


def _label(change: Change) -> str:
    row = change.row
    if change.field.column != "notice_due" or row.get("notice_within_bh") is None:
        return change.field.label
    source = f"v{row['notice_version']}" if row["notice_version"] else "our policy"
    return f"notice due ({source}, {number_words(row['notice_within_bh'])} hours)"


def _value(reading: Reading, field: Field, row: Row | None) -> str:
    if row is None:
        return "not known"
    value = row[field.column]
    if value is None:
        return "-"
    if field.column == "notice_due":
        kept = {True: ", in time", False: ", late", None: ""}[row["notice_kept"]]
        return brief(value, reading.zone, reading.as_of, weekday=True) + kept
    if isinstance(value, str) and value[4:5] == "-" and value[:4].isdigit():
        return brief(value, reading.zone, reading.as_of, weekday=True)
    return f"{number_words(value)} {field.unit}".rstrip() if not isinstance(value, str) else safe(value)


def _by(reading: Reading, position: int, rows: Mapping[int, Row], corrections: Mapping[int, Row]) -> str:
    row = rows[position]
    who, when = safe(row["actor_name"] or row["actor"]), brief(row["recorded"], reading.zone, reading.as_of)
    reason = corrections[position]["reason"] if position in corrections else row["what"]
    return f"#{position} {who}, {when}" + (f', "{safe(reason)}"' if reason else "")


def _slip_rows(changes: Sequence[Change]) -> list[Row]:
    row = changes[0].row
    return [row] if changes[0].subject.table == "slips" and row["told_at"] else []


def _in_force(reading: Reading, slip: Row) -> str:
    """Say which version was in force when they were told of *slip*."""
    versions = reading.rows("agreements", {"engagement": slip["engagement"]})
    told, known = slip["told_at"], [row for row in versions if row["in_force_from"]]
    then = [row for row in known if row["in_force_from"] <= told]
    later = [row for row in known if row["in_force_from"] > told]
    words = f"v{then[-1]['version']}" if then else "none"
    since = [f"v{row['version']} only from {brief(row['in_force_from'][:10], reading.zone, told)}" for row in later]
    return f"Agreement in force when {slip['slip']} was told: {words}" + (f" ({', '.join(since)})." if since else ".")


def _cause(position: int, rows: Mapping[int, Row], corrections: Mapping[int, Row]) -> Iterator[str]:
    """Say how the entry at *position* stands to the disputes, how late it came, and what shows it."""
    row = rows[position]
    disputes = [r for r in rows.values() if r["type"] == "dispute-raised" and not r["withdrawn"]]
    parts = []
    if row["after_dispute"]:
        parts.append("was recorded after a dispute on it was raised")
    elif later := [r["data"]["dispute_id"] for r in disputes if r["position"] > position]:
        parts.append(f"was recorded before dispute {later[0]}")
    if row["grade"]:
        of = "the corrected moment" if position in corrections else "it was known"
        parts.append(f"came {_lag(row['lag_hours'])} after {of}: grade {row['grade']}")
    if parts:
        yield from prose(f"#{position} {'; it '.join(parts)}.")
    for file in corrections.get(position, {}).get("evidence", ()):
        name = safe(str(file.get("name") or file.get("locator") or "a file"))
        yield from prose(f"#{position} evidence: {name}, sha256 {file['sha256']}")


def _lag(hours: float) -> str:
    return f"{hours:.1f} hours" if hours < 2 * DAY_HOURS else f"{hours / DAY_HOURS:.2f} days"


def _state(app: App, reading: Reading, past: Past, found: Row, state: Rows) -> Iterator[str]:
    title = next((row["title"] for row in state["engagement_status"]), None) or ""
    yield f"{safe(found['engagement_alias'] or found['engagement'])}{f'  {safe(title)}' if title else ''}"
    yield _question(reading, past)
    yield ""
    if state["engagement_status"]:
        yield from recounted(reading, state)
    else:
        stream = f"engagement/{found['engagement']}"
        own = [row for row in state["entries"] if row["stream"] == stream and row["claimedtime"]]
        yield from claimed(reading, _opened(app, stream), own)


def _opened(app: App, stream: str) -> str:
    """Return when the opening of an engagement was recorded."""
    (row,) = Reading(app).rows("entries", {"stream": stream, "type": "engagement-opened"})
    return str(row["recorded"])


def _question(reading: Reading, past: Past) -> str:
    """Say which of the four corners of the two times this is."""
    known, true = (reading.said(m) if m else "" for m in (reading.known_on, reading.true_on))
    if known and true:
        words = f"What we knew on {known} of what was so by {true}."
    elif known:
        words = f"What we knew on {known}."
    elif true:
        words = f"What was so on {true}, as we know it now."
    else:
        words = "What is so now, as we know it now."
    return words + (
        "  Imports count as known when their originals say they were written." if past.trust_claimed else ""
    )


def _asked(reading: Reading, past: Past) -> dict[str, Any]:
    times = {"as_known_on": reading.known_on, "as_true_on": reading.true_on, "as_of": reading.as_of}
    return {**times, "trust_claimed": past.trust_claimed, "question": _question(reading, past)}


def _public(state: Rows) -> dict[str, Any]:
    return {name: list(rows) for name, rows in state.items() if name != "entries"}


def _as_json(
    changed: Sequence[Sequence[Change]], rows: Mapping[int, Row], corrections: Mapping[int, Row]
) -> list[dict[str, Any]]:
    return [
        {
            "table": change.subject.table,
            "subject": change.subject.title(change.row),
            "field": change.field.column,
            "unit": change.field.unit,
            "then": change.then and change.then[change.field.column],
            "now": change.now and change.now[change.field.column],
            "changed": change.differs,
            "changed_by": [_cause_json(position, rows, corrections) for position in change.by],
        }
        for changes in changed
        for change in changes
    ]


def _cause_json(position: int, rows: Mapping[int, Row], corrections: Mapping[int, Row]) -> dict[str, Any]:
    names = ("position", "id", "recorded", "actor", "actor_name", "lag_hours", "grade", "after_dispute")
    correction = corrections.get(position, {})
    own = {name: rows[position][name] for name in names}
    return {**own, "reason": correction.get("reason"), "evidence": correction.get("evidence", [])}
