"""What a version of the agreement says, as fields of events, as far as it was recorded (P02 to P08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.standing import timeline
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.engagement import Milestone
    from ledger.events import AgreementDrafted, Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.standing import Known

    Fields = Mapping[str, Any]

TEXT_PARTS = ("scope", "compensation", "relationship", "confidentiality")
"""The parts that are kept outside the bytes, and can be erased."""


class Said(NamedTuple):
    """What a version says; its milestones carry the date in force as `due` and the first as `baseline`."""

    agreement: Fields
    milestones: Mapping[str, Fields]
    obligations: Mapping[str, Fields]
    cadences: Mapping[str, Fields]
    people: Mapping[str, Fields]
    """The fields of a contact, and `may`: the terms of each authority by its scope."""
    lost: frozenset[str] = frozenset()
    """What was erased, or withheld from this copy: `scope`, `M2.title`; an optional text if one may have been there."""


def recorded(known: Known, reader: Reader, version: int) -> Said:
    """Return what *version* says, as far as it was recorded, with the dates in force in it."""
    state = known.engagement
    draft = state.drafts[version]
    milestones = {n: m for n, m in state.milestones.items() if m.agreed and _holds(known, "milestone", n, version)}
    obligations = {n: f for n, f in state.obligations.items() if _holds(known, "obligation", n, version)}
    cadences = {n: f for n, f in state.cadences.items() if _holds(known, "cadence", n, version)}
    gone = known.account.departures.keys() - _named(known, draft, [*obligations.values(), *cadences.values()])
    people = {n: f for n, f in known.account.contacts.items() if n not in gone}
    facts: dict[str, Fact[Any]] = {n: m.agreed for n, m in milestones.items() if m.agreed}
    return Said(
        draft.event.data,
        {name: _dated(known, milestone, version) for name, milestone in milestones.items()},
        {name: fact.event.data for name, fact in obligations.items()},
        {name: fact.event.data for name, fact in cadences.items()},
        {name: {**fact.event.data, "may": may(known, name)} for name, fact in people.items()},
        frozenset([*_lost_parts(reader, draft), *_lost(reader, {**facts, **obligations, **people})]),
    )


def shared(known: Known, said: Said) -> Said:
    """Return what of *said* the other side may see: nothing that was recorded as private."""
    hidden = _private(known)

    def seen(fields: Mapping[str, Fields]) -> Mapping[str, Fields]:
        return {name: each for name, each in fields.items() if name not in hidden}

    return Said(
        said.agreement,
        seen(said.milestones),
        seen(said.obligations),
        seen(said.cadences),
        seen(said.people),
        frozenset(lost for lost in said.lost if lost.partition(".")[0] not in hidden),
    )


def withheld(known: Known, said: Said) -> list[str]:
    """Return the names of what *shared* leaves out."""
    all_of = {**said.milestones, **said.obligations, **said.cadences, **said.people}
    hidden = _private(known)
    return [str(fields.get("name") or name) for name, fields in all_of.items() if name in hidden]


def _private(known: Known) -> set[str]:
    """Return the ids of the promises and the people that were recorded as private: `M7`, `O7`, `weekly`, `c2`."""
    state = known.engagement
    agreed = {name: milestone.agreed for name, milestone in state.milestones.items()}
    facts: Mapping[str, Fact[Any] | None] = {**agreed, **state.obligations, **state.cadences, **known.account.contacts}
    return {name for name, fact in facts.items() if fact is not None and fact.visibility == "private"}


def _named(known: Known, draft: Fact[AgreementDrafted], promised: Iterable[Fact[Any]]) -> set[str]:
    """Return the people whom a version speaks of: they stand in it when they have left, too."""
    relation = draft.event.relationship
    signed = (f.event.signatory for f in known.engagement.signatures if f.event.version == draft.event.version)
    owed = (f.event.data.get("owner") for f in promised)
    told = (contact for f in promised for contact in f.event.data.get("audience", ()))
    return {str(name) for name in (*(relation["counterparts"] if relation else ()), *signed, *owed, *told) if name}


def newest(known: Known) -> int | None:
    """Return the version that both signed last, else the newest that was drafted."""
    return max(known.signed_by_both or known.engagement.drafts, default=None)


def may(known: Known, contact: str) -> dict[str, Fields]:
    """Return the terms of each authority that *contact* holds for this engagement, as it was changed last."""
    held: dict[str, Fields] = {}
    for change in known.changes:
        event = change.event
        if event.contact == contact and event.engagement in {None, known.engagement_id}:
            held.pop(event.scope, None)
            if event.granted:
                held[event.scope] = {
                    name: value for name, value in event.data.items() if name in {"valid_from", "valid_until", "limit"}
                }
    return held


def due(known: Known, milestone: Milestone, version: int) -> str:
    """Return the date that *version* has for a milestone: in force if both have signed it, else as it proposes."""
    own = [move.event.to_due for move in milestone.moves if move.event.agreement_version == version]
    standing = [date.due for date in timeline(known, milestone) if _version(date.fact.event) <= version]
    dates = standing if version in known.signed_by_both else own or standing
    return dates[-1] if dates else str(milestone.agreed and milestone.agreed.event.due)


def _holds(known: Known, kind: str, name: str, version: int) -> bool:
    """Return whether a promise was made by *version* and not released by then."""
    agreed: Any = known.engagement.things[kind][name].event
    release = known.engagement.released.get(f"{kind}:{name}")
    gone = release is not None and (release.event.agreement_version or 0) <= version
    return (agreed.agreement_version or 0) <= version and not gone


def _dated(known: Known, milestone: Milestone, version: int) -> Fields:
    first = milestone.agreed.event.data if milestone.agreed else {}
    return {**first, "due": due(known, milestone, version), "baseline": first.get("due")}


def _version(event: Any) -> int:  # noqa: ANN401 -- any event that may belong to a version
    return int(event.agreement_version or 0)


def _lost_parts(reader: Reader, draft: Fact[AgreementDrafted]) -> Iterator[str]:
    if _missing(reader, draft):
        yield from (part for part in TEXT_PARTS if part in draft.event.parts and getattr(draft.event, part) is None)


def _lost(reader: Reader, facts: Mapping[str, Fact[Any]]) -> Iterator[str]:
    """Yield the erasable fields that *facts* lack; optional ones where more is missing than must be there."""
    for name, fact in facts.items():
        missing = _missing(reader, fact)
        empty = [field for field in _texts(fact.event) if getattr(fact.event, field) is None]
        needed = [field for field in empty if not fact.event.fields[field].optional]
        if missing:
            yield from (f"{name}.{field}" for field in (empty if missing > len(needed) else needed))


def _texts(event: Event) -> Iterable[str]:
    return (name for name in event.sorted.erasable if name not in {"note", "evidence"})


def _missing(reader: Reader, fact: Fact[Any]) -> int:
    """Return how many of the texts of an entry are no longer, or not, in this copy."""
    position = fact.entry.position
    digests = fact.entry.data.get("_sd")
    kept = reader.disclosures([position]).get(position, ())
    return len(digests if isinstance(digests, list) else ()) - len(kept)
