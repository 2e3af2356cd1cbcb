"""One field of an event type, as its annotation says: the annotation is read as text, never evaluated (ADR 7)."""

from __future__ import annotations

import re
from typing import Any

from ledger.values import KINDS

_WORD = re.compile(r"[A-Za-z]\w*")


class Field:
    """What an annotation, such as `Erasable[Text]`, and a default say of a field."""

    __slots__ = (
        "annotation", "default", "erasable", "identity", "kind", "minted", "name", "optional", "required", "words",
    )  # fmt: skip

    def __init__(self, name: str, annotation: str, default: Any, *, required: bool) -> None:  # noqa: ANN401 -- any JSON value
        words = _WORD.findall(annotation)
        self.name, self.annotation, self.words, self.default = name, annotation, words, default
        self.erasable = words[0] == "Erasable"
        self.minted = "Minted" in words
        self.identity = self.minted or "Identity" in words
        self.required = required
        self.optional = not required and default is None
        self.kind = "ref" if "Ref" in words else next((KINDS[word] for word in words if word in KINDS), "")
        """What the field names: a kind of thing in the ledger, `ref` for any kind, or nothing."""
