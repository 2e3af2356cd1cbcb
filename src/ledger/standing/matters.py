"""Which entries say something of a thing, and which only say that they are about it: what knowledge of it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.errors import Refused, Unknown, near
from ledger.events import (
    AgreementDrafted,
    AgreementSigned,
    AmendmentDeclined,
    AmendmentProposed,
    CommunicationAcknowledged,
    ContactMade,
)
from ledger.facts import corrected
from ledger.references import brings, parse_ref
from ledger.standing.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.known import Known

    Thing = tuple[str, str]

AGREEMENTS = ("version", "amendment")


def knowledge_of(known: Known, ref: str) -> Knowledge:
    """Return who knew of what *ref* names: of a milestone, of any of its slips; raise Unknown where nothing is so called."""
    things = _things(known, ref)
    history = corrected(known.engagement.history)
    found = [fact for fact in history if any(_says(fact, thing) for thing in things)]
    ids = {fact.entry.id for fact in found}
    acks = [fact for fact in history if _acknowledges(fact) in ids and fact.entry.id not in ids]
    everything = sorted([*found, *acks], key=lambda fact: fact.entry.position)
    beside = [fact for fact in history if not fact.withdrawn and fact.entry.id not in ids and _mentions(fact, things)]
    return Knowledge(
        known,
        ref,
        [fact for fact in everything if not fact.withdrawn],
        [fact for fact in everything if fact.withdrawn],
        beside,
    )


def each_of(known: Known, ref: str) -> list[str]:
    """Return what is known apart from each other of the thing that *ref* names: the slips of a milestone, else itself."""
    kind, name = parse_ref(ref)
    if kind != "milestone":
        return [ref]
    milestone = known.engagement.milestones.get(name)
    if milestone is None:
        raise _unknown(known, kind, name)
    if not milestone.slips:
        raise Refused(f"{name} has no slip, so that there is nothing of it to be told.", advice="engage notices")
    return [f"slip:{slip}" for slip in milestone.slips]


def _things(known: Known, ref: str) -> list[Thing]:
    kind, name = parse_ref(ref)
    if kind == "milestone":
        return [("milestone", name), *(parse_ref(slip) for slip in each_of(known, ref))]
    state = known.engagement
    there = state.facts if kind == "entry" else state.things.get(kind, {})
    if name not in there:
        raise _unknown(known, kind, name)
    return [("version", name)] if kind in AGREEMENTS else [(kind, name)]


def _unknown(known: Known, kind: str, name: str) -> Refused:
    gone = ((fact, fact.withdrawn_by) for fact in corrected(known.engagement.history))
    for fact, by in gone:
        if not by or not (fact.entry.id == name or (kind, name) in brings(fact.event)):
            continue
        whose = "the client's " if by.entry.party == "client" else ""
        return Refused(
            f"#{fact.entry.position}, which says it, was withdrawn by {whose}#{by.entry.position}.",
            advice=f"engage show {fact.entry.position} shows both.",
        )
    there: Iterable[str] = known.engagement.things.get(kind, {})
    if kind == "entry":
        return Unknown("entry of this engagement", name, advice="engage log shows their numbers.")
    have = f"There are: {', '.join(list(there)[:12])}." if there else f"This engagement has no {kind} yet."
    return Unknown(kind, name, candidates=near(name, dict.fromkeys(there)), advice=have)


def _says(fact: Fact[Event], thing: Thing) -> bool:
    """Return whether *fact* is an entry of *thing*, or a message that says it is about it."""
    kind, name = thing
    if _is_message(fact) and thing in _about(fact):
        return True
    if kind == "entry":
        return fact.entry.id == name
    if kind in AGREEMENTS:
        return name == str(_version(fact.event))
    return kind != "milestone" and getattr(fact.event, f"{kind}_id", None) == name


def _version(event: Event) -> int | None:
    match event:
        case AgreementDrafted(version=version) | AgreementSigned(version=version):
            return version
        case AmendmentProposed(new_version=version) | AmendmentDeclined(new_version=version):
            return version
        case _:
            return None


def _is_message(fact: Fact[Event]) -> bool:
    return isinstance(fact.event, ContactMade)


def _mentions(fact: Fact[Event], things: Iterable[Thing]) -> bool:
    return any(thing in _about(fact) for thing in things)


def _about(fact: Fact[Event]) -> set[Thing]:
    """Return the things that *fact* says it is about, or that it comes of, as a lesson of a concern does."""
    named = (getattr(fact.event, field.name) or [] for field in fact.event.sorted.referring if field.kind == "ref")
    refs = [ref for value in named for ref in (value if isinstance(value, list) else [value])]
    items: list[Any] = getattr(fact.event, "items", None) or []
    return {parse_ref(ref) for ref in (*refs, *(ref for item in items for ref in item["about"]))}


def _acknowledges(fact: Fact[Event]) -> str | None:
    return fact.event.acknowledges if isinstance(fact.event, CommunicationAcknowledged) else None
