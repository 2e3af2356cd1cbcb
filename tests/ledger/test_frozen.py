"""Frozen values: fields in order or by name, defaults of the class, and nothing that changes."""

from __future__ import annotations

import pytest

from ledger.values.frozen import Frozen


class Stone(Frozen):
    """A value."""

    name: str
    weight: int = 1


class Gem(Stone):
    """One more field."""

    carats: int = 0


def test_fields_are_given_in_their_order_or_by_name_and_else_have_the_value_of_the_class() -> None:
    assert [repr(made) for made in (Stone("flint"), Stone("flint", 2), Gem("opal", carats=3))] == [
        "Stone(name='flint', weight=1)",
        "Stone(name='flint', weight=2)",
        "Gem(name='opal', weight=1, carats=3)",
    ]


def test_a_frozen_value_refuses_to_change() -> None:
    stone = Stone("flint")

    with pytest.raises(AttributeError, match="Stone is frozen: its weight cannot be set"):
        stone.weight = 2  # type: ignore[misc]  # what is tested


def test_a_frozen_value_equals_itself_alone() -> None:
    stone = Stone("flint")

    assert (stone == stone, stone == Stone("flint")) == (True, False)  # noqa: PLR0124 -- what is tested


def test_another_of_its_kind_has_other_fields_and_nothing_that_was_worked_out() -> None:
    gem = Gem("opal", carats=3)
    vars(gem)["price"] = 7

    assert repr(gem.but(weight=2)) == "Gem(name='opal', weight=2, carats=3)"
    assert "price" not in vars(gem.but())
