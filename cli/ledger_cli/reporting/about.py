"""What every form of a report says of itself: what it is, of which ledger, at which position, and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ledger_projections.reports.withheld import positions_words

from ledger_cli.printing.times import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.reports import Report, Stamp

NAME = "engagement-ledger-report"
"""What a file that holds a report says that it is."""
CHECK = "engage verify-report FILE makes it again from the ledger, and says whether it is the same, byte for byte."


def terms(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what the stamp of *report* says, as terms and what stands behind them."""
    stamp = report.stamp
    yield "Ledger", stamp.origin
    yield "Position", f"{stamp.position} entries"
    yield "Root", stamp.root
    yield "As known on", _moment(stamp, stamp.as_known_on)
    yield "As true on", _moment(stamp, stamp.as_true_on)
    yield "Judged at", _moment(stamp, stamp.as_of)
    yield "Times", f"of {stamp.zone}"
    yield "Made by", f"rules of version {stamp.projection_version}, words of version {stamp.report_version}"
    yield "Withheld", withheld(report)
    yield "To check it", CHECK


def question(report: Report) -> str:
    """Say which of the four corners of the two times the report is about (domain 3.5)."""
    known, true = (_moment(report.stamp, when) for when in (report.stamp.as_known_on, report.stamp.as_true_on))
    if report.stamp.as_known_on and report.stamp.as_true_on:
        words = f"What was recorded by {known} of what was so by {true}."
    elif report.stamp.as_known_on:
        words = f"What was recorded by {known}."
    elif report.stamp.as_true_on:
        words = f"What was so by {true}, as recorded up to entry #{report.stamp.position}."
    else:
        words = f"As recorded up to entry #{report.stamp.position}."
    claimed = "  Imports count as known when their originals say they were written."
    return words + (claimed if report.asked.trust_claimed else "")


def withheld(report: Report) -> str:
    """Say how many entries are withheld, which, and why."""
    those = report.stamp.withheld
    if not those:
        return "No entry is withheld."
    count = "1 entry is" if len(those) == 1 else f"{len(those)} entries are"
    left_out = "What refers to them has been left out, and what follows from them is not counted."
    return f"{count} withheld: {positions_words(those)}. {left_out}"


def times(report: Report) -> str:
    """Say both times of the replay, when everything was judged, and in which zone times are told."""
    stamp = report.stamp
    known, true = (_moment(stamp, when) if when else "now" for when in (stamp.as_known_on, stamp.as_true_on))
    return f"As known on: {known}; as true on: {true}; judged at {_moment(stamp, stamp.as_of)}, times of {stamp.zone}."


def _moment(stamp: Stamp, moment: str | None) -> str:
    if not moment:
        return "now: all that had been recorded"
    words = say(moment, ZoneInfo(stamp.zone))
    return words.removesuffix(" 23:59") if moment.endswith(":59.999999Z") else words
