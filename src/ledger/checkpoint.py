"""Checkpoints: the three lines that commit to the whole ledger, in a signed note (c2sp.org/tlog-checkpoint).

    ledger.example/engagements/q3r7                     the origin of the ledger, which is the name of its key
    24                                                  how many entries it has, in decimal
    c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM=        the root of the tree over them (RFC 6962 §2.1), in base64

    — ledger.example/engagements/q3r7 x08go/ZJkuBS9…    signatures; a witness may add its own

Lines that others put below the root are kept as they are; we write none.

A key comes with a proof that its holder has it: a signature, by itself, over

    engagement-ledger/possession/v1
    ledger.example/engagements/q3r7                     the origin
    ledger                                              the holder: a checkpoint has a root here, so neither is the other
    ledger.example/engagements/q3r7+c74f20a3+ARpc2Q…    the key
    2025-06-06T08:20:00.000000Z                         from when it is valid
    5e3aa1f0                                            the key that it replaces, or an empty line
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.errors import Malformed, Tampered
from ledger.keys import VerifierKey, format_base64, format_verifier, parse_base64
from ledger.merkle import HASH_SIZE, Hash
from ledger.note import check_note, format_note, parse_note, sign_note
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.keys import SignerKey

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_POSSESSION = "engagement-ledger/possession/v1"


class Checkpoint(NamedTuple):
    """A ledger as it was at a size."""

    origin: str
    size: int
    root: Hash
    others: tuple[str, ...] = ()
    """Lines that others have put below the root."""


class Possession(NamedTuple):
    """What the holder of a key says when it is registered."""

    origin: str
    holder: str
    key: VerifierKey
    valid_from: str
    replaces: str | None = None


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """Write the lines of a checkpoint; refuse what `parse_checkpoint` would not read."""
    lines = [checkpoint.origin, str(checkpoint.size), format_base64(checkpoint.root), *checkpoint.others]
    if not all(lines) or any("\n" in line for line in lines):
        raise Malformed("Every line of a checkpoint says something.")
    if not _SIZE.fullmatch(lines[1]) or len(checkpoint.root) != HASH_SIZE:
        raise Malformed(f"{lines[1]} entries with a root of {len(checkpoint.root)} bytes are no checkpoint.")
    return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the lines of a checkpoint; refuse what `format_checkpoint` would not write."""
    lines = text.split("\n")
    if len(lines) < 4 or not _SIZE.fullmatch(lines[1]):
        raise Malformed("This is no checkpoint: it lacks its origin, its number of entries or its root.")
    origin, size, root, *others = lines[:-1]
    checkpoint = Checkpoint(origin, int(size), Hash(parse_base64(root)), tuple(others))
    if format_checkpoint(checkpoint) != text:
        raise Malformed("The lines of the checkpoint are not written as those of a checkpoint are.")
    return checkpoint


def sign_checkpoint(checkpoint: Checkpoint, keys: Sequence[SignerKey]) -> str:
    """Return the note in which each of *keys* signs *checkpoint*."""
    return format_note(sign_note(format_checkpoint(checkpoint), keys))


def check_checkpoint(
    note: str, keys: Sequence[VerifierKey], origin: str | None = None
) -> tuple[Checkpoint, list[VerifierKey]]:
    """Return the checkpoint in *note* and those of *keys* that signed it; refuse one that none did, or of another origin.

    A key is trusted for the ledger that it is named after, and for no other.
    """
    opened = parse_note(note)
    checkpoint = parse_checkpoint(opened.text)
    if origin is not None and checkpoint.origin != origin:
        raise Tampered(0, f'the checkpoint is of "{checkpoint.origin}", not of "{origin}"')
    return checkpoint, check_note(opened, [key for key in keys if key.name == checkpoint.origin])


def prove_possession(said: Possession, key: SignerKey) -> bytes:
    """Return the signature by which *key* shows that whoever registers it has it."""
    return key.sign(_stated(said))


def check_possession(said: Possession, signature: bytes) -> None:
    """Refuse unless the key in *said* signed it."""
    said.key.check(_stated(said), signature)


def _stated(said: Possession) -> bytes:
    lines = (_POSSESSION, said.origin, said.holder, format_verifier(said.key), said.valid_from, said.replaces or "")
    return "".join(f"{line}\n" for line in lines).encode()
