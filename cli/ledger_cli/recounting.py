"""The state of an engagement in words: status, agreement, milestones, slips with their numbers, news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.moments import brief
from ledger_cli.output import columns_of, prose, table, terminal_width
from ledger_cli.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.reading import Reading

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]

HEADING = 12
ENDLESS = 10_000
"""The width of a line that nothing folds."""


def recounted(reading: Reading, state: Rows) -> Iterator[str]:
    """Yield the lines that tell *state*, the rows of one engagement by table."""
    for heading, lines in (
        ("status", _status_words(reading, state)),
        ("agreement", _agreement_words(reading, state)),
        ("milestones", _milestone_words(reading, state)),
        ("slips", _slip_words(reading, state)),
        ("news", _news_words(reading, state)),
    ):
        width = max(20, (terminal_width() or ENDLESS) - HEADING - 2)
        for number, line in enumerate(list(lines) or ["none"]):
            yield from columns_of((heading if not number else "", safe(line)), (HEADING, width))


def claimed(reading: Reading, opened: str, entries: Sequence[Row]) -> Iterator[str]:
    """Say what imports claim of a time at which the engagement itself was not recorded yet."""
    if not entries:
        yield "Nothing was known of it then."
        return
    claim = "imported entry claims" if len(entries) == 1 else "imported entries claim"
    yield from prose(f"It was opened in this ledger only on {reading.said(opened)}.")
    yield from prose(f"{len(entries)} {claim} to have been known then:")
    cells = [
        (f"#{row['position']}", brief(row["claimedtime"], reading.zone, reading.as_of), safe(row["what"]))
        for row in entries
    ]
    yield from table(cells, ("entry", "claimed", "what"), terminal_width())


def number_words(value: float) -> str:
    """Return a number of the read model without a fraction of nothing: `16`, `25.083`."""
    return str(int(value)) if value == int(value) else str(value)


def _status_words(reading: Reading, state: Rows) -> Iterator[str]:
    row = state["engagement_status"][0]
    marks = ["in dispute"] if row["in_dispute"] else []
    marks += ["working unsigned"] if row["working_unsigned"] else []
    marks += ["on hold"] if row["on_hold"] else []
    count = row["entry_count"]
    last = f"last #{row['last_entry']} {brief(row['last_recorded'], reading.zone, reading.as_of, weekday=True)}"
    yield " · ".join([row["state"], *marks, f"{count} {'entry' if count == 1 else 'entries'}, {last}"])


def _agreement_words(reading: Reading, state: Rows) -> Iterator[str]:
    for row in state["agreements"]:
        since = row["in_force_from"] or row["signed_by_both_at"]
        force = f", in force since {_at(reading, since)}" if row["is_in_force"] and since else ""
        by = {"provider": ", declined by us", "client": ", declined by the client"}.get(row["declined_by"], "")
        yield f"v{row['version']} {row['state']}{by}{force}"


def _milestone_words(reading: Reading, state: Rows) -> Iterator[str]:
    newest = {row["milestone"]: row for row in state["milestones"]}
    for row in newest.values():
        title = f' "{row["title"]}"' if row["title"] else ""
        moved = f", first agreed for {_at(reading, row['baseline'])}" if row["moves"] and row["baseline"] else ""
        yield f"{row['milestone']}{title} due {_at(reading, row['due'])}: {row['state']}{moved}"


def _slip_words(reading: Reading, state: Rows) -> Iterator[str]:
    for row in state["slips"]:
        yield f"{row['slip']} of {row['milestone']}: {row['state']} · forecast {_at(reading, row['forecast'])}" + (
            f", {row['slip_bd']} business days after {_at(reading, row['due_in_force'])}"
            if row["slip_bd"] is not None
            else ""
        )
        yield (
            f"   known {_at(reading, row['aware'])}"
            + (
                f" · told {row['told_to'] or 'the client'} {_at(reading, row['told_at'])}"
                if row["told_at"]
                else " · not told"
            )
            + (f" · acknowledged {_at(reading, row['acknowledged_at'])}" if row["acknowledged_at"] else "")
        )
        if row["delay_bh"] is not None:
            yield f"   {number_words(row['delay_bh'])} business hours after we knew{_warning(row)}"
        if row["notice_due"]:
            source = f"v{row['notice_version']}" if row["notice_version"] else "our policy"
            kept = {True: "in time", False: "late", None: "still to be given"}[row["notice_kept"]]
            within = number_words(row["notice_within_bh"])
            yield f"   notice ({source}, {within} business hours) due {_at(reading, row['notice_due'])}: {kept}"


def _warning(row: Row) -> str:
    if row["lead_bd"] is None:
        return ""
    share = f", {number_words(row['share'])} of the warning that could be given" if row["share"] is not None else ""
    return f" · {row['lead_bd']} business days ({number_words(row['lead_bh'])} hours) before the due date{share}"


def _news_words(reading: Reading, state: Rows) -> Iterator[str]:
    for row in state["news"]:
        told = f", told {_at(reading, row['reported_at'])}" if row["reported_at"] else ", not told"
        after = (
            f", {number_words(row['disclosure_bh'])} business hours after we knew"
            if row["disclosure_bh"] is not None
            else ""
        )
        found = f", {row['verdict']} {_at(reading, row['verified_at'])}" if row["verdict"] else ""
        back = f", taken back {_at(reading, row['retracted_at'])}" if row["retracted_at"] else ""
        known = _at(reading, row["learned_aware"])
        yield f"{row['news']} {row['polarity']} news: {row['state']}, known {known}{told}{after}{found}{back}"


def _at(reading: Reading, moment: str | None) -> str:
    return brief(moment, reading.zone, reading.as_of, weekday=True) if moment else "at no stated time"
