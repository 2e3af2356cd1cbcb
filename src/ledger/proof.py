"""Proofs that an entry is in a ledger, for whoever has the entry's bytes and the ledger's key (c2sp.org/tlog-proof).

    c2sp.org/tlog-proof@v1
    index 15                                            the entry's position less one
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=        the siblings from the leaf up (RFC 6962 §2.1.1)
    B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
                                                        an empty line, then the checkpoint as it was signed
    ledger.example/engagements/q3r7
    24
    …

The leaf is SHA-256(0x00 || the entry's bytes). A line `extra …` that others put behind the first is kept, and never believed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.checkpoint import Checkpoint, check_checkpoint
from ledger.errors import Malformed
from ledger.keys import format_base64, parse_base64
from ledger.merkle import HASH_SIZE, Hash, check_inclusion, leaf_hash
from ledger.note import LARGEST, parse_note
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.keys import VerifierKey

HEAD = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")
_EXTRA = "extra "


class Proof(NamedTuple):
    """Where an entry stands, how its leaf leads to a root, and the signed note that has the root."""

    leaf_index: int
    hashes: tuple[Hash, ...]
    note: str
    extra: bytes | None = None


def format_proof(proof: Proof) -> str:
    """Write a proof; refuse what `parse_proof` would not read."""
    parse_note(proof.note)
    if any(len(value) != HASH_SIZE for value in proof.hashes) or not _INDEX.fullmatch(f"index {proof.leaf_index}"):
        raise Malformed("A proof has an index from 0 and hashes of 32 bytes.")
    extra = [] if proof.extra is None else [_EXTRA + format_base64(proof.extra)]
    lines = [HEAD, *extra, f"index {proof.leaf_index}", *map(format_base64, proof.hashes)]
    return "".join(f"{line}\n" for line in lines) + f"\n{proof.note}"


def parse_proof(text: str) -> Proof:
    """Read a proof; refuse what `format_proof` would not write. Nothing is checked yet: that is `check_proof`."""
    if len(text) > LARGEST:
        raise Malformed(f"{len(text):,} characters are no proof; the most is {LARGEST:,}.")
    above, _, note = text.partition("\n\n")
    first, *lines = above.split("\n")
    if first != HEAD:
        raise Malformed(f"A proof begins with {HEAD}.")
    extra = parse_base64(lines.pop(0).removeprefix(_EXTRA)) if lines and lines[0].startswith(_EXTRA) else None
    match = _INDEX.fullmatch(lines[0]) if lines else None
    if match is None:
        raise Malformed("A proof says the index of its entry.")
    proof = Proof(int(match[1]), tuple(Hash(parse_base64(line)) for line in lines[1:]), note, extra)
    if format_proof(proof) != text:
        raise Malformed("The proof is not written as a proof is.")
    return proof


def check_proof(
    proof: Proof, entry: bytes, keys: Sequence[VerifierKey], origin: str | None = None
) -> tuple[Checkpoint, list[VerifierKey]]:
    """Refuse unless *entry*, its exact bytes, stands at the index under a checkpoint that one of *keys* signed."""
    checkpoint, signers = check_checkpoint(proof.note, keys, origin)
    check_inclusion(proof.hashes, proof.leaf_index, checkpoint.size, leaf_hash(entry), checkpoint.root)
    return checkpoint, signers
