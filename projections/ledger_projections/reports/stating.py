"""One statement of who knew, as a line of a report: when, what, of whom, in which entry, and how fresh that was (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import instant
from ledger_projections.reports.form import Line
from ledger_projections.reports.knowing import first_and_now, says, whom
from ledger_projections.reports.voices import corrections_words, dated, voice
from ledger_projections.sentences import also, what

if TYPE_CHECKING:
    from ledger.canonical import JSON
    from ledger.standing import Knowledge
    from ledger.standing.statements import Statement
    from ledger_projections.reports.source import Source


def line(source: Source, knowledge: Knowledge, said: Statement) -> Line:
    """Return a statement as a line: when, what, of whom, said in which entry, and how fresh that was (M19)."""
    entry = said.fact.entry
    cells = (
        first_and_now(source, said),
        says(said),
        whom(source, said),
        _said_in(source, said),
        _grades(source, said),
    )
    values: dict[str, JSON] = {"clock": said.clock, "moment": said.moment, "at": instant(knowledge.at(said))}
    values |= {"inferred": said.inferred, "party": said.party, "people": [*said.people], "id": entry.id}
    optional = {"side": said.side, "channel": said.channel, "sender": said.sender, "grade": _grade(source, said)}
    values |= {name: value for name, value in optional.items() if value}
    values |= {"first": said.first or "not stated"} if said.corrected else {}
    values |= {"said_by": int(said.word.entry.position)} if said.word else {}
    values |= {} if said.holds else {"holds": False}
    return Line(cells, positions(said), values=values)


def positions(said: Statement) -> list[int]:
    """Return the entry of a statement and those that correct it."""
    return [said.fact.entry.position, *(fact.entry.position for fact in said.fact.corrections)]


def _said_in(source: Source, said: Statement) -> str:
    fact, gone = said.fact, source.view.practice.erased.get(said.fact.entry.id, {})
    words = [f"#{fact.entry.position} {what(fact, source.view)}", also(fact)]
    words += [f"erased: {', '.join(sorted(gone))}"] if gone else []
    told = said.corrected or not said.holds
    words += [f"corrected by {corrections_words(fact.corrections)}"] if fact.corrections and not told else []
    claimed = fact.entry.text("claimedtime")
    words += [f"imported: its original says that it was written {dated(source, claimed)}"] if claimed else []
    words += [voice(said.says.entry).partition(", ")[2]]
    return " · ".join(word for word in words if word)


def _grade(source: Source, said: Statement) -> str | None:
    grade = source.trail.get(said.fact.entry.position, {}).get("grade")
    return str(grade) if grade else None


def _grades(source: Source, said: Statement) -> str:
    """Return the grade of the entry as it was first recorded, and of each correction of it."""
    first = _grade(source, said) or "-"
    by = [
        f"#{fact.entry.position}: {source.trail.get(fact.entry.position, {}).get('grade') or '-'}"
        for fact in said.fact.corrections
    ]
    return " · ".join([first, *by])
