"""Who knew of something, when, by whose word: per side and person, and each statement with its entry (P15, P31, M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.errors import Malformed
from ledger.standing import each_of, knowledge_of
from ledger.standing.statements import SIDES
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.knowing import check_shown, first_and_now, is_news, name_of
from ledger_projections.reports.silence import silences
from ledger_projections.reports.stating import line, positions
from ledger_projections.reports.taken_back import withdrawn_words
from ledger_projections.reports.voices import VOICES, dated, ended
from ledger_projections.sentences import what
from ledger_projections.wording import people, who

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.standing import Knowledge
    from ledger.standing.knowledge import By
    from ledger.standing.statements import Clock, Statement
    from ledger_projections.reports.source import Source

TITLE = "Who knew"
METHOD = (
    "A side knew from when it says so; whoever sent a message knew by then (inferred). That whoever was told also read it "
    "nobody infers. What no entry says is not known here, which does not mean that it was not so."
)
SUMMARY = ("Who", "Whose word", "Knew", "Was told", "Acknowledged")
READ: Sequence[Clock] = ("aware", "told", "acknowledged")
STATEMENTS = ("When", "What", "Who", "Said in", "Grade")


def sections(source: Source) -> Iterator[Section]:
    """Yield what there is to say of the thing that was asked about; of a milestone, of each of its slips."""
    ref = source.asked.options.get("subject")
    if ref is None:
        raise Malformed("It does not say of what.", field="options")
    check_shown(source, ref)
    for each in each_of(source.known, ref):
        yield from knew_sections(source, each)


def knew_sections(source: Source, ref: str) -> Iterator[Section]:
    """Yield who knew of what *ref* names: in short, then each statement, ours apart from those of the client."""
    knowledge = knowledge_of(source.known, ref)
    yield summary_section(source, knowledge)
    for party in SIDES:
        yield statements_section(source, knowledge, party)
    if untold := knowledge.untold(source.as_of):
        yield _untold(source, knowledge, untold)


def summary_section(source: Source, knowledge: Knowledge) -> Section:
    """Return what follows for each side and for each person, by either's word."""
    until = source.asked.options.get("on")
    columns = (*SUMMARY, f"Knew by {ended(source, until)}") if until else SUMMARY
    rows = [
        _summary(source, knowledge, side, person, party, until)
        for side, person in _those(source, knowledge)
        for party in SIDES
        if any(_concerns(said, side, person) for said in knowledge.statements if said.party == party)
    ]
    said = [METHOD, *silences(source, knowledge), *_besides(source, knowledge)]
    facts = [*knowledge.withdrawn, *knowledge.beside]
    return Section(
        f"{name_of(source, knowledge.ref)}: in short", said, columns, rows, entries=[f.entry.position for f in facts]
    )


def statements_section(source: Source, knowledge: Knowledge, party: str) -> Section:
    """Return each statement of one side, earliest first."""
    heading = f"{name_of(source, knowledge.ref)}: {VOICES[party]}"
    found = [said for said in knowledge.statements if said.party == party and is_news(knowledge, said)]
    if not found:
        silent = "Nothing that we recorded" if party == "provider" else "Nothing that the client itself recorded"
        return Section(heading, [f"{silent} says who knew of it."])
    return Section(heading, (), STATEMENTS, [line(source, knowledge, said) for said in found])


def _those(source: Source, knowledge: Knowledge) -> Iterator[tuple[str, str | None]]:
    """Yield each side, and after it those of its people whom a statement names."""
    for side in SIDES:
        yield side, None
        for name in knowledge.people:
            at = source.known.side(name) or "provider"
            if at == side:
                yield side, name


def _concerns(said: Statement, side: str, person: str | None) -> bool:
    return said.side == side and (person is None or person in said.people)


def _summary(
    source: Source, knowledge: Knowledge, side: str, person: str | None, party: str, until: str | None
) -> Line:
    found = {clock: knowledge.of(clock, side=side, person=person, party=party) for clock in READ}
    named = who(source.view, person) if person else {"provider": "we", "client": "the client"}[side]
    cells = [named, VOICES[party], *(_first(source, said) for said in found.values())]
    values: dict[str, JSON] = {"side": side, "party": party, **({"person": person} if person else {})}
    first = {clock: said[0] for clock, said in found.items() if said}
    values |= {clock: said.moment for clock, said in first.items()}
    values |= {f"{clock}_inferred": True for clock, said in first.items() if said.inferred}
    if until:
        cells.append(_by(knowledge, found, until))
        values["knew_by"] = _known_by(knowledge, found["aware"], until)
    return Line(cells, sorted({n for said in first.values() for n in positions(said)}), values=values)


def _first(source: Source, found: Sequence[Statement]) -> str:
    if not found:
        return "nothing says so"
    inferred = ", at the latest: inferred" if found[0].inferred else ""
    return f"{first_and_now(source, found[0])} (#{found[0].fact.entry.position}{inferred})"


def _by(knowledge: Knowledge, found: Mapping[Clock, Sequence[Statement]], until: str) -> str:
    """Return whether it was known by *until*: `no` is said of nobody, only that nothing says so."""
    match _known_by(knowledge, found["aware"], until), _known_by(knowledge, found["told"], until):
        case "yes", _:
            return "yes"
        case "cannot be told", _:
            return "cannot be told: only the day is known"
        case _, "yes":
            return "nothing says so; was told by then"
        case _:
            return "nothing says so"


def _known_by(knowledge: Knowledge, said: Sequence[Statement], until: str) -> By:
    answers: set[By] = {knowledge.span(each).by(parse_instant(until)) for each in said}
    return "yes" if "yes" in answers else "cannot be told" if "cannot be told" in answers else "no"


def _besides(source: Source, knowledge: Knowledge) -> Iterator[str]:
    yield from withdrawn_words(source, knowledge)
    if knowledge.beside:
        told = "; ".join(f"#{fact.entry.position} {what(fact, source.view)}" for fact in knowledge.beside)
        yield f"Other things that are about it, and are not counted here: {told}."


def _untold(source: Source, knowledge: Knowledge, untold: Sequence[str]) -> Section:
    names = people(source.view, untold)
    told = knowledge.of("told")
    first = f" when it was first told, {dated(source, told[0].moment)}" if told else ""
    said = f"{names} might receive notice{first}, and nothing says that they were told."
    grants = [
        change
        for change in source.known.changes
        if change.event.contact in untold and change.event.scope == "receive_notice"
    ]
    return Section(
        f"{name_of(source, knowledge.ref)}: told nothing", [said], entries=[fact.entry.position for fact in grants]
    )
