"""What shows somebody that an entry is in the ledger: its bytes, and a proof under the last checkpoint."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.disclosures import read
from ledger.drafts import Draft
from ledger.errors import Refused, Unknown
from ledger.keys import format_base64
from ledger.merkle import check_inclusion, leaf_hash, prove_inclusion
from ledger.names import PRACTICE
from ledger.note import parse_note
from ledger.proof import Proof, format_proof
from ledger.values import Position
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.canonical import JSON
    from ledger.entry import Entry
    from ledger.journal import Reader
    from ledger.practice import Practice


class Evidence(NamedTuple):
    """An entry's exact bytes, its *proof* as it is written, and the *disclosures* that go with it."""

    position: Position
    raw: bytes
    proof: str
    checkpoint: Checkpoint
    disclosures: Sequence[bytes] = ()


def evidence_for(reader: Reader, practice: Practice, position: Position, *, texts: bool = False) -> Evidence:
    """Return the proof of the entry at *position* under the last checkpoint, checked; with its *texts*, if wanted.

    Raises Refused for an entry that no checkpoint commits to yet, Tampered where the tree does not lead to its root.
    """
    stored = reader.at(position)
    if stored is None:
        raise Unknown("entry", str(position))
    last = last_checkpoint(practice)
    if last is None or last[1].size < position:
        so_far = f"the last commits to {last[1].size:,} entries" if last else "there is none"
        raise Refused(f"#{position} is in no checkpoint yet: {so_far}.", advice="engage checkpoint")
    note, checkpoint = last
    hashes = prove_inclusion(position - 1, checkpoint.size, reader.nodes())
    check_inclusion(hashes, position - 1, checkpoint.size, leaf_hash(stored.raw), checkpoint.root)
    proof = format_proof(Proof(position - 1, tuple(hashes), note))
    kept = reader.disclosures([position]).get(position, ()) if texts else ()
    return Evidence(position, stored.raw, proof, checkpoint, [text for text in kept if read(text)])


def last_checkpoint(practice: Practice) -> tuple[str, Checkpoint] | None:
    """Return the last checkpoint that was recorded, as it was signed and as it is read."""
    if not practice.checkpoints:
        return None
    note = practice.checkpoints[-1].event.checkpoint
    return note, parse_checkpoint(parse_note(note).text)


def issued(evidence: Evidence, entry: Entry, to: str) -> Draft:
    """Return the draft that records whom *evidence* of *entry* was shown to."""
    data: dict[str, JSON] = {
        "form": "proof",
        "size": evidence.checkpoint.size,
        "root": format_base64(evidence.checkpoint.root),
        "sha256": sha256(evidence.proof.encode()).hexdigest(),
        "entries": [entry.id],
        "withheld": 0,
        "to": to,
    }
    return Draft("evidence-issued", PRACTICE, data)
