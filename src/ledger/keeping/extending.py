"""Whether a ledger extends the tree that somebody else holds a checkpoint of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.checkpoint import Checkpoint, check_checkpoint
from ledger.errors import Tampered
from ledger.keys import format_base64
from ledger.merkle import check_consistency, prove_consistency, tree_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.journal import Reader
    from ledger.keys import VerifierKey
    from ledger.merkle import Hash


def check_extends(
    reader: Reader, size: int, root: Hash, note: str, keys: Sequence[VerifierKey]
) -> tuple[Checkpoint, list[VerifierKey]]:
    """Refuse unless the verified tree of *size* and *root* extends that of *note*, signed by one of *keys*; return it.

    Raises Malformed for what is no note of a checkpoint, Tampered for all else.
    """
    checkpoint, signers = check_checkpoint(note, keys, reader.origin)
    if checkpoint.size > size:
        raise Tampered(
            0,
            f"it has {size:,} entries, and somebody holds a checkpoint of {checkpoint.size:,}",
            advice="Entries are missing at its end, or it is an old copy: look for the newer file.",
        )
    found = tree_root(checkpoint.size, reader.nodes())
    if found != checkpoint.root:
        raise Tampered(
            0,
            f"its first {checkpoint.size:,} entries have root {format_base64(found)},"
            f" the checkpoint that somebody holds says {format_base64(checkpoint.root)}",
            advice="One of them was changed, added or taken out since. An older checkpoint that fits narrows it down.",
        )
    proof = prove_consistency(checkpoint.size, size, reader.nodes())
    check_consistency(proof, checkpoint.size, size, checkpoint.root, root)
    return checkpoint, signers
