"""Signed notes: a text, and under it the signatures of named keys (c2sp.org/signed-note).

    If you think cryptography is the answer to your problem,       the text: lines of UTF-8, no control characters
    then you don't know what your problem is.
                                                                   the last empty line of the note
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI…    em dash, name of the key, base64(key id || signature)

An Ed25519 signature is over the text, its last end of line included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Malformed, Tampered
from ledger.keys import KEY_ID, UNCHANGED, check_name, format_base64, parse_base64
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.keys import SignerKey, VerifierKey

LARGEST = 1_000_000
"""Characters of a note, at most: it is parsed before anybody is trusted."""
MOST_SIGNATURES = 100
_DASH = "\u2014 "


class Signature(NamedTuple):
    """One line under a note: the *name* and id of the key, and what it signed."""

    name: str
    key_id: bytes
    value: bytes


class Note(NamedTuple):
    """A text that ends in a newline, and its signatures, of which none is trusted yet."""

    text: str
    signatures: tuple[Signature, ...]


def sign_note(text: str, keys: Sequence[SignerKey]) -> Note:
    """Return *text* signed by each of *keys*, in their order."""
    signed = [Signature(key.name, key.verifier.key_id, key.sign(text.encode())) for key in keys]
    return Note(text, tuple(signed))


def check_note(note: Note, keys: Sequence[VerifierKey]) -> list[VerifierKey]:
    """Return those of *keys* that signed *note*; refuse it where none did, or a signature by one of them is false."""
    known = {(key.name, key.key_id): key for key in keys}
    signed = [(known.get((s.name, s.key_id)), s.value) for s in note.signatures]
    signers = []
    for key, value in signed:
        if key is not None:  # signatures by unknown keys are passed over: a witness may have added its own
            key.check(note.text.encode(), value)
            signers.append(key)
    if not signers:
        names = ", ".join(f"{s.name} {s.key_id.hex()}" for s in note.signatures[:4])
        raise Tampered(
            0,
            f"the note is signed by {names}, which is none of the keys that are trusted",
            advice="A key that was revoked since is trusted only where it is named: --key KEY, as you were given it.",
        )
    return list(dict.fromkeys(signers))


def format_note(note: Note) -> str:
    """Write a note; refuse what `parse_note` would not read."""
    lines = [f"{_DASH}{s.name} {format_base64(s.key_id + s.value)}\n" for s in note.signatures]
    text = f"{note.text}\n{''.join(lines)}"
    _check_text(text)
    if len(lines) > MOST_SIGNATURES:
        what = f"{len(lines)} keys sign, and a note has room for {MOST_SIGNATURES} signatures."
        raise Malformed(what, advice="Revoke keys that nobody needs any more: engage key list, engage key revoke KEY")
    if not note.text.endswith("\n") or not lines:
        raise Malformed("A note is a text that ends in a newline, and one to a hundred signatures.")
    for signature in note.signatures:
        check_name(signature.name)
        if len(signature.key_id) != KEY_ID or not signature.value:
            raise Malformed(f"The signature by {signature.name} is cut short.")
    return text


def parse_note(text: str) -> Note:
    """Read a note; refuse what `format_note` would not write. No signature is checked yet: that is `check_note`."""
    _check_text(text)
    body, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise Malformed("A signed note is a text, an empty line, and lines of signatures.", advice=UNCHANGED)
    note = Note(f"{body}\n", tuple(map(_parse_signature, below[:-1].split("\n"))))
    if format_note(note) != text:
        raise Malformed("The note is not written as a note is.", advice=UNCHANGED)
    return note


def _parse_signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).rpartition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("A line under a note is no signature.", advice=UNCHANGED)
    raw = parse_base64(encoded)
    return Signature(name, raw[:KEY_ID], raw[KEY_ID:])


def _check_text(text: str) -> None:
    if len(text) > LARGEST:
        raise Malformed(f"{len(text):,} characters are no note; the most is {LARGEST:,}.")
    if any(c < " " and c != "\n" for c in text):
        raise Malformed("A note holds no control characters.", advice=UNCHANGED)
