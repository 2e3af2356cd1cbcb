"""Which proposals were recorded before, and what each is answered with (design 2.6)."""

import sqlite3
from collections.abc import Mapping, Sequence

from ledger import canonical
from ledger.canonical import JSON
from ledger.disclosures import disclosed
from ledger.entry import Proposal
from ledger.errors import IdConflict
from ledger.journal import Appended
from ledger.stores import rows, sourcekeys
from ledger.values import Position

_NOT_SAID = frozenset({"recordedtime", "streamversion", "signature", "signerkey", "data"})
"""Attributes that are no part of what a proposal says (design 2.5); data is compared apart."""


def answer(db: sqlite3.Connection, head: int, proposals: Sequence[Proposal]) -> tuple[list[Appended], list[Proposal]]:
    """Answer each of *proposals*, and list those that are new; raise IdConflict for an id that says two things."""
    ids = rows.ids(db, [proposal.id for proposal in proposals])
    wanted = [str(key) for p in proposals if (key := p.attributes.get("sourcekey")) is not None]
    keys = sourcekeys.find(db, wanted) if wanted else {}
    answers: list[Appended] = []
    new: list[Proposal] = []
    for proposal in proposals:
        entry_id, key = proposal.id, proposal.attributes.get("sourcekey")
        at = ids.get(entry_id)
        if at is None:
            at = keys.get(str(key)) if key is not None else None
        elif not _same(proposal, *_recorded(db, at, head, new)):
            raise IdConflict(entry_id, at)
        answers.append(Appended(at or Position(head + len(new) + 1), at is None))
        if at is None:
            new.append(proposal)
            ids[entry_id] = answers[-1].position
            if key is not None:
                keys[str(key)] = answers[-1].position
    return answers, new


def _recorded(
    db: sqlite3.Connection, at: Position, head: int, new: Sequence[Proposal]
) -> tuple[Mapping[str, JSON], Sequence[bytes]]:
    if at > head:  # earlier in the same batch
        first = new[at - head - 1]
        return first.attributes, first.disclosures
    raw = rows.raw_at(db, at)
    return canonical.decode(raw or b""), rows.disclosures(db, [at]).get(at, [])


def _same(proposal: Proposal, attributes: Mapping[str, JSON], kept: Sequence[bytes]) -> bool:
    if _said(proposal.attributes) != _said(attributes):
        return False
    given, there = _texts(proposal.disclosures), _texts(kept)
    erased = len(proposal.disclosures) - len(kept)  # both carry as many digests as their type has erasable fields
    return there.items() <= given.items() and len(given) - len(there) <= erased


def _said(attributes: Mapping[str, JSON]) -> bytes:
    data: Mapping[str, JSON] = attributes["data"]  # type: ignore[assignment]  # an object: it was checked
    plain: dict[str, JSON] = {name: value for name, value in attributes.items() if name not in _NOT_SAID}
    return canonical.encode(plain | {"data": {name: value for name, value in data.items() if name != "_sd"}})


def _texts(disclosures: Sequence[bytes]) -> dict[str, bytes]:
    # as bytes, for to Python 1 and true are the same
    return {name: canonical.encode({"value": value}) for name, value in disclosed(disclosures).items()}
