"""The exact test of Mann and Whitney has the p of scipy where nothing ties, and of every choice counted out where it does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, rankdata

from ledger.statistics.ranks import EXACT, chance_above, doubled_mid_ranks

if TYPE_CHECKING:
    from collections.abc import Sequence

HOURS = st.integers(0, 4_000).map(lambda thousandths: Decimal(thousandths) / 1000)
FEW = st.integers(0, 4).map(Decimal)
"""So few values that many of them tie."""


@st.composite
def untied(draw: st.DrawFn) -> tuple[list[Decimal], list[Decimal]]:
    """Draw two groups in which no value comes twice."""
    values = draw(st.lists(HOURS, min_size=2, max_size=24, unique=True))
    cut = draw(st.integers(1, len(values) - 1))
    return values[:cut], values[cut:]


@given(untied())
def test_without_ties_p_is_that_of_scipy(groups: tuple[list[Decimal], list[Decimal]]) -> None:
    upper, lower = groups

    assert float(chance_above(upper, lower)) == pytest.approx(_theirs(upper, lower, "exact"), rel=1e-9)


@given(st.lists(FEW, min_size=1, max_size=6), st.lists(FEW, min_size=1, max_size=6))
def test_with_ties_p_is_the_share_of_choices_with_as_large_a_rank_sum(
    upper: list[Decimal], lower: list[Decimal]
) -> None:
    ranks = [Fraction(rank) for rank in rankdata([float(value) for value in (*upper, *lower)])]
    sums = [sum(choice) for choice in combinations(ranks, len(upper))]

    counted = Fraction(sum(each >= sum(ranks[: len(upper)]) for each in sums), len(sums))

    assert chance_above(upper, lower) == counted


@given(st.lists(FEW, min_size=1, max_size=12))
def test_mid_ranks_are_those_of_scipy(values: list[Decimal]) -> None:
    assert doubled_mid_ranks(values) == [2 * rank for rank in rankdata([float(value) for value in values])]


@given(st.lists(HOURS, min_size=2, max_size=12, unique=True), st.integers(1, 11), st.integers(0, 11), HOURS)
def test_where_none_are_equal_raising_a_value_of_the_upper_group_never_makes_chance_likelier(
    values: list[Decimal], cut: int, place: int, more: Decimal
) -> None:
    size = min(cut, len(values) - 1)
    upper, lower = values[:size], values[size:]
    raised = [value + more * (number == place % size) for number, value in enumerate(upper)]
    assume(len({*raised, *lower}) == len(values))

    assert chance_above(raised, lower) <= chance_above(upper, lower)


def _numbered(*values: int) -> Sequence[Decimal]:
    return [*map(Decimal, values)]


@pytest.mark.parametrize(
    ("upper", "lower", "p"),
    {
        "all of four above all of four": (_numbered(5, 6, 7, 8), _numbered(1, 2, 3, 4), Fraction(1, 70)),
        "all alike": (_numbered(1, 1, 1), _numbered(1, 1), Fraction(1)),
        "all below": (_numbered(1, 2), _numbered(3, 4), Fraction(1)),
        "one above three": (_numbered(9), _numbered(1, 2, 3), Fraction(1, 4)),
        "three above one": (_numbered(7, 8, 9), _numbered(1), Fraction(1, 4)),
    }.values(),
)
def test_a_p_that_can_be_counted_by_hand(upper: Sequence[Decimal], lower: Sequence[Decimal], p: Fraction) -> None:
    assert chance_above(upper, lower) == p


def _theirs(upper: Sequence[Decimal], lower: Sequence[Decimal], method: str) -> float:
    groups = [*map(float, upper)], [*map(float, lower)]
    return float(mannwhitneyu(*groups, alternative="greater", method=method).pvalue)


def _scattered(count: int, modulus: int) -> tuple[list[Decimal], list[Decimal]]:
    values = [Decimal(number * 7_919 % modulus) for number in range(count)]
    return values[: count // 2], values[count // 2 :]


def test_the_largest_groups_that_are_counted_out_are_so_in_seconds() -> None:
    upper, lower = _scattered(EXACT, 1_009)
    started = process_time()

    assert float(chance_above(upper, lower)) == pytest.approx(_theirs(upper, lower, "exact"), rel=1e-9)
    assert process_time() - started < 10


@pytest.mark.parametrize("modulus", [1_009, 11, 2])
def test_of_larger_groups_p_is_that_of_the_normal_distribution_of_scipy(modulus: int) -> None:
    upper, lower = _scattered(300, modulus)

    for one, other in ((upper, lower), (lower, upper), (upper[:40], lower + upper[40:])):
        assert float(chance_above(one, other)) == pytest.approx(_theirs(one, other, "asymptotic"), rel=1e-9)


def test_of_larger_groups_that_are_all_alike_nothing_is_above() -> None:
    assert chance_above([Decimal(1)] * 100, [Decimal(1)] * 100) == 1
