"""The notices that were owed, one a line: by which clause, by when, given or not, to whom, in time or how late (P15)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ledger.calendars import instant, parse_instant
from ledger.standing import notices_of
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.voices import SIDES, dated, voice
from ledger_projections.wording import named, people, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

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


def asked_by(notice: Notice) -> str:
    """Return what asks for a notice, as `v1, clause 4.2: within 16 business hours`."""
    term = notice.term
    if term is None:
        return "not known: nobody says since when it was known"
    source = f"v{term.version}" if term.version else "our policy"
    clause = f", clause {term.clause}" if term.clause else ""
    return f"{source}{clause}: within {_number(term.within_bh)} business hours"


def how_kept(source: Source, notice: Notice) -> str:
    """Return whether a notice was in time, or how late it was or is."""
    if notice.late_bh is None:
        ended = f", needed no more from {source.said(instant(notice.occasion.ended))}" if notice.occasion.ended else ""
        return f"{notice.state}{ended}"
    at_least = "at least " if notice.is_open else ""
    late = f"{at_least}{notice.late_bh} business hours late, {notice.late_hours} by the clock"
    if notice.occasion.ended:
        return f"not given; {late} when it was needed no more, {source.said(instant(notice.occasion.ended))}"
    return f"not given: {late}" if notice.is_open else late


def values(notice: Notice) -> dict[str, JSON]:
    """Return *notice* for programs: instants in UTC, hours as text, what is not known left out."""
    occasion, term = notice.occasion, notice.term
    moments = {
        "aware_at": occasion.aware,
        "deadline": term and term.deadline,
        "given_at": notice.given,
        "ended_at": occasion.ended,
    }
    hours = {"within_bh": term and term.within_bh, "taken_bh": notice.taken_bh, "late_bh": notice.late_bh}
    found: dict[str, JSON] = {
        "subject": notice.subject,
        "number": notice.number,
        "notice_on": occasion.on,
        "state": notice.state,
    }
    found |= {name: instant(when) for name, when in moments.items() if when}
    found |= {
        name: str(count) for name, count in {**hours, "late_hours": notice.late_hours}.items() if count is not None
    }
    stated: dict[str, JSON | None] = {
        "aware": occasion.moment,
        "version": term and term.version,
        "clause": term and term.clause,
    }
    stated |= {"kept": notice.kept, "reached_holder": notice.reached_holder}
    found |= {name: value for name, value in stated.items() if value is not None}
    return found | {
        "owed_by": notice.party,
        "given_to": [*notice.to],
        "holders": [*notice.holders],
        "by_date": notice.by_date,
    }


def _line(source: Source, notice: Notice) -> Line:
    occasion = notice.occasion
    said = [occasion.trigger, *([occasion.given] if occasion.given else []), *occasion.trigger.corrections]
    said += [occasion.acknowledgement] if occasion.acknowledgement else []
    cells = (
        _of(source, notice),
        SIDES[notice.party],
        _known_since(source, notice),
        asked_by(notice),
        f"by {source.said(instant(notice.term.deadline))}" if notice.term else "not known",
        _given(source, notice),
        _to(source, notice),
        how_kept(source, notice),
    )
    return Line(cells, sorted({fact.entry.position for fact in said}), values=values(notice))


def _of(source: Source, notice: Notice) -> str:
    name, state = notice.occasion.name, source.known.engagement
    match notice.occasion.on:
        case "slip":
            milestone = state.slips[name].milestone_id
            agreed = state.milestones[milestone].agreed
            return f"slip {name} of {named(milestone, agreed.event.title if agreed else None)}"
        case "bad_news":
            return f"bad news {name} {quoted(notice.occasion.trigger.event.summary)}".rstrip()
        case _:
            return f"delay of {named(name, state.obligations[name].event.title)}"


def _known_since(source: Source, notice: Notice) -> str:
    occasion = notice.occasion
    if occasion.aware is None:
        return "not stated"
    trigger = f"#{occasion.trigger.entry.position}"
    if occasion.moment is None:
        return (
            f"fell due {source.said(instant(occasion.aware))} ({trigger}); the client does not say since when it knew"
        )
    first = occasion.trigger.entry.text("aware")
    beside = f", first recorded as {dated(source, first)}" if first and first != occasion.moment else ""
    by = "".join(f", corrected by #{fact.entry.position}" for fact in occasion.trigger.corrections) if beside else ""
    return f"{voice(occasion.trigger.entry)} {dated(source, occasion.moment)} ({trigger}{beside}{by})"


def _given(source: Source, notice: Notice) -> str:
    given, ack = notice.occasion.given, notice.occasion.acknowledgement
    if given is None:
        return "no"
    how = f" by {given.event.channel}" if given.event.channel else ""
    told = f"{dated(source, given.when)}{how} (#{given.entry.position}), {voice(given.entry)}"
    if ack is None:
        return f"{told}; not acknowledged"
    return f"{told}; acknowledged {dated(source, ack.when)} (#{ack.entry.position}), {voice(ack.entry)}"


def _to(source: Source, notice: Notice) -> str:
    there = people(source.view, notice.holders)
    may = f"who may receive notice: {there}" if there else "nobody was named to receive notice"
    if not notice.to:
        return may
    told = f"to {people(source.view, notice.to)}"
    return f"{told}, who may receive notice" if notice.reached_holder else f"{told}; {may}"


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


def _number(count: Decimal) -> str:
    return f"{count.normalize():f}"
