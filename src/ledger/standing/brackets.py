"""Between which moments an entry was committed, as those can tell who hold a root of the tree (design 2.4).

Recorded time is a claim: after the newest root that others hold, whoever owns the machine can write everything anew. An
entry was committed after the last root of a size that does not reach it, and no later than the first of one that does.
Others hold a root if the note that it stands in bears, beside ours, the signature of a contact whose key is registered;
or if we say that we handed it out. Our own signature alone tells others nothing: they have to have the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.checkpoint import parse_checkpoint
from ledger.errors import Malformed, Tampered
from ledger.keys import VerifierKey, format_base64, parse_base64
from ledger.note import parse_note
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.events import ActorKeyRegistered, EvidenceIssued, LedgerCheckpointed
    from ledger.facts import Fact
    from ledger.note import Signature
    from ledger.practice import Practice


class Held(NamedTuple):
    """The root of the first *size* entries, which others hold since the entry of *fact* at the latest."""

    size: int
    fact: Fact[LedgerCheckpointed] | Fact[EvidenceIssued]
    cosigned: Sequence[str] = ()
    """The contacts who signed beside us; none where it is only our word that somebody has it."""


class Bracket(NamedTuple):
    """The roots before and after an entry; None where no other holds one."""

    after: Held | None
    by: Held | None


def held_roots(practice: Practice) -> list[Held]:
    """Return the roots that others hold, the smallest first, each size as it was first held."""
    keys = [fact.event for fact in practice.keys.values() if _of_a_contact(fact.event) and not fact.event.revoked]
    signed = (Held(fact.event.size, fact, _cosigned(fact.event, keys)) for fact in practice.checkpoints)
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


def _of_a_contact(key: ActorKeyRegistered) -> bool:
    return key.holder.startswith("c") or "#contact:" in key.holder


def _cosigned(event: LedgerCheckpointed, keys: Sequence[ActorKeyRegistered]) -> list[str]:
    """Return who of the holders of *keys* signed the note of a checkpoint; nobody if it is no note, or of another root."""
    try:
        note = parse_note(event.checkpoint)
        checkpoint = parse_checkpoint(note.text)
    except Malformed:
        return []
    if (checkpoint.size, format_base64(checkpoint.root)) != (event.size, event.root):
        return []
    text = note.text.encode()
    return [key.holder for key in keys if any(_signed(key, signature, text) for signature in note.signatures)]


def _signed(key: ActorKeyRegistered, signature: Signature, text: bytes) -> bool:
    """Return whether *signature* was made with *key*, whatever name it signs under."""
    verifier = VerifierKey(signature.name, parse_base64(key.public_key))
    if verifier.key_id != signature.key_id:
        return False
    try:
        verifier.check(text, signature.value)
    except Tampered:
        return False
    return True
