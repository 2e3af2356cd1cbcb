"""What each event type asks of its data, laid out for reading a million of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ledger.audit.report import DoubtError
from ledger.events import BY_NAME, CadenceAgreed, Event, shapes

RULED_BY: Mapping[type[Event], str] = {CadenceAgreed: "rrule"}
"""Types whose rules read this field alone, which has few values and is slow to read."""
_LIMIT = 1 << 12


class Kind:
    """One event type; *valid* raises ValidationError for data, texts included, that is not of the type's form."""

    __slots__ = ("_always", "_kept", "_ruled_by", "_type", "erasable", "places", "ruled", "taken", "valid")

    def __init__(self, event_type: type[Event]) -> None:
        self.valid = shapes.validator(event_type).validate_python
        self.erasable = frozenset(event_type.erasable())
        self.places = len(self.erasable)
        self.ruled = event_type.check is not Event.check
        self.taken: set[tuple[str, ...]] = set()
        """The names of fields that were in order."""
        self._type, self._always = event_type, frozenset(event_type.defaults())
        self._ruled_by, self._kept = RULED_BY.get(event_type), set[str]()

    def take(self, names: tuple[str, ...]) -> None:
        """Refuse *names* unless every field with a default is written, and none that is kept outside the bytes."""
        if not self._always.issubset(names) or not self.erasable.isdisjoint(names):
            raise DoubtError
        if len(self.taken) < _LIMIT:
            self.taken.add(names)

    def check(self, data: Mapping[str, Any]) -> None:
        """Refuse *data*, whose form is that of the type, if it breaks a rule that no single field shows."""
        value = data[self._ruled_by] if self._ruled_by else None
        if value is not None and value in self._kept:
            return
        self._type.trusted(data).check()
        if value is not None and len(self._kept) < _LIMIT:
            self._kept.add(value)


@cache
def kind_of(stored_name: str) -> Kind:
    """Return the type stored as *stored_name*; KeyError for one that this program does not know."""
    return Kind(BY_NAME[stored_name])
