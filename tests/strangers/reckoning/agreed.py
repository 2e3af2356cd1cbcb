"""Who held an authority when, what was signed by both, and which dates were in force: acts without authority do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from tests.strangers.reckoning.minutes import Clock
from tests.strangers.reckoning.telling import Fact, Told


@dataclass(frozen=True)
class Terms:
    """What binds in one engagement, or at one account."""

    told: Told
    stream: str

    @cached_property
    def account(self) -> str:
        """The stream of the account."""
        opened = self.told.of(self.stream, "engagement-opened")
        return f"account/{opened[0]['account']}" if opened else self.stream

    @cached_property
    def streams(self) -> list[str]:
        """The stream, and those of an account's engagements."""
        opened = self.told.one("engagement-opened", lambda fact: f"account/{fact['account']}" == self.stream)
        return [self.stream, *(fact.stream for fact in opened)]

    @cached_property
    def clock(self) -> Clock:
        """The calendar of the newest version in force, else of the first drafted, else the default."""
        drafts = list(self.drafts.values())
        binding = [one for one in drafts if self.both_signed(one["version"])] or drafts[:1]
        return self.told.clocks[binding[-1]["calendar"] if binding else "default"]

    @cached_property
    def drafts(self) -> dict[int, Fact]:
        """The text of each version: the last drafted, but none that came after a signature replaces the one before."""
        texts: dict[int, Fact] = {}
        signed: set[int] = set()
        for one in self.told.of(self.stream, "agreement-drafted", "agreement-signed"):
            if one.type == "agreement-signed":
                signed.add(one["version"])
            elif one["version"] not in signed or one["version"] not in texts:
                texts[one["version"]] = one
        return texts

    def side(self, contact: str) -> str | None:
        """Say whose a contact is."""
        added = [one for one in self.told.of(self.account, "contact-added") if one["contact_id"] == contact]
        return str(added[0]["side"]) if added else None

    def level(self, contact: str) -> str | None:
        """Say what level a contact has."""
        added = [one for one in self.told.of(self.account, "contact-added") if one["contact_id"] == contact]
        return str(added[0]["level"]) if added else None

    def holds(self, contact: str, scope: str, day: date) -> bool:
        """Say whether a contact held a scope on a day, here."""
        return _stands([one for one in self._counting_grants if one["contact"] == contact], scope, day)

    def holders(self, scope: str, day: date) -> set[str]:
        """List the client's people who hold a scope and have not left."""
        people = {one["contact_id"] for one in self.told.of(self.account, "contact-added") if one["side"] == "client"}
        left = self.told.of(self.account, "contact-departed")
        gone = {one["contact"] for one in left if date.fromisoformat(one["leaves_on"]) < day}
        return {one for one in people - gone if self.holds(one, scope, day)}

    def ratified(self, fact: Fact) -> bool:
        """Say whether an authority that counts ratifies it."""
        return any(fact.id in (one["ratifies"] or []) for one in self._counting_grants)

    def may(self, fact: Fact, contact: str | None, *scopes: str) -> bool:
        """Say whether an act of a contact counts."""
        day = self.told.clocks["default"].day(fact.occurred)
        before = [one for one in self._counting_grants if one["contact"] == contact and one.position < fact.position]
        return any(_stands(before, scope, day) for scope in scopes) or self.ratified(fact)

    def of_client(self, fact: Fact, contact: str | None, *scopes: str) -> bool:
        """Say whether an act of one of the client's people counts."""
        ours = contact is None or self.side(contact) != "client"
        return self.ratified(fact) if ours else self.may(fact, contact, *scopes)

    def both_signed(self, version: int) -> datetime | None:
        """Return when a version came to be signed by both, if it did."""
        drafts = [one for one in self.told.of(self.stream, "agreement-drafted") if one["version"] == version]
        first = {side: self._first_signature(drafts, side) for side in ("provider", "client")}
        given = [one for one in first.values() if one is not None]
        return max(given) if len(given) == 2 else None

    def in_force(self, fact: Fact) -> bool:
        """Say whether what an entry agrees is in force: of version 1 or of none at once, of others once both signed."""
        version = fact["agreement_version"]
        return version in (None, 1) or self.both_signed(version) is not None

    def since(self, fact: Fact) -> datetime:
        """Return from when it is in force."""
        return max(self.told.clocks["default"].close(fact.occurred), self.signed_for(fact))

    def signed_for(self, fact: Fact) -> datetime:
        """Return when both had signed the version that it belongs to; of the first, and of none, it is not asked."""
        signed = self.both_signed(fact["agreement_version"]) if fact["agreement_version"] not in (None, 1) else None
        return signed or datetime.min.replace(tzinfo=UTC)

    def milestones(self) -> list[Fact]:
        """List the milestones in force."""
        return [one for one in self.told.of(self.stream, "milestone-agreed") if self.in_force(one)]

    def due(self, milestone: str, at: datetime) -> str | None:
        """Return the date in force of a milestone at a time."""
        agreed = [one for one in self.milestones() if one["milestone_id"] == milestone]
        moved = [one["to_due"] for one in self.moves(milestone) if self.since(one) <= at]
        dues: list[str | None] = [None, *(one["due"] for one in agreed[:1]), *moved]
        return dues[-1]

    def moves(self, milestone: str) -> list[Fact]:
        """List the reschedules of a milestone that count."""
        every = self.told.of(self.stream, "milestone-rescheduled")
        return [one for one in every if one["milestone_id"] == milestone and self._moves(one)]

    def released(self, ref: str) -> list[Fact]:
        """List what releases something, and counts."""
        return [
            one
            for one in self.told.of(self.stream, "commitment-released")
            if one["released"] == ref and self.in_force(one)
        ]

    def let_go(self, ref: str, come: list[Fact]) -> bool:
        """Say whether something need not be kept any more, and had not *come* when that was agreed."""
        first = min((self.told.clocks["default"].close(one.occurred) for one in come), default=self.told.as_of)
        return any(self.since(one) < first or (not come and self.since(one) == first) for one in self.released(ref))

    def _moves(self, fact: Fact) -> bool:
        if fact["agreement_version"] not in (None, 1):
            return self.in_force(fact)
        return fact.party == "client" or self.of_client(fact, fact["agreed_by"], "sign", "accept", "instruct")

    def _first_signature(self, drafts: list[Fact], side: str) -> datetime | None:
        hashes = {(one["version"], one["document_sha256"]) for one in drafts}
        signed = [
            self.told.clocks["default"].close(one.occurred)
            for one in self.told.of(self.stream, "agreement-signed")
            if (one["version"], one["document_sha256"]) in hashes and one["signed_for"] == side
            if self.ratified(one) or (self.side(one["signatory"]) == side and self.may(one, one["signatory"], "sign"))
        ]
        return min(signed, default=None)

    @cached_property
    def _counting_grants(self) -> list[Fact]:
        """List the authorities that count: granted by who may, first of their side, or ratified by one that counts."""
        counting: list[Fact] = []
        cured: set[str] | None = None
        while (found := {each for one in counting if one["granted"] for each in one["ratifies"] or []}) != cured:
            cured = found
            counting = self._grants(cured)
        return [one for one in counting if one["engagement"] in (None, self.stream.partition("/")[2])]

    def _grants(self, cured: set[str]) -> list[Fact]:
        counting: list[Fact] = []
        begun: set[tuple[str, str]] = set()
        for one in self.told.of(self.account, "authority-changed"):
            side, scope = self.side(one["contact"]), one["scope"]
            own = side and one["granted_by"] == one["contact"] and (side, scope) not in begun and one["granted"]
            if side and own:
                begun.add((side, scope))
            granter = [
                each
                for each in counting
                if each["contact"] == one["granted_by"] and each["engagement"] in (None, one["engagement"])
            ]
            held = _stands(granter, scope, self.told.clocks["default"].day(one.occurred))
            if own or one.id in cured or (held and self.side(one["granted_by"]) == side):
                counting.append(one)
        return counting


def _stands(grants: list[Fact], scope: str, day: date) -> bool:
    held = [
        one["granted"]
        for one in grants
        if one["scope"] == scope and date.fromisoformat(one["valid_from"]) <= day
        if one["valid_until"] is None or day <= date.fromisoformat(one["valid_until"])
    ]
    return bool(held and held[-1])
