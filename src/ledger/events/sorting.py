"""The fields of an event type sorted by what they are to the ledger: once a type, since every event of a batch asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from ledger.events.field import Field

_ALIASED = frozenset({"account", "engagement", "ref"})


class Sorted:
    """The names of the fields of a type that *defines* a kind of thing, or none; where more is asked, the fields."""

    __slots__ = (
        "aliased", "defaults", "defining", "erasable", "identifying", "minted", "plain", "referring", "required",
        "required_plain", "timed",
    )  # fmt: skip

    def __init__(self, fields: Collection[Field], defines: str) -> None:
        self.erasable = tuple(f.name for f in fields if f.erasable)
        self.plain = tuple(f.name for f in fields if not f.erasable)
        self.identifying = tuple(f.name for f in fields if f.identity)
        self.defining = next((f.name for f in fields if defines and f.kind == defines), "")
        """The field that holds the id of what the event brings into being; empty if it brings nothing."""
        self.minted = tuple(f for f in fields if f.minted)
        self.referring = tuple(f for f in fields if f.kind and not f.erasable)
        """The fields that name something in the ledger."""
        self.aliased = tuple(f for f in fields if f.kind in _ALIASED or "DisputeItem" in f.words)
        """The fields that people may fill with the alias of an account or an engagement."""
        self.required = tuple(f.name for f in fields if f.required)
        self.required_plain = tuple(f.name for f in fields if f.required and not f.erasable)
        self.timed = tuple(f.name for f in fields if "Due" in f.words or "Instant" in f.words)
        self.defaults = {f.name: f.default for f in fields if f.default is not None}
