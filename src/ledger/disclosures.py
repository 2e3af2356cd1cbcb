"""Erasable fields: the entry holds their salted digests, a table of its own holds their text (RFC 9901 §4.2).

    disclosure  base64url(["_26bc4LT-ac6q2KI6cBW5e","why","vendor interface late"])
    digest      base64url(SHA-256(disclosure))
    decoy       base64url(["6Ij7tM-a5iVPGboS5tmvVA"])

Every entry of a type carries as many digests as the type has erasable fields: no leaf shows how many were given.
"""

from base64 import urlsafe_b64decode
from binascii import Error, b2a_base64
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

import orjson

from ledger import canonical
from ledger.canonical import JSON
from ledger.errors import Malformed

_URLSAFE = bytes.maketrans(b"+/", b"-_")
SALT = 16
"""Bytes of salt: 128 random bits."""


class Protected(tuple[bytes, ...]):
    """Disclosures that `protect` made, with the *digests* it found: finding them again would tell nothing new."""

    digests: tuple[str, ...]


def digests_of(disclosures: Sequence[bytes]) -> list[str]:
    """Return the digests of *disclosures*, in their order."""
    if type(disclosures) is Protected:
        return [*disclosures.digests]
    return [digest(disclosure) for disclosure in disclosures]


def protect(fields: Mapping[str, JSON], places: int, entropy: Callable[[int], bytes]) -> tuple[list[str], Protected]:
    """Return *places* digests in their order, and the disclosures in the same order; *entropy* gives the salts."""
    contents: list[tuple[JSON, ...]] = [*fields.items(), *[()] * (places - len(fields))]
    pairs = sorted([(digest(d), d) for d in [_disclosure(entropy(SALT), content) for content in contents]])
    protected = Protected([second for _, second in pairs])
    protected.digests = tuple([first for first, _ in pairs])
    return [*protected.digests], protected


def digest(disclosure: bytes) -> str:
    """Return the digest of a disclosure, as it stands in `data._sd`."""
    return b2a_base64(sha256(disclosure).digest(), newline=False).translate(_URLSAFE)[:43].decode()


def read(disclosure: bytes) -> tuple[str, JSON] | None:
    """Return the name and value a disclosure holds, None for a decoy; refuse what `protect` would not write."""
    try:
        content = orjson.loads(urlsafe_b64decode(disclosure + b"=" * (-len(disclosure) % 4)))
    except (Error, orjson.JSONDecodeError) as error:
        raise Malformed(f"A disclosure cannot be read: {error}.") from error
    shaped = isinstance(content, list) and len(content) in {1, 3} and all(isinstance(c, str) for c in content[:2])
    if not shaped or _written(content) != disclosure:
        raise Malformed("A disclosure is not written as [salt, name, value].")
    if len(content) == 1:
        return None
    canonical.check({content[1]: content[2]})
    return content[1], content[2]


def disclosed(disclosures: Sequence[bytes]) -> dict[str, JSON]:
    """Return the fields that *disclosures* hold."""
    return dict(field for field in map(read, disclosures) if field is not None)


def _disclosure(salt: bytes, content: Sequence[JSON]) -> bytes:
    return _written([_base64url(salt).decode(), *content])


def _written(content: JSON) -> bytes:
    return _base64url(orjson.dumps(content, option=orjson.OPT_SORT_KEYS))


def _base64url(raw: bytes) -> bytes:
    # as urlsafe_b64encode, without its two calls below: it is asked for several times an entry
    return b2a_base64(raw, newline=False).translate(_URLSAFE).rstrip(b"=")
