"""What an event is: a frozen value whose fields are exactly its JSON, declared once and checked by pydantic.

A class below `Event` is one type of the closed catalogue. Its annotations are read as text, never evaluated: a command
does not pay for the type system (ADR 7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

from ledger.canonical import JSON
from ledger.events.field import Field
from ledger.events.sorting import Sorted
from ledger.values import Count, Erasable, Text

if TYPE_CHECKING:
    from ledger.values.records import Evidence

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

VOCABULARY = "engagement"


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Event:
    """One thing that happened. *evidence* and *note* may go with any event (P14)."""

    evidence: Erasable[list[Evidence]] = None
    evidence_count: Count | None = None
    note: Erasable[Text] = None

    short_name: ClassVar[str] = ""
    """The name people type: `slip-reported`."""
    stored_name: ClassVar[str] = ""
    """The stored name, which belongs to history: `engagement.slip-reported.v1`."""
    streams: ClassVar[frozenset[str]] = frozenset()
    """The kinds of stream it is recorded in: engagement, account, practice."""
    private: ClassVar[bool] = False
    """Whether it is private unless said otherwise."""
    opens: ClassVar[bool] = False
    """Whether it opens its stream, once."""
    governs: ClassVar[bool] = False
    """Whether it governs the ledger, and so has only its own command."""
    defines: ClassVar[str] = ""
    """The kind of thing it brings into being; every other id it carries refers to something."""
    fields: ClassVar[Mapping[str, Field]] = MappingProxyType({})
    absent: ClassVar[Mapping[str, Any]] = MappingProxyType({})
    """What a field reads as when the bytes leave it out."""
    sorted: ClassVar[Sorted]
    """The names of its fields, by what they are to the ledger."""

    def __init_subclass__(
        cls,
        *,
        streams: str,
        version: int = 1,
        defines: str = "",
        private: bool = False,
        opens: bool = False,
        governs: bool = False,
    ) -> None:
        cls.short_name = _HUMP.sub("-", cls.__name__).lower()
        cls.stored_name = f"{VOCABULARY}.{cls.short_name}.v{version}"
        cls.streams = frozenset(streams.split())
        cls.defines, cls.private, cls.opens, cls.governs = defines, private, opens, governs
        cls.fields = _Later("fields", _fields_of)  # type: ignore[assignment]  # which it becomes
        cls.absent = _Later("absent", _absent_of)  # type: ignore[assignment]
        cls.sorted = _Later("sorted", _sorted_of)  # type: ignore[assignment]

    def __init__(self, **fields: Any) -> None:  # noqa: ANN401 -- the fields of the subclass, seen by the type checker
        from ledger.events import shapes

        given = {name: value for name, value in fields.items() if value is not None}
        data = shapes.checked(type(self), {**self.sorted.defaults, **given})
        self.__dict__.update({**self.absent, **data})
        self.check()
        self.check_texts()

    @classmethod
    def trusted(cls, data: Mapping[str, Any]) -> Self:
        """Return the event that *data* holds, which was checked when it was written."""
        event = object.__new__(cls)
        said = event.__dict__
        said.update(cls.absent)
        said.update(data)
        return event

    @classmethod
    def reread(cls, data: Mapping[str, JSON]) -> Self:
        """Return the event that *data* holds, checked anew; texts may be missing, as they may be erased."""
        from ledger.events import shapes

        event = cls.trusted(shapes.checked(cls, data, texts=False))
        event.check()
        return event

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Return what the fields that have a default are when nobody says them: always written, never implied."""
        return {**cls.sorted.defaults}

    @classmethod
    def erasable(cls) -> tuple[str, ...]:
        """Return the names of the fields that are kept outside the bytes."""
        return cls.sorted.erasable

    @property
    def data(self) -> dict[str, JSON]:
        """Return the fields as they are written: absent ones are left out."""
        return {name: value for name in self.fields if (value := getattr(self, name)) is not None}

    @property
    def plain(self) -> dict[str, JSON]:
        """Return the fields that stand in the bytes themselves."""
        said = self.__dict__
        return {name: value for name in self.sorted.plain if (value := said.get(name)) is not None}

    def check(self) -> None:
        """Refuse what no single field can show, such as an interval that ends before it begins."""

    def check_texts(self) -> None:
        """Refuse what shows only while no text is erased."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an event does not change: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Event) and type(self) is type(other) and self.data == other.data

    def __hash__(self) -> int:
        return hash((self.stored_name, repr(self.data)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.data.items())})"


class _Later:
    """An attribute of a class that is worked out when first asked for: most commands meet few of the types (2 ms)."""

    def __init__(self, name: str, make: Callable[[type[Event]], Any]) -> None:
        self._name, self._make = name, make

    def __get__(self, event: Event | None, cls: type[Event]) -> Any:  # noqa: ANN401 -- what each attribute is
        made = self._make(cls)
        setattr(cls, self._name, made)
        return made


def _fields_of(cls: type[Event]) -> Mapping[str, Field]:
    return MappingProxyType({field.name: field for field in _annotated(cls)})


def _absent_of(cls: type[Event]) -> Mapping[str, Any]:
    # no proxy: every event that is read takes these over, which from a plain one costs half
    return {field.name: None for field in cls.fields.values() if field.optional or field.erasable}


def _sorted_of(cls: type[Event]) -> Sorted:
    return Sorted(cls.fields.values(), cls.defines)


def _annotated(cls: type[Event]) -> Iterator[Field]:
    for base in (cls, Event):
        for name, annotation in base.__annotations__.items():
            if not str(annotation).startswith("ClassVar"):
                required = name not in base.__dict__
                yield Field(name, str(annotation), base.__dict__.get(name), required=required)
