"""typing.NamedTuple, quicker to declare: Python's own compiles the annotation of every field at every start, for nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 -- as the type checker knows it
else:
    from collections import namedtuple

    class _Declaring(type):
        """Makes the tuple of what a class declares: its fields in their order, its defaults and its methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for attribute, value in body.items():
                setattr(made, attribute, value)
            return made

    class NamedTuple(metaclass=_Declaring):
        """What a tuple with named fields is declared from."""
