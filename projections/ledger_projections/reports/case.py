"""The whole file of a dispute: what is claimed, what happened, what was agreed, who knew, what was late, what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.errors import LedgerError
from ledger.references import parse_ref
from ledger.standing import each_of
from ledger.standing.delays import delays_of
from ledger_projections.reports import contemporaneity, integrity, signatures
from ledger_projections.reports.agreed import in_force
from ledger_projections.reports.brackets import bracket_sections
from ledger_projections.reports.brief import brief
from ledger_projections.reports.chronology import chronology
from ledger_projections.reports.corrected import corrections
from ledger_projections.reports.delays import days_section
from ledger_projections.reports.known_otherwise import known_otherwise
from ledger_projections.reports.marks import marks_of
from ledger_projections.reports.notices import in_order, notices_section
from ledger_projections.reports.reasons import reasons
from ledger_projections.reports.schedule import dispute_of, refs_of, schedule
from ledger_projections.reports.who_knew import knew_sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.reports.form import Section
    from ledger_projections.reports.source import Source

TITLE = "File of a dispute"
TOLD = frozenset({"slip", "news", "obligation", "amendment", "version"})
"""The kinds of things of which it is asked who knew."""


def sections(source: Source) -> Iterator[Section]:
    """Yield the parts of the file of the dispute that was asked about."""
    raised = dispute_of(source)
    refs = refs_of(raised)
    yield brief(source, refs, told(source, refs))
    yield schedule(source, raised)
    yield from chronology(source, [*refs, f"dispute:{raised.event.dispute_id}"])
    yield in_force(source, refs)
    yield known_otherwise(source, refs, source.asked.options.get("then"))
    for thing in told(source, refs):
        yield from knew_sections(source, thing)
    yield notices_section(source, [n for n in in_order(source) if n.subject in {*told(source, refs), *refs}])
    yield from late(source, refs)
    yield from signatures.sections(source)
    yield corrections(source, refs)
    marks = marks_of(source)
    yield from contemporaneity.kept_sections(source, marks)
    yield from bracket_sections(source, [mark.position for mark in marks])
    yield from integrity.sections(source)


def told(source: Source, refs: Sequence[str]) -> list[str]:
    """Return the things of which somebody knew or was told: of a milestone its slips; each once."""
    found: list[str] = []
    for ref in refs:
        kind, name = parse_ref(ref)
        milestone = source.known.engagement.milestones.get(name) if kind == "milestone" else None
        found += each_of(source.known, ref) if milestone and milestone.slips else []
        found += [ref] if kind in TOLD and _is_there(source, ref) else []
    return list(dict.fromkeys(found))


def late(source: Source, refs: Sequence[str]) -> Iterator[Section]:
    """Yield the delays of the milestones that the dispute is about, by the slips that it is about too."""
    state = source.known.engagement
    names = {name for kind, name in map(parse_ref, refs) if kind == "milestone"}
    slips = {name for kind, name in map(parse_ref, refs) if kind == "slip"}
    names |= {name for name, milestone in state.milestones.items() if slips & set(milestone.slips)}
    for delay in delays_of(source.known, parse_instant(source.as_of)):
        if delay.name in names:
            yield days_section(source, delay)
            yield from reasons(source, delay)


def _is_there(source: Source, ref: str) -> bool:
    """Return whether the report may show what *ref* names."""
    try:
        each_of(source.known, ref)
    except LedgerError:
        return False
    kind, name = parse_ref(ref)
    return name in source.known.engagement.things.get("amendment" if kind == "version" else kind, {})
