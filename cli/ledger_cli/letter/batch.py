"""A letter and what it amounts to: one batch of drafts, each knowing the table of the letter that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger_cli.letter.moment import Reading
from ledger_cli.letter.part import Table
from ledger_cli.letter.people import People
from ledger_cli.letter.promises import cadences, milestones, obligations
from ledger_cli.letter.said import TEXT_PARTS, Said
from ledger_cli.letter.source import parse
from ledger_cli.letter.terms import terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
    from ledger.errors import LedgerError
    from ledger_cli.letter.before import Before
    from ledger_cli.letter.said import Fields

    Item = tuple[Table, str, dict[str, JSON]]


@dataclass(frozen=True)
class Letter:
    """The *version* that a letter drafts, and its items: where in the letter, the type of event, its data."""

    version: int
    items: list[Item]
    people: People
    documented: bool = False
    """Whether it names the document that is signed, which is not the letter itself then."""

    account: str = ""
    """The id of the account whose people it names."""

    @property
    def agreement(self) -> dict[str, JSON]:
        """The fields of its AgreementDrafted."""
        return next(data for _, kind, data in self.items if kind == "agreement-drafted")

    @property
    def said(self) -> Said:
        """What it says, if it was read against nothing."""
        milestones, obligations, cadences = (self._agreed(kind) for kind in ("milestone", "obligation", "cadence"))
        dated = {name: {**fields, "baseline": fields["due"]} for name, fields in milestones.items()}
        agreement: Fields = self.agreement
        erased = (part for part in TEXT_PARTS if part in agreement["parts"] and part not in agreement)
        return Said(agreement, dated, obligations, cadences, self.people.cards, frozenset(erased))

    def blame(self, error: LedgerError) -> LedgerError:
        """Return *error* with the place in the letter that it is about, if it is about one."""
        if error.ordinal is None:
            return error
        table, kind, _ = self.items[error.ordinal]
        field = str(getattr(error, "field", ""))
        steps = tuple(int(step) if step.isdigit() else _KEYS.get(step, step) for step in field.split(".") if step)
        if steps[:1] == ("results",):
            steps = ("scope", *steps)
        said = error.message.removeprefix(f"{kind}, field {field}: ")
        return table.source.error((*table.path, *steps), said, error.advice)

    def _agreed(self, kind: str) -> dict[str, Fields]:
        return {str(data[f"{kind}_id"]): data for _, name, data in self.items if name == f"{kind}-agreed"}


_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("milestone_id", "obligation_id"), "id"),
    "starts_on": "starts",
    "acceptance_criteria": "criteria",
    "tolerance_bd": "tolerance_days",
    "within_bh": "within_hours",
    "in_scope": "in",
    "out_of_scope": "out",
    "cadence_id": "cadence",
    "result_id": "result",
    "from_on": "from",
    "to_on": "to",
    "valid_from": "from",
    "valid_until": "until",
}
"""What the letter calls a field of an event, where it calls it otherwise."""


def read_letter(path: Path, raw: bytes, reading: Reading, before: Before) -> Letter:
    """Return what the letter at *path* asks to be recorded, given what stands *before* it."""
    source = parse(path.name, raw)
    letter = Table(source, (), source.content, reading)
    letter.text("engagement")
    people = People(before.account, before.held, before.engagement, reading.day)
    people.read(letter)
    drafted = terms(letter, people, raw)
    version = _version(letter, before.state, str(drafted["document_sha256"]))
    amends = letter.number("amends") or (before.version if before.version != version else None)
    agreement: dict[str, JSON] = {"version": version, **({"amends": amends} if amends else {}), **drafted}
    items: list[Item] = [(p.table, "contact-added", p.new) for p in people.persons if p.new]
    items += [(table, "authority-changed", grant) for table, grant in people.grants()]
    items.append((letter, "agreement-drafted", agreement))
    items += cadences(letter, before, people, version)
    items += milestones(letter, before, version)
    items += obligations(letter, before, people, version)
    letter.done()
    return Letter(version, items, people, letter.text("document") is not None, before.state.account)


def named_engagement(path: Path, raw: bytes) -> str | None:
    """Return the engagement that a letter names, if it does."""
    named = parse(path.name, raw).content.get("engagement")
    return named if isinstance(named, str) else None


def _version(letter: Table, state: Engagement, document: str) -> int:
    """Return the version that is stated, else that of the same document, so that none is drafted twice, else the next."""
    stated = letter.number("version")
    if stated is not None:
        return stated
    same = [number for number, fact in state.drafts.items() if fact.event.document_sha256 == document]
    return same[-1] if same else max(state.drafts, default=0) + 1
