"""Aliases made of names, in whatever script: small letters a to z, digits and hyphens."""

from __future__ import annotations

import re
from hashlib import sha256
from unicodedata import category, name, normalize

LONGEST = 63
_HASH = 8
_QUOTES = frozenset({"Pi", "Pf"})
_ACUTE = "\u0301"


def slug(text: str) -> str:
    """Return *text* spelt as an alias: `Théâtre 東京` is `theatre-dongjing`. Another text may be spelt the same."""
    return _cut(_spelt(normalize("NFKC", text)), LONGEST)


def own_slug(text: str) -> str:
    """Return *text* spelt as an alias, with a hash of it behind where the spelling alone may be that of another."""
    plain = normalize("NFKC", text)
    spelt, foreign = _spelt(plain), any(map(_foreign, plain))
    if len(spelt) <= LONGEST and not foreign:
        return spelt
    mark = sha256((_folded(plain) if foreign else spelt).encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    return f"{_cut(spelt, LONGEST - _HASH - 1) or 'x'}-{mark}"


def _spelt(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", "".join(map(_latin, text)).lower()).strip("-")


def _latin(character: str) -> str:
    """Return what *character* is in ASCII: a letter as it is spelt, a quotation mark or what is not seen as nothing."""
    if character.isascii():
        return character
    kind = category(character)
    if kind[0] in "LMN":
        from anyascii import anyascii  # 20 ms that only a name in need of it waits for

        return re.sub(r"[^A-Za-z0-9]", "", anyascii(character))
    return "" if kind in _QUOTES or kind[0] == "C" else "-"


def _foreign(character: str) -> bool:
    """Return whether *character* is a letter that is not Latin, so that others may be spelt as it is, or that nobody spells."""
    if character.isascii() or not character.isalpha():
        return False
    return not name(character, "").startswith("LATIN") or not _latin(character)


def _folded(text: str) -> str:
    """Return *text* as it is the same however it is written: Greek capitals, for one, bear no accent."""
    return " ".join(normalize("NFD", text).casefold().replace(_ACUTE, "").split())


def _cut(spelt: str, longest: int) -> str:
    return spelt[:longest].strip("-")
