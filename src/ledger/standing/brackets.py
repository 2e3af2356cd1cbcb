"""Between which moments an entry was committed, as those can tell who hold a root of the tree (design 2.4).

Recorded time is a claim: after the newest root that others hold, whoever owns the machine can write everything anew. An
entry was committed after the last root of a size that does not reach it, and no later than the first of one that does.
Others hold a root if a note that it stands in bears the signature of another name, which `engage verify` checks; or if
we say that we handed it out. Our own signature alone tells others nothing: they have to have the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.note import parse_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.events import EvidenceIssued, LedgerCheckpointed
    from ledger.facts import Fact
    from ledger.practice import Practice


class Held(NamedTuple):
    """The root of the first *size* entries, which others hold since the entry of *fact* at the latest."""

    size: int
    fact: Fact[LedgerCheckpointed] | Fact[EvidenceIssued]
    cosigned: Sequence[str] = ()
    """The names that signed beside us; none where it is only our word that somebody has it."""


class Bracket(NamedTuple):
    """The roots before and after an entry; None where no other holds one."""

    after: Held | None
    by: Held | None


def held_roots(practice: Practice) -> list[Held]:
    """Return the roots that others hold, the smallest first, each size as it was first held."""
    signed = (Held(fact.event.size, fact, _others(fact)) for fact in practice.checkpoints)
    given = (Held(fact.event.size, fact) for fact in practice.issued)
    found: dict[int, Held] = {}
    for held in sorted([*(h for h in signed if h.cosigned), *given], key=lambda h: (h.size, h.fact.entry.position)):
        found.setdefault(held.size, held)
    return list(found.values())


def bracket(roots: Iterable[Held], position: int) -> Bracket:
    """Return what *roots*, the smallest first, tell of the entry at *position*."""
    after, by = None, None
    for held in roots:
        if held.size < position:
            after = held
        elif by is None:
            by = held
    return Bracket(after, by)


def _others(fact: Fact[LedgerCheckpointed]) -> list[str]:
    note = parse_note(fact.event.checkpoint)
    origin = note.text.partition("\n")[0]
    return list(dict.fromkeys(signature.name for signature in note.signatures if signature.name != origin))
