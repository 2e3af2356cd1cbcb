"""The notices that were owed, one a line: by which clause, by when, given or not, to whom, in time or how late (P15)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ledger.calendars import instant, parse_instant
from ledger.standing import notices_of
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.noticed import asked_by, given, how_kept, known_since, of, taken_back, to, values
from ledger_projections.reports.voices import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.standing import Notice
    from ledger_projections.reports.source import Source

TITLE = "Notices"
HEADING = "Notices owed and given"
METHOD = (
    "Each notice that the agreement in force at awareness asks for; of slips, where it asks for none, our own policy. The "
    "term is counted in the business hours of the calendar in force then, from when the side that owes the notice says "
    "that it knew. A delay of the client's own runs from when the thing fell due where the client does not say."
)
NONE = "No notice was owed: nothing is recorded that the agreement in force, or our policy, asks notice of."
COLUMNS = ("Of", "Owed by", "Known since", "Asked by", "Deadline", "Given", "To", "In time")
TOGETHER = (("Of", "Owed by"), ("Known since", "Asked by", "Deadline"), ("Given", "To"), ("In time",))
LABELS = {"Owed by": "owed by"}
TOTALS = (
    "Asked by",
    "Notices",
    "In time",
    "Late",
    "Not given",
    "Still to be given",
    "Not needed",
    "Awareness not stated",
)
STATES = ("in time", "late", "not given", "still to be given", "not needed", "awareness not stated")
OF = {"slip": "any slip", "bad_news": "bad news", "client_delay": "a delay of the client"}


def sections(source: Source) -> Iterator[Section]:
    """Yield the notices, and how many of each clause were given in time."""
    notices = in_order(source)
    yield notices_section(source, notices)
    if notices:
        yield totals_section(notices)


def notices_section(source: Source, notices: Sequence[Notice] | None = None) -> Section:
    """Return the notices, the one that was known of first at the head."""
    found = in_order(source) if notices is None else notices
    if not found:
        return Section(HEADING, [NONE])
    rows = [_line(source, notice) for notice in found]
    return Section(HEADING, [METHOD, _counted(found)], COLUMNS, rows, together=TOGETHER, labels=LABELS)


def totals_section(notices: Iterable[Notice]) -> Section:
    """Return how many notices each clause asked for, and what became of them."""
    by_clause: dict[tuple[str, str], list[Notice]] = {}
    for notice in notices:
        by_clause.setdefault((asked_by(notice), notice.occasion.on), []).append(notice)
    rows = [_total(*clause, found) for clause, found in by_clause.items()]
    return Section("By clause", (), TOTALS, rows)


def in_order(source: Source) -> list[Notice]:
    """Return the notices, those first that were known of first; where nobody said, by when they were recorded."""
    found = notices_of(source.known, parse_instant(source.as_of))
    return sorted(
        found, key=lambda n: (n.occasion.aware or parse_instant(n.occasion.trigger.recorded), n.subject, n.number)
    )


def _line(source: Source, notice: Notice) -> Line:
    occasion = notice.occasion
    said = [occasion.trigger, *([occasion.given] if occasion.given else []), *occasion.trigger.corrections]
    said += [occasion.acknowledgement] if occasion.acknowledgement else []
    said += [one for fact in (occasion.given, occasion.acknowledgement) if fact for one in fact.corrections]
    said += [one for fact in taken_back(source, notice) for one in (fact, fact.withdrawn_by) if one]
    cells = (
        of(source, notice),
        SIDES[notice.party],
        known_since(source, notice),
        asked_by(notice),
        f"by {source.said(instant(notice.term.deadline))}" if notice.term else "not known",
        given(source, notice),
        to(source, notice),
        how_kept(source, notice),
    )
    return Line(cells, sorted({fact.entry.position for fact in said}), values=values(notice))


def _counted(notices: Sequence[Notice]) -> str:
    by_state = Counter(notice.state for notice in notices)
    count = f"{len(notices)} notice{'' if len(notices) == 1 else 's'}"
    return f"{count}: {', '.join(f'{by_state[state]} {state}' for state in STATES if by_state[state])}."


def _total(asked: str, on: str, notices: Sequence[Notice]) -> Line:
    by_state = Counter(notice.state for notice in notices)
    counts = [by_state[state] for state in STATES]
    words = f"{asked}, of {OF[on]}"
    found: dict[str, JSON] = {"notice_on": on, "n": len(notices), **dict(zip(STATES, counts, strict=True))}
    entries = sorted({notice.occasion.trigger.entry.position for notice in notices})
    return Line((words, *map(str, (len(notices), *counts))), entries, values=found)
