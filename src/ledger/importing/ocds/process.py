"""What is known of a contracting process: what stands of it in the ledger, and what the releases of this run have said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import AgreementDrafted, AmendmentProposed
from ledger.facts import in_effect
from ledger.importing.ocds.merging import merged
from ledger.importing.ocds.milestones import milestone_key
from ledger.importing.ocds.reading import line
from ledger.importing.ocds.said import Contract, base_of, fold_contract, fold_party, party_base, party_named
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.importing.ocds.releases import Release
    from ledger.importing.ocds.said import Party
    from ledger.importing.ocds.shelves import Shelves

    Facts = Sequence[Fact[Event]]
    Place = tuple[str, str]

NOWHERE = ("", "")


class Process:
    """One process (ocid): its account, its parties and contracts as said *until* a place, and its releases merged."""

    def __init__(self, ocid: str, shelves: Shelves, until: Place | None = None) -> None:
        self.ocid, self._shelves, self._until = ocid, shelves, until
        self.account: str | None = None
        self.newest: Place = NOWHERE
        self.digests: dict[str, bytes] = {}
        """The releases heard in this run."""
        self.recorded: set[str] = set()
        """The ids of releases that brought something into the ledger."""
        self.parties: dict[str, Party] = {}
        self.contracts: dict[str, Contract] = {}
        self.says: dict[str, Any] = {}
        """All that was said, merged."""

    def peek(self, release: Release) -> dict[str, Any]:
        """Return all that was said with what *release* says."""
        return merged(self.says, _flat(release.says))

    def hear(self, release: Release) -> None:
        """Take in what *release* says."""
        self.digests[release.id] = release.digest
        self.says = self.peek(release)

    def look(self, release: Release) -> None:
        """Find in the ledger the account, and which releases spoke of the contracts of *release* or of a party."""
        self.account = self.account or self._shelves.account_of(self.ocid)
        for one in release.says.get("contracts") or ():
            if one["id"] not in self.contracts and (stream := self._stream(one["id"])):
                self._note_places(self._shelves.imported(stream, self.ocid))
        if self.account is not None:
            self._note_places(self._shelves.imported(Stream(f"account/{self.account}"), self.ocid))

    def load(self, release: Release, party_names: Iterable[str]) -> None:
        """Read what stands in the ledger of the contracts of *release* and of those parties: it is what was said before."""
        for one in release.says.get("contracts") or ():
            if one["id"] not in self.contracts and (stream := self._stream(one["id"])):
                self._load_contract(flat_contract(one), stream)
        if self.account is not None:
            self._load_parties([name for name in party_names if name not in self.parties])

    def _load_contract(self, stated: Mapping[str, Any], stream: Stream) -> None:
        contract = fold_contract(stream, self._heard(stream))
        contract.highest = max((_version(fact.event) for fact in self._shelves.facts(stream)), default=0)
        self.contracts[stated["id"]] = contract
        names = {milestone_key(one["id"]): one["id"] for one in stated.get("milestones") or ()}
        self.says = merged(self.says, {"contracts": [{"id": stated["id"], **base_of(contract, names)}]})

    def _load_parties(self, names: Sequence[str]) -> None:
        there = fold_party(self._heard(Stream(f"account/{self.account}")))
        known = {name: entry for entry, party in there.items() if (name := party_named(party, self.ocid))}
        for name in dict.fromkeys((*known, *names)):
            entry = self._entry_of(name) if name not in known else known[name]
            if entry in there and name not in self.parties:
                self.parties[name] = there[entry]
                self.says = merged(self.says, {"parties": [{"id": name, **party_base(there[entry])}]})

    def _entry_of(self, party: str) -> str | None:
        entry = self._shelves.entry_known_by("party", self.ocid, party)
        return entry.id if entry else None

    def _stream(self, contract_id: str) -> Stream | None:
        entry = self._shelves.entry_known_by("contract", self.ocid, contract_id)
        return entry.stream if entry else None

    def _note_places(self, facts: Facts) -> None:
        for fact in facts:
            self.newest = max(self.newest, _place(fact))
            self.recorded.add(_place(fact)[1])

    def _heard(self, stream: Stream) -> list[Fact[Event]]:
        """Return what releases said in *stream*, corrected, up to the place that is asked for."""
        facts = self._shelves.imported(stream, self.ocid)
        heard = [fact for fact in facts if self._until is None or _place(fact) <= self._until]
        return in_effect(heard)


def account_name(buyer: Mapping[str, Any]) -> str:
    """Return what the account of *buyer* is called."""
    return line(buyer.get("name") or "") or str(buyer["id"])


def _flat(says: Mapping[str, Any]) -> dict[str, Any]:
    """Return a release with what its contracts say of their implementation beside what they say of themselves."""
    if not says.get("contracts"):
        return dict(says)
    return {**says, "contracts": [flat_contract(one) for one in says["contracts"]]}


def flat_contract(contract: Mapping[str, Any]) -> dict[str, Any]:
    """Return *contract* with the milestones and documents of its implementation among its own, told apart by their id."""
    flat = {name: value for name, value in contract.items() if name != "implementation"}
    for name in ("milestones", "documents"):
        of_work = (contract.get("implementation") or {}).get(name) or ()
        if of_work:
            flat[name] = [*(flat.get(name) or ()), *({**one, "id": f"i.{one['id']}"} for one in of_work)]
    return flat


def _version(event: Event) -> int:
    if isinstance(event, AgreementDrafted):
        return event.version
    return event.new_version if isinstance(event, AmendmentProposed) else 0


def _place(fact: Fact[Event]) -> Place:
    return fact.entry.text("claimedtime") or "", fact.entry.text("causationid") or ""
