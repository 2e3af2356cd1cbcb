"""A value that never changes and is quick to declare: for each dataclass Python compiles six methods anew at every start."""

from __future__ import annotations

from typing import Any, ClassVar, Never, Self, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=False)
class Frozen:
    """Takes its annotated fields in their order or by name, and equals itself alone; what follows from them is `lazily`."""

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = (*cls._fields, *cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 -- the fields, which the type checker counts
        self.__dict__.update(zip(self._fields, values, strict=False), **named)

    def but(self, **other: Any) -> Self:  # noqa: ANN401 -- fields again
        """Return another of its kind with *other* fields, of which nothing was worked out yet."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | other)

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen: its {name} cannot be set")

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({said})"
