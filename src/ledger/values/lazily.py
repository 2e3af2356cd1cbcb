"""An attribute that is worked out when it is first asked for: functools.cached_property without its lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazily(Generic[T]):  # noqa: N801 -- it decorates, as property does
    """Remembers the answer in the instance: until Python 3.12 cached_property takes a lock, at half a microsecond each."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find, self.__doc__ = find, find.__doc__
        self._name = find.__name__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: object | None, owner: type[Any]) -> Self | T:
        """Work the attribute out; from then on Python finds it in the instance and asks no more."""
        if instance is None:
            return self
        answer = instance.__dict__[self._name] = self._find(instance)
        return answer
