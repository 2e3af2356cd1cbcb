"""What each event type asks of its data, laid out for reading a million of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from ledger.events import BY_NAME, Event, shapes


class Kind(NamedTuple):
    """One event type."""

    event_type: type[Event]
    valid: Callable[[Mapping[str, Any]], object]
    """Raises ValidationError for data, texts included, that is not of the type's form."""
    erasable: frozenset[str]
    always: frozenset[str]
    """Fields with a default: always written, never implied."""
    rules: bool
    """Whether the type has rules beyond the form of each field."""


@cache
def kind_of(stored_name: str) -> Kind:
    """Return the type stored as *stored_name*; KeyError for one that this program does not know."""
    event_type = BY_NAME[stored_name]
    return Kind(
        event_type,
        shapes.validator(event_type).validate_python,
        frozenset(event_type.erasable()),
        frozenset(event_type.defaults()),
        event_type.check is not Event.check,
    )
