"""Signed notes: a text, and under it the signatures of named keys (c2sp.org/signed-note).

    If you think cryptography is the answer to your problem,       the text: lines of UTF-8, no control characters
    then you don't know what your problem is.
                                                                   the last empty line of the note
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI…    em dash, name of the key, base64(key id || signature)

A key id is the first four bytes of SHA-256(name || 0x0A || 0x01 || public key); 0x01 is Ed25519 (RFC 8032), over the text.
Keys are written as golang.org/x/mod/sumdb/note writes them:

    PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW                 to check with: give it to anybody
    PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz     to sign with: give it to nobody
"""

from __future__ import annotations

from binascii import Error, a2b_base64, b2a_base64
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import Malformed, Tampered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST = 1_000_000
"""Characters of a note, at most: it is parsed before anybody is trusted."""
MOST_SIGNATURES = 100
_ED25519 = b"\x01"
_ID, _KEY, _SIGNATURE = 4, 32, 64
"""Bytes of a key id, of an Ed25519 key, public or private, and of a signature by it."""
_PRIVATE = "PRIVATE+KEY+"
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


class VerifierKey(NamedTuple):
    """A key to check signatures with: the 32 bytes of its public half."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that tell which key signed."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID]

    def check(self, text: bytes, signature: bytes) -> None:
        """Refuse *signature* unless this key made it over *text*."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError) as error:
            raise Tampered(0, f"the signature by {self.name} {self.key_id.hex()} is not over this text") from error


class SignerKey:
    """A key to sign with; its *seed* is shown nowhere."""

    def __init__(self, name: str, seed: bytes) -> None:
        _check_name(name)
        if len(seed) != _KEY:
            raise Malformed(f"A private key has {_KEY} bytes, not {len(seed)}.")
        self.name, self._seed = name, seed

    def __repr__(self) -> str:
        return f"SignerKey({format_verifier(self.verifier)!r})"

    @classmethod
    def generate(cls, name: str, entropy: Callable[[int], bytes]) -> SignerKey:
        """Make a new key called *name* out of 32 bytes of *entropy*."""
        return cls(name, entropy(_KEY))

    @cached_property
    def verifier(self) -> VerifierKey:
        """What its signatures are checked with."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return VerifierKey(self.name, Ed25519PrivateKey.from_private_bytes(self._seed).public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        """Return the signature over *text*: always the same one (RFC 8032 §5.1.6)."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed).sign(text)

    def written(self) -> str:
        """Return the private key as its file holds it."""
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{format_base64(_ED25519 + self._seed)}"


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
        raise Tampered(0, f"the note is signed by {names}, which is none of the keys that are trusted")
    return list(dict.fromkeys(signers))


def format_note(note: Note) -> str:
    """Write a note; refuse what `parse_note` would not read."""
    lines = [f"{_DASH}{s.name} {format_base64(s.key_id + s.value)}\n" for s in note.signatures]
    text = f"{note.text}\n{''.join(lines)}"
    _check_text(text)
    if not note.text.endswith("\n") or not 0 < len(lines) <= MOST_SIGNATURES:
        raise Malformed("A note is a text that ends in a newline, and one to a hundred signatures.")
    for signature in note.signatures:
        _check_name(signature.name)
        if len(signature.key_id) != _ID or not signature.value:
            raise Malformed(f"The signature by {signature.name} is cut short.")
    return text


def parse_note(text: str) -> Note:
    """Read a note; refuse what `format_note` would not write. No signature is checked yet: that is `check_note`."""
    _check_text(text)
    body, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise Malformed("A signed note is a text, an empty line, and lines of signatures.", advice=_WHOLE)
    note = Note(f"{body}\n", tuple(map(_parse_signature, below[:-1].split("\n"))))
    if format_note(note) != text:
        raise Malformed("The note is not written as a note is.", advice=_WHOLE)
    return note


def format_verifier(key: VerifierKey) -> str:
    """Write a key to check with, to be given to anybody."""
    return f"{key.name}+{key.key_id.hex()}+{format_base64(_ED25519 + key.public)}"


def parse_verifier(text: str) -> VerifierKey:
    """Read a key to check with; refuse what `format_verifier` would not write."""
    name, raw = _parse_key(text)
    key = VerifierKey(name, raw)
    if format_verifier(key) != text:
        raise Malformed(f'"{text[:120]}" is no key: its id is not that of what it holds.', advice=_KEY_FORM)
    return key


def parse_signer(text: str) -> SignerKey:
    """Read a private key; refuse what `SignerKey.written` would not write, and say nothing of what it holds."""
    if not text.startswith(_PRIVATE):
        raise Malformed("This is no private key: it does not begin with PRIVATE+KEY+.")
    key = SignerKey(*_parse_key(text.removeprefix(_PRIVATE), secret=True))
    if key.written() != text:
        raise Malformed("This is no private key: its id is not that of what it holds.")
    return key


def format_base64(raw: bytes) -> str:
    """Write *raw* in base64 (RFC 4648 §4)."""
    return b2a_base64(raw, newline=False).decode()


def parse_base64(text: str) -> bytes:
    """Read base64; refuse what `format_base64` would not write."""
    try:
        raw = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, ValueError) as error:
        raise Malformed("Something is no base64.", advice=_WHOLE) from error
    if format_base64(raw) != text:
        raise Malformed("Something is no base64: bits are set that mean nothing.", advice=_WHOLE)
    return raw


_WHOLE = "Take the file as it was sent: mail programs wrap long lines."
_KEY_FORM = "A key is written name+c74f20a3+ARpc2QcU…, as engage key list prints it."


def _parse_signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).rpartition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("A line under a note is no signature.", advice=_WHOLE)
    raw = parse_base64(encoded)
    return Signature(name, raw[:_ID], raw[_ID:])


def _parse_key(text: str, *, secret: bool = False) -> tuple[str, bytes]:
    """Return the name and the 32 bytes in a key, public or *secret*."""
    name, _, rest = text.partition("+")
    shown = "This" if secret else f'"{text[:120]}"'
    try:
        raw = parse_base64(rest.partition("+")[2])
        _check_name(name)
    except Malformed as error:
        raise Malformed(f"{shown} is no key.", advice=_KEY_FORM) from error
    if raw[:1] != _ED25519 or len(raw) != 1 + _KEY:
        raise Malformed(f"{shown} is no Ed25519 key.", advice=_KEY_FORM)
    return name, raw[1:]


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() or c < " " for c in name):
        raise Malformed(f'A key cannot be called "{name[:120]}": no spaces, no plus.')


def _check_text(text: str) -> None:
    if len(text) > LARGEST:
        raise Malformed(f"{len(text):,} characters are no note; the most is {LARGEST:,}.")
    if any(c < " " and c != "\n" for c in text):
        raise Malformed("A note holds no control characters.", advice=_WHOLE)
