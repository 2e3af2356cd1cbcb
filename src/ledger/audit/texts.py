"""The texts of a page, read end to end: one decoding, one parsing and one writing for a thousand of them.

Between each text and the next goes a word that nobody can guess, aligned to base64's groups of four characters:

    WyJz…Il0 s      "Nonce",    …Il0  + "s"     the last byte is a comma if the unused bits are zero
    WyJz…XQ  os     "Nonce",    …XQ   + "os"    the same, with an end of line before it
    WyJz…IiJd  Cgos "Nonce",    …iJd  + "Cgos"  nothing unused: two ends of line and a comma

Parsed, texts and words must alternate, the words as they were put. Only we can have put them, so each text is one whole
value and has no unused bit set. No JSON string holds a bare end of line, so that as many as were put in are all there
are; written again without them, the page must be what it was.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

import orjson

from ledger.audit.report import DoubtError
from ledger.entry import LARGEST_DISCLOSURE

Text = tuple[Any, ...]
"""key, disclosure: of any type, if somebody meddled."""

_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_STANDARD = bytes.maketrans(b"-_+/", b"+/**")  # of the other alphabet nothing is taken: * is in none
_WORD = token_urlsafe(7)[:9]
_BETWEEN = b2a_base64(f'"{_WORD}",'.encode(), newline=False)  # 12 bytes: whole groups
_AFTER = (b"Cgos" + _BETWEEN, b"", b"os" + _BETWEEN, b"s" + _BETWEEN)
"""What follows a text, by how many characters are in its last group; one alone is no base64."""
_ENDS = (2, 0, 1, 0)
"""How many ends of line are in it."""


def check_digests(given: Sequence[list[str]], disclosures: Sequence[bytes]) -> None:
    """Refuse the page unless the digests *given*, entry by entry, are those of its *disclosures*, none twice."""
    said = [digest for own in given for digest in own]
    hashes = b2a_base64(b"".join([sha256(text).digest() + b"\0" for text in disclosures]), newline=False)
    # 33 bytes are 44 characters of base64, of which the last stands for the zero byte alone
    joined = "A".join([*said, ""]).encode()
    if hashes.translate(_URL_SAFE) != joined or not len({*said}) == len(said) == len(disclosures):
        raise DoubtError


def contents_of(disclosures: Sequence[bytes]) -> list[list[Any]]:
    """Return `[salt]` or `[salt, name, value]` of each of *disclosures*; refuse what `protect` would not write."""
    if not {*map(type, disclosures)} <= {bytes} or max(map(len, disclosures), default=0) > LARGEST_DISCLOSURE:
        raise DoubtError
    groups = [len(text) & 3 for text in disclosures]
    if 1 in groups:
        raise DoubtError
    encoded = b"".join([part for text, n in zip(disclosures, groups, strict=True) for part in (text, _AFTER[n])])
    plain = a2b_base64(encoded.translate(_STANDARD))
    if len(plain) * 4 != len(encoded) * 3:  # a character that is none of the alphabet was passed over
        raise DoubtError
    ends = sum([_ENDS[n] for n in groups])
    return _alternating(plain, len(disclosures), ends)


def _alternating(plain: bytes, count: int, ends: int) -> list[list[Any]]:
    parsed = orjson.loads(b"[%b]" % plain[:-1])
    contents: list[list[Any]] = parsed[0::2]
    if parsed[1::2] != [_WORD] * count or len(contents) != count or plain.count(b"\n") != ends:
        raise DoubtError
    again = orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS)
    if again[1:-1] != plain.replace(b"\n", b"")[:-1] or (b"\\" in plain and b"\\u0000" in plain):
        raise DoubtError
    if not {*map(type, contents)} <= {list} or not {*map(len, contents)} <= {1, 3}:
        raise DoubtError
    if not {type(content[0]) for content in contents} <= {str}:
        raise DoubtError
    return contents
