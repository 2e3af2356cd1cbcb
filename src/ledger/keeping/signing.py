"""Checkpoints signed: what verifies and extends the last one, kept as the high water before it leaves, then recorded.

    1  the entries since the last checkpoint are verified, and the tree under it compared with its root
    2  the note is signed, and kept beside the key: from here on nothing else is signed for this size
    3  the note is recorded in the ledger
    4  the note is handed out

Killed in between, the next call goes on where this one ended: it signs the same, for Ed25519 signs one text one way only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.audit import verify
from ledger.checkpoint import Checkpoint, check_checkpoint, parse_checkpoint, sign_checkpoint
from ledger.drafts import Draft
from ledger.errors import Refused, Tampered
from ledger.keeping.registering import registered
from ledger.keys import format_base64
from ledger.names import PRACTICE
from ledger.note import parse_note
from ledger.values import Position
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger.audit import Report
    from ledger.canonical import JSON
    from ledger.keeping.keyring import Keyring
    from ledger.keys import SignerKey
    from ledger.service import Ledger

    Progress = Callable[[int, int], None]


class Signed(NamedTuple):
    """A checkpoint, the *note* it is in, where it was recorded, and whether it is *new*."""

    checkpoint: Checkpoint
    note: str
    position: Position
    new: bool
    keys: tuple[str, ...]
    """The ids of the keys that signed."""


def sign(ledger: Ledger, keyring: Keyring, path: Path, progress: Progress | None = None) -> Signed:
    """Sign the tree of the ledger at *path* as it is now; where nothing came since the last checkpoint, return that.

    Raises Refused without a key, Tampered for a ledger that does not verify or does not extend the last checkpoint.
    """
    with keyring.alone():
        keys = _own_keys(ledger, keyring)
        last = _last(keyring, keys)
        report = _verified(path, last[0] if last else None, progress)
        if last and _is_all_said(ledger, last[0], report.entries):
            return _recorded(ledger, last[0], last[1], keys)
        checkpoint = Checkpoint(ledger.journal.origin, report.entries, report.root)
        note = sign_checkpoint(checkpoint, keys)
        keyring.raise_to(note)
        return _recorded(ledger, checkpoint, note, keys)


def _verified(path: Path, last: Checkpoint | None, progress: Progress | None) -> Report:
    """Verify what came since the *last* checkpoint, and that the rest is what was signed then."""
    if last is None or last.size == 0:
        return verify(path, progress=progress)
    try:
        return verify(path, after=last.size, trusted=last.root, progress=progress)
    except Tampered as fault:
        if not fault.position:
            fault.advice = _OTHER
        raise


_OTHER = (
    "Nothing was signed. This is an older or another copy of the ledger that was signed last: find that one."
    " A copy that goes on by itself is made with an origin of its own."
)


def _own_keys(ledger: Ledger, keyring: Keyring) -> list[SignerKey]:
    """Return the private keys of those registered, the newest first: during a rotation both sign."""
    here = {key.verifier.key_id.hex(): key for key in keyring.signers()}
    active = [fact.event.key_id for fact in registered(ledger.names.practice)]
    keys = [here[key_id] for key_id in reversed(active) if key_id in here]
    if keys:
        return keys
    if active:
        raise Refused(
            f'The private half of key {active[-1]} is not in "{keyring.folder}".',
            advice="Sign where it is; or, if it is lost: engage key replace",
        )
    raise Refused("The ledger has no key to sign with.", advice="engage key new")


def _last(keyring: Keyring, keys: list[SignerKey]) -> tuple[Checkpoint, str] | None:
    """Return what was signed last here, by whichever key: nobody else can write to where it is kept."""
    note = keyring.high_water
    if note is None:
        return None
    checkpoint = parse_checkpoint(parse_note(note).text)
    if checkpoint.origin != keyring.origin:
        raise Tampered(0, f'what was signed last is of "{checkpoint.origin}", not of "{keyring.origin}"')
    return checkpoint, note


def _is_all_said(ledger: Ledger, last: Checkpoint, size: int) -> bool:
    """Return whether nothing but the *last* checkpoint itself was recorded since it."""
    said = ledger.names.practice.checkpoints
    newest = said[-1] if said else None
    return size == last.size or (
        size == last.size + 1 and newest is not None and (newest.entry.position, newest.event.size) == (size, last.size)
    )


def _recorded(ledger: Ledger, checkpoint: Checkpoint, note: str, keys: list[SignerKey]) -> Signed:
    root = format_base64(checkpoint.root)
    data: dict[str, JSON] = {"size": checkpoint.size, "root": root, "checkpoint": note}
    (receipt,) = ledger.record(Draft("ledger-checkpointed", PRACTICE, data))
    _, signers = check_checkpoint(note, [key.verifier for key in keys], ledger.journal.origin)
    return Signed(checkpoint, note, receipt.position, receipt.new, tuple(key.key_id.hex() for key in signers))
