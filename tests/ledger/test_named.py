"""Tuples with named fields: declared as typing's are, and at a sixth of what these take at every start."""

from __future__ import annotations

import pickle
import re
from typing import Any, Generic, TypeVar, get_type_hints

from ledger.values.named import NamedTuple
from tests.places import ROOT

T = TypeVar("T")


class Stone(NamedTuple):
    """A tuple."""

    name: str
    weight: int = 1
    """In kilograms."""

    @property
    def heavy(self) -> bool:
        """Whether it weighs anything to speak of."""
        return self.weight > 1


class Held(NamedTuple, Generic[T]):
    """A tuple of something."""

    what: T


def test_fields_are_given_in_their_order_or_by_name_and_else_have_the_value_of_the_class() -> None:
    assert [repr(made) for made in (Stone("flint"), Stone("flint", 2), Stone(weight=3, name="opal"))] == [
        "Stone(name='flint', weight=1)",
        "Stone(name='flint', weight=2)",
        "Stone(name='opal', weight=3)",
    ]


def test_it_is_a_tuple_with_what_its_class_says() -> None:
    stone = Stone("flint", 2)

    assert (stone, stone._replace(weight=1).heavy, stone.heavy) == (("flint", 2), False, True)
    assert (Stone.__doc__, Stone.__module__, Stone.__qualname__) == ("A tuple.", __name__, "Stone")
    assert get_type_hints(Stone) == {"name": str, "weight": int}
    assert pickle.loads(pickle.dumps(stone)) == stone  # noqa: S301 -- our own


def test_it_may_be_of_some_type() -> None:
    held: Held[Any] = Held[Any]("flint")

    assert held.what == "flint"


def test_no_module_declares_pythons_own() -> None:
    declares = re.compile(r"^from typing import .*\bNamedTuple\b", re.MULTILINE)
    modules = [path for root in ("src", "projections", "cli") for path in (ROOT / root).rglob("*.py")]

    assert [path.name for path in modules if declares.search(path.read_text(encoding="utf-8"))] == []
