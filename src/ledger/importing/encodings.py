"""In which encoding a text was written: UTF-8 where it can be, else what its bytes look like; no row is lost for a byte.

A byte that a one-byte encoding leaves undefined (0x9d in windows-1252) reads as U+FFFD, and the rows it stands in are
named. In UTF-8 and UTF-16 a broken byte means that the encoding is another, and is refused.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from ledger.errors import Malformed

SAMPLE = 1 << 18
"""How many bytes the detector looks at."""
WESTERN = "windows-1252"
_BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENGLISH = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbd\xe9")
"""Bytes that windows-1252 uses for £, €, quotes, dashes and dots: what English text has of those above 127."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """The *name* of an encoding, and whether it was *detected* or given."""

    name: str
    detected: bool = True

    @property
    def errors(self) -> str:
        """What a byte without meaning is read as."""
        return "strict" if codecs.lookup(self.name).name.startswith(("utf", "ascii")) else "replace"


def named_encoding(name: str) -> Encoding:
    """Return the encoding called *name*; refuse one that nobody knows."""
    try:
        if not codecs.lookup(name)._is_text_encoding:  # no other way to tell base64 from latin-1
            raise LookupError(name)
    except (LookupError, ValueError) as error:
        raise Malformed(f'"{name}" is no encoding.', advice="Say utf-8, windows-1252, latin-1, utf-16 …") from error
    return Encoding(name, detected=False)


def detect_encoding(source: BinaryIO) -> Encoding:
    """Return the encoding that *source*, read from its beginning, seems to be in."""
    source.seek(0)
    head = source.read(SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if _is_utf8(source):
        return Encoding("utf-8")
    high = bytes(byte for byte in head if byte > 127)
    if not high or sum(byte in _ENGLISH for byte in high) * 2 >= len(high):
        return Encoding(WESTERN)
    return Encoding(_guessed(head))


def _is_utf8(source: BinaryIO) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := source.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(head: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    return best.encoding if best else WESTERN
