"""The people of the letter: who is new, who is known, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed, Refused
from ledger.names import called, pick
from ledger_cli.asking.granting import first_holder, for_scope, scopes
from ledger_cli.letter.part import present

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ledger.account import Account
    from ledger.canonical import JSON
    from ledger_cli.letter.part import Table

SIDES = ("provider", "client")
LEVELS = ("executive", "senior", "manager", "operational")


@dataclass
class Person:
    """Somebody the letter names: their id, and the card that adds them if they are *new*."""

    table: Table
    contact: str
    side: str
    new: dict[str, JSON] | None
    may: list[str]


@dataclass
class People:
    """The people of an account, and those the letter adds."""

    account: Account
    held: Mapping[str, Collection[str]]
    engagement: str
    today: str
    persons: list[Person] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)

    def read(self, letter: Table) -> None:
        """Take in the contacts of *letter*."""
        self.names = called(self.account)
        number = int(self.account.next_id("contact")[1:])
        for table in letter.tables("contacts"):
            person = self._person(table, f"c{number}")
            number += person.new is not None
            self.persons.append(person)

    def find(self, table: Table, key: str, name: str) -> str:
        """Return the id of the person called *name* under *key* of *table*."""
        try:
            return pick(self.names, name)
        except Refused as error:
            raise table.error(key, error.message, "Add them under [[contacts]].") from error

    def grants(self) -> Iterator[tuple[Table, dict[str, JSON]]]:
        """Yield the authorities that the letter gives and the account has not, and those it takes for its engagement."""
        firsts: dict[tuple[str, str], str] = {}
        for person in self.persons:
            terms, held = self._terms(person), self.held.get(person.contact, ())
            said = person.table.text("granted_by")
            for scope in person.may:
                key = (person.side, scope)
                first = first_holder(self.account, scope, person.side) or firsts.setdefault(key, person.contact)
                by = self.find(person.table, "granted_by", said) if said else first
                if scope not in held:
                    yield person.table, {**_authority(person, scope, by, granted=True), **for_scope(scope, terms)}
            for scope in held if "may" in person.table.values else ():
                if scope not in person.may:
                    by = first_holder(self.account, scope, person.side) or person.contact
                    taken = {"engagement": self.engagement, "valid_from": self.today}
                    yield person.table, {**_authority(person, scope, by, granted=False), **taken}
            person.table.done()

    @property
    def cards(self) -> dict[str, Mapping[str, Any]]:
        """The people the letter names and those known before, as fields of contacts, with what each may do."""
        known = {name: {**fact.event.data, "may": {}} for name, fact in self.account.contacts.items()}
        named = {
            p.contact: {**(p.new or known[p.contact]), "may": {scope: {} for scope in p.may}} for p in self.persons
        }
        return {**known, **named}

    def _person(self, table: Table, contact: str) -> Person:
        name: str = table.must("name", table.text("name"))
        side = table.text("side", among=SIDES)
        level = table.text("level", among=LEVELS)
        role = table.text("role") or name
        extra: dict[str, JSON | None] = {
            "email": table.text("email"),
            "responsible_for": table.words("responsible_for") or None,
            "accountable_for": table.words("accountable_for") or None,
        }
        known = next((c for c, texts in self.names.items() if name.casefold() in _folded(c, *texts)), None)
        may = self._scopes(table)
        if known is not None and known in self.account.contacts:
            event = self.account.contacts[known].event
            self._check_card(
                table, name, event.data, {"side": side, "level": level, "role": table.text("role"), **extra}
            )
            return Person(table, known, event.side, None, may)
        if known is not None:
            raise table.error("name", f'"{name}" stands in the letter twice.')
        plain: dict[str, JSON] = {
            "contact_id": contact,
            "side": table.must("side", side),
            "level": table.must("level", level),
            "name": name,
            "role": role,
        }
        self.names[contact] = [name, role]
        return Person(table, contact, str(side), {**plain, **present(extra)}, may)

    def _scopes(self, table: Table) -> list[str]:
        try:
            return scopes(",".join(table.words("may")))
        except Malformed as error:
            raise table.error("may", error.message, error.advice) from error

    def _terms(self, person: Person) -> dict[str, JSON]:
        table = person.table
        limit = table.amount("limit")
        terms: dict[str, JSON] = {"valid_from": table.day("from") or self.today}
        return {**terms, **present({"valid_until": table.day("until"), "limit": limit})}

    def _check_card(self, table: Table, name: str, card: Mapping[str, JSON], said: Mapping[str, JSON | None]) -> None:
        """Refuse another card for somebody known: who people are is the account's to say, not one letter's."""
        for key, value in said.items():
            if value is not None and card.get(key, value) != value:
                what = f"{name} is known with {key} {card[key]}, not {value}."
                raise table.error(key, what, "engage correct changes who somebody is; leave it out here.")


def _authority(person: Person, scope: str, by: str, *, granted: bool) -> dict[str, JSON]:
    return {"contact": person.contact, "scope": scope, "granted": granted, "granted_by": by}


def _folded(*texts: str) -> set[str]:
    return {text.casefold() for text in texts}
