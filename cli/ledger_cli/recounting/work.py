"""The work in words: where it stands, milestones, slips, what the client owes, results, assumptions, actions, flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.in_words.corrections import correction_words
from ledger_cli.in_words.values import at, days, entitled, joined, number_words
from ledger_cli.printing.times import brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]

MOST = 12
"""Entries that are listed beside a flag."""


def status(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell where the engagement stands."""
    row = state["engagement_status"][0]
    marks = ["in dispute"] if row["in_dispute"] else []
    marks += ["working unsigned"] if row["working_unsigned"] else []
    marks += ["on hold"] if row["on_hold"] else []
    count = row["entry_count"]
    last = f"last #{row['last_entry']} {at(reading, row['last_recorded'])}"
    yield joined([row["state"], *marks, f"{count} {'entry' if count == 1 else 'entries'}, {last}"])


def milestones(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the milestones by their newest date."""
    newest = {row["milestone"]: row for row in state["milestones"]}
    for row in newest.values():
        moved = f", first agreed for {at(reading, row['baseline'])}" if row["moves"] and row["baseline"] else ""
        yield f"{entitled(row['milestone'], row['title'])} due {at(reading, row['due'])}: {row['state']}{moved}"


def slips(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the slips: known, told, acknowledged, and how that stands to the notice that was due."""
    for row in state["slips"]:
        yield f"{row['slip']} of {row['milestone']}: {row['state']} · forecast {at(reading, row['forecast'])}" + (
            f", {row['slip_bd']} business days after {at(reading, row['due_in_force'])}"
            if row["slip_bd"] is not None
            else ""
        )
        yield (
            f"   known {at(reading, row['aware'])}"
            + (
                f" · told {row['told_to'] or 'the client'} {at(reading, row['told_at'])}"
                if row["told_at"]
                else " · not told"
            )
            + (f" · acknowledged {at(reading, row['acknowledged_at'])}" if row["acknowledged_at"] else "")
        )
        if row["delay_bh"] is not None:
            yield f"   {number_words(row['delay_bh'])} business hours after we knew{_warning(row)}"
        if row["notice_due"]:
            source = f"v{row['notice_version']}" if row["notice_version"] else "our policy"
            kept = {True: "in time", False: "late", None: "still to be given"}[row["notice_kept"]]
            within = number_words(row["notice_within_bh"])
            yield f"   notice ({source}, {within} business hours) due {at(reading, row['notice_due'])}: {kept}"


def obligations(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what the client owes."""
    for row in state["obligations"]:
        late = f"{days(row['days_late_bd'])} late" if row["days_late_bd"] else ""
        blocks = f"blocks {', '.join(row['blocks'])}" if row["blocks"] else ""
        done = f"fulfilled {at(reading, row['fulfilled_at'])}" if row["fulfilled_at"] else ""
        told = f"delay notified {at(reading, row['notified_at'])}" if row["notified_at"] else ""
        head = f"{entitled(row['obligation'], row['title'])} due {at(reading, row['due'])}: {row['state']}"
        yield joined([head, late, done, told, blocks, row["owner_name"]])


def results(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what the agreement is to bring about."""
    for row in state["results"]:
        value = f"measured {number_words(row['value'])}" if row["value"] is not None else ""
        yield joined(
            [f"{entitled(row['result'], row['statement'])} of v{row['agreement_version']}", row["verdict"], value]
        )


def assumptions(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what the work rests on."""
    for row in state["assumptions"]:
        by = f"test by {at(reading, row['test_by'])}" if row["test_by"] and not row["tested_at"] else ""
        yield joined([f"{entitled(row['assumption'], row['statement'])}: {row['state']}", by])


def actions(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what was agreed to be done."""
    for row in state["actions"]:
        due = f"due {at(reading, row['due'])}" if row["due"] else ""
        yield joined([f"{entitled(row['action'], row['what'])}: {row['state']}", due, row["owner_name"]])


def corrected(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what was put right, both values, by whom, why and how late."""
    for row in state.get("corrections", ()):
        yield correction_words(row, brief(row["recorded"], reading.zone, reading.as_of))


def flags(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what is flagged, by its name."""
    found: dict[str, list[str]] = {}
    for row in state["flags"]:
        found.setdefault(row["flag"], []).append(f"#{row['position']}" + (" (cured)" if row["is_cured"] else ""))
    for name, numbers in found.items():
        more = f" and {len(numbers) - MOST} more" if len(numbers) > MOST else ""
        yield f"{name}: {' '.join(numbers[:MOST])}{more}"


def _warning(row: Row) -> str:
    if row["lead_bd"] is None:
        return ""
    share = f", {number_words(row['share'])} of the warning that could be given" if row["share"] is not None else ""
    days, time = row["lead_bd"], row["lead_bh"]
    side = "after" if days < 0 or (days == 0 and row["lead_calendar_days"] < 0) else "before"
    return f" · {abs(days)} business days ({number_words(abs(time))} hours) {side} the due date{share}"
