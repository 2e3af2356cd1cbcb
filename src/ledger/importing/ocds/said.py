"""What a publisher has said so far of a process and its contracts, as it stands in the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger.events import (
    AgreementDrafted,
    AgreementSigned,
    AmendmentProposed,
    ContactAdded,
    EntryAnnotated,
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact

AS_PUBLISHED = "As published: "
"""How a note begins that holds the terms of a version, or the amendments of a release, as JSON."""
AMENDED = "\nAmended before: "
"""What follows in the note of a first version that was published as amended: the ids of its amendments."""
STATUS = "Status as published: "
NO_STATUS = "none any more"
PARTY = "Party "
"""How a note begins that names the party a contact stands for."""

CONTACT_POINT = "\nContact point: "


@dataclass(slots=True)
class Party:
    """A party: the contact that stands for it, the entry, and the texts it has."""

    contact: str
    entry: str
    side: str
    texts: dict[str, str]

    def has(self, role: str) -> bool:
        """Return whether it was said to have *role*."""
        return role in self.texts.get("role", "").split(", ")


@dataclass(slots=True)
class Milestone:
    """A milestone: its entry, its texts, the date stated last, and how it was said to stand."""

    entry: str
    title: str | None
    due: str
    status: str = "scheduled"
    met: str | None = None
    deliveries: list[str] = field(default_factory=list)
    judgements: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Contract:
    """A contract: its engagement, its newest version and terms, who signed which version when, its milestones."""

    subject: str
    drafted: str = ""
    version: int = 0
    highest: int = 0
    """The highest version that anybody named."""
    terms: dict[str, Any] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)
    """The hash of each version."""
    amendments: set[str] = field(default_factory=set)
    signed: dict[int, dict[str, tuple[str, str | None]]] = field(default_factory=dict)
    """By version and contact, the entry and the date."""
    milestones: dict[str, Milestone] = field(default_factory=dict)
    status: str | None = None
    remarks: set[str] = field(default_factory=set)

    @property
    def signed_version(self) -> int:
        """The newest version that anybody signed; 0 for none."""
        return max((version for version, by in self.signed.items() if by), default=0)


def fold_contract(subject: str, facts: Iterable[Fact[Event]]) -> Contract:
    """Return what *facts* say of a contract, in the order of the log."""
    contract = Contract(subject)
    for fact in facts:
        _file(contract, fact)
    return contract


def fold_party(facts: Iterable[Fact[Event]]) -> dict[str, Party]:
    """Return the parties that *facts* of an account name, by the entry that added them."""
    found: dict[str, Party] = {}
    for fact in facts:
        match fact.event:
            case ContactAdded() as event:
                texts = {name: value for name in ("name", "role", "email", "note") if (value := getattr(event, name))}
                found[fact.entry.id] = Party(event.contact_id, fact.entry.id, event.side, texts)
            case _:
                pass
    return found


def published(text: str | None) -> Any:  # noqa: ANN401 -- JSON
    """Return the JSON that a note holds; None where it was erased."""
    written = (text or "").partition(AMENDED)[0]
    return json.loads(written.removeprefix(AS_PUBLISHED)) if written.startswith(AS_PUBLISHED) else None


def base_of(contract: Contract, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what was said of a contract as a release would say it, for a release to be merged into."""
    status = {"status": contract.status} if contract.status else {}
    dates = [date for _, date in contract.signed.get(contract.signed_version, {}).values()]
    signed = {"dateSigned": dates[0]} if dates and dates[0] else {}
    stated = [{"id": names[key], **_stated(one)} for key, one in contract.milestones.items() if key in names]
    return {**contract.terms, **status, **signed, "milestones": stated}


def party_named(party: Party, ocid: str) -> str | None:
    """Return the id that the releases of *ocid* give a party; None where its note was erased."""
    note, end = party.texts.get("note", "").partition("\n")[0], f" of {ocid}"
    return note[len(PARTY) : -len(end)] if note.startswith(PARTY) and note.endswith(end) else None


def party_base(party: Party) -> dict[str, Any]:
    """Return what was said of a party as a release would say it; nothing of one whose texts were erased."""
    texts = party.texts
    point = {"email": texts.get("email"), "name": texts.get("note", "").partition(CONTACT_POINT)[2]}
    told = {"name": texts.get("name"), "contactPoint": {name: text for name, text in point.items() if text}}
    roles = {"roles": texts["role"].split(", ")} if "role" in texts else {}
    return {**{name: value for name, value in told.items() if value}, **roles}


def _stated(milestone: Milestone) -> dict[str, Any]:
    told = {"title": milestone.title, "dueDate": milestone.due, "dateMet": milestone.met}
    told |= {"status": milestone.status} if milestone.status != "scheduled" else {}
    return {name: value for name, value in told.items() if value}


def _file(contract: Contract, fact: Fact[Event]) -> None:
    match fact.event:
        case AgreementDrafted() as event:
            contract.drafted = contract.drafted or fact.entry.id
            contract.version = event.version
            contract.documents[event.version] = event.document_sha256
            contract.terms = published(event.note) or contract.terms
            contract.amendments |= set(json.loads((event.note or "").partition(AMENDED)[2] or "[]"))
        case AmendmentProposed() as event:
            contract.amendments |= set(published(event.note) or ())
        case AgreementSigned() as event:
            contract.signed.setdefault(event.version, {})[event.signatory] = (fact.entry.id, fact.occurred)
        case EntryAnnotated(text=text) if text:
            contract.remarks.add(text)
            if text.startswith(STATUS):
                status = text.removeprefix(STATUS)
                contract.status = None if status == NO_STATUS else status
        case _:
            _file_milestone(contract, fact)


def _file_milestone(contract: Contract, fact: Fact[Event]) -> None:
    entry, milestones = fact.entry.id, contract.milestones
    match fact.event:
        case MilestoneAgreed() as event:
            milestones[event.milestone_id] = Milestone(entry, event.title, event.due)
        case MilestoneRescheduled(milestone_id=key) as event if key in milestones:
            milestones[key].due = event.to_due
        case MilestoneDelivered(milestone_id=key) if key in milestones:
            one = milestones[key]
            one.status, one.met = "partiallyMet", fact.occurred
            one.deliveries.append(entry)
        case MilestoneJudged(milestone_id=key, verdict=verdict) if key in milestones:
            one = milestones[key]
            one.status, one.met = ("met", one.met) if verdict == "accepted" else ("notMet", None)
            one.judgements.append(entry)
        case _:
            pass
