"""Quantiles are those of the domain: the mean of the middle two, and the nearest rank."""

import statistics
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger.statistics.quantiles import median, nearest_rank

VALUES = st.lists(st.decimals(0, 1000, places=3), min_size=1)


@given(VALUES)
def test_a_median_is_that_of_the_standard_library(values: list[Decimal]) -> None:
    assert median(values) == statistics.median(values)


@given(VALUES, st.integers(1, 10))
def test_a_nearest_rank_is_a_value_that_enough_do_not_pass(values: list[Decimal], of: int) -> None:
    found = nearest_rank(values, of, 10)

    under = sum(value <= found for value in values)
    fewer = sum(value < found for value in values)
    assert (found in values, 10 * under >= of * len(values), 10 * fewer < of * len(values)) == (True, True, True)
