"""The keys of signed notes: Ed25519 (RFC 8032), written as golang.org/x/mod/sumdb/note writes them (c2sp.org/signed-note).

    PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW                 to check with: give it to anybody
    PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz     to sign with: give it to nobody

Name, key id, base64(0x01 || key). The id is the first four bytes of SHA-256(name || 0x0A || 0x01 || public key).
"""

from __future__ import annotations

from binascii import Error, a2b_base64, b2a_base64
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from ledger.errors import Malformed, Tampered
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_ID = 4
"""Bytes of a key id."""
UNCHANGED = "Take the file as it was sent: mail programs wrap long lines."
_ED25519 = b"\x01"
_KEY = 32
"""Bytes of an Ed25519 key, public or private."""
_PRIVATE = "PRIVATE+KEY+"
_KEY_FORM = "A key is written name+c74f20a3+ARpc2QcU…, as engage key list prints it."


class VerifierKey(NamedTuple):
    """A key to check signatures with: the 32 bytes of its public half."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that tell which key signed."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:KEY_ID]

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
        check_name(name)
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
        raise Malformed("Something is no base64.", advice=UNCHANGED) from error
    if format_base64(raw) != text:
        raise Malformed("Something is no base64: bits are set that mean nothing.", advice=UNCHANGED)
    return raw


def check_name(name: str) -> None:
    """Refuse a name that no key can have."""
    if not name or "+" in name or any(c.isspace() or c < " " for c in name):
        raise Malformed(f'A key cannot be called "{name[:120]}": no spaces, no plus.')


def _parse_key(text: str, *, secret: bool = False) -> tuple[str, bytes]:
    """Return the name and the 32 bytes in a key, public or *secret*."""
    name, _, rest = text.partition("+")
    shown = "This" if secret else f'"{text[:120]}"'
    try:
        raw = parse_base64(rest.partition("+")[2])
        check_name(name)
    except Malformed as error:
        raise Malformed(f"{shown} is no key.", advice=_KEY_FORM) from error
    if raw[:1] != _ED25519 or len(raw) != 1 + _KEY:
        raise Malformed(f"{shown} is no Ed25519 key.", advice=_KEY_FORM)
    return name, raw[1:]
