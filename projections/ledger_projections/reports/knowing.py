"""What a statement of who knew says, in words: whose, of whom, since when, and which of them are worth a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown
from ledger.references import parse_ref
from ledger.standing import knowledge_of
from ledger.standing.noticed import had_left
from ledger_projections.reports.voices import SIDES, corrections_words, dated
from ledger_projections.wording import entry_words, named, people, person

if TYPE_CHECKING:
    from ledger.standing import Knowledge
    from ledger.standing.statements import Statement
    from ledger_projections.reports.source import Source

SAYS = {"happened": "happened", "aware": "knew", "told": "was told", "acknowledged": "acknowledged"}
HAPPENED = {
    "slip-foreseen": "was foreseen",
    "agreement-drafted": "was drafted",
    "obligation-agreed": "was agreed",
    "obligation-fulfilled": "was given",
    "news-verified": "was looked into",
    "slip-averted": "was averted",
    "concern-resolved": "was settled",
    "dispute-closed": "was closed",
}
"""What happened, where the entry is not of the thing itself but of what became of it."""
KINDS = {
    "slip": "Slip",
    "news": "News",
    "obligation": "Obligation",
    "request": "Request",
    "concern": "Concern",
    "dispute": "Dispute",
    "milestone": "Milestone",
}


def check_shown(source: Source, ref: str) -> None:
    """Refuse what nothing that is shown defines; where entries are withheld, say that it may be one of those."""
    try:
        knowledge_of(source.known, ref)
    except Unknown as error:
        if not source.excerpt.withheld:
            raise
        hint = "What is private is withheld here: --private shows it, --with ENTRY one entry."
        raise Unknown(error.kind, error.name, candidates=error.candidates, advice=f"{error.advice} {hint}") from error


def name_of(source: Source, ref: str) -> str:
    """Return what people call the thing that *ref* names."""
    kind, name = parse_ref(ref)
    if kind == "entry":
        return f"Entry {entry_words(source.view, name)}"
    if kind in {"version", "amendment"}:
        return f"Agreement v{name}"
    if kind == "slip":
        slip = source.known.engagement.slips.get(name)
        if slip is None:  # what it was foreseen by is withheld
            return f"Slip {name}"
        milestone = source.known.engagement.milestones.get(slip.milestone_id)
        agreed = milestone.agreed if milestone else None
        return f"Slip {name} of {named(slip.milestone_id, agreed.event.title if agreed else None)}"
    fact = source.known.engagement.things.get(kind, {}).get(name)
    title = getattr(fact.event, "title", None) if fact else None
    return f"{KINDS.get(kind, kind.capitalize())} {named(name, title)}"


def short_name(source: Source, ref: str) -> str:
    """Return the thing that *ref* names as people type it: `S1`, `v2`, `#34`."""
    kind, name = parse_ref(ref)
    if kind == "entry":
        return entry_words(source.view, name)
    return f"v{name}" if kind in {"version", "amendment"} else name


def first_and_now(source: Source, said: Statement) -> str:
    """Return the moment of a statement, and the one that was first recorded, if a correction changed it."""
    now, by = dated(source, said.moment), corrections_words(said.fact.corrections)
    first = f", first recorded as {dated(source, said.first) if said.first else 'not stated'}" if said.corrected else ""
    if not said.holds:
        return f"{now}{first}, which does not hold: {by}"
    return f"{now}{first}, corrected by {by}" if first else now


def says(said: Statement) -> str:
    """Return what a statement says."""
    if said.clock == "happened":
        return HAPPENED.get(said.fact.event.short_name, SAYS["happened"])
    return SAYS[said.clock] + (" (inferred)" if said.inferred else "")


def whom(source: Source, said: Statement) -> str:
    """Return of whom a statement is, and who told them, how."""
    if said.side is None:
        return ""
    names = people(source.view, said.people)
    side = {"provider": "we", "client": "the client"}[said.side]
    of = f"{names} ({SIDES[said.side]})" if names else side
    if said.clock != "told":
        return of + (f", by {said.channel}" if said.channel else "")
    by = people(source.view, said.by)
    teller = f"{by} ({SIDES[said.sender]})" if by and said.sender else SIDES[said.sender or "provider"]
    return f"{of}{_left(source, said)}, by {teller}" + (f", {said.channel}" if said.channel else "")


def _left(source: Source, said: Statement) -> str:
    """Return who of those that were told had left by then, and when."""
    gone = {name: day for name in said.people if (day := had_left(source.known, name, said.moment))}
    words = ", ".join(f"{person(source.view, name)} had left on {source.said(day)}" for name, day in gone.items())
    return f" ({words})" if words else ""


def is_news(knowledge: Knowledge, said: Statement) -> bool:
    """Return whether a statement adds something: that a sender knew does not, where that side said before that it did."""
    if not said.inferred:
        return True
    earlier = knowledge.of("aware", side=said.side, party=said.party)
    return earlier[0] is said
