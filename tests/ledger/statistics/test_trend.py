"""Trends, exact: against every order there is, the tables of the domain, and scipy (M12)."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ledger.statistics import kendall
from ledger.statistics.kendall import chance, score
from ledger.statistics.normal import upper_tail
from ledger.statistics.smoothing import smoothed
from ledger.statistics.theil_sen import ALL_PAIRS, slope

TABLE = [
    (4, 6, "0.0417"), (4, 4, "0.1667"), (5, 10, "0.0083"), (5, 8, "0.0417"), (5, 6, "0.1167"), (6, 15, "0.0014"),
    (6, 13, "0.0083"), (6, 11, "0.0278"), (6, 9, "0.0681"), (7, 21, "0.0002"), (7, 15, "0.0151"), (7, 13, "0.0345"),
    (7, 11, "0.0681"),
]  # fmt: skip
"""One-sided p where no two values are equal, by n and S (domain, part 2)."""

few = st.integers(0, 3).map(Decimal)
ties = st.lists(few, min_size=1, max_size=7)


def with_score(n: int, wanted: int) -> Sequence[Decimal]:
    """Return 1 to *n* in some order whose S is *wanted*: each swap of neighbours that rise takes 2 from it."""
    order = [Decimal(i) for i in range(1, n + 1)]
    while score(order) > wanted:
        at = next(i for i in range(n - 1) if order[i] < order[i + 1])
        order[at], order[at + 1] = order[at + 1], order[at]
    return order


def counted(values: Sequence[Decimal]) -> int:
    """Return S by its definition."""
    return sum((b > a) - (b < a) for a, b in combinations(values, 2))


@pytest.mark.parametrize(("n", "s", "p"), TABLE)
def test_p_is_that_of_the_table(n: int, s: int, p: str) -> None:
    exact = chance(with_score(n, s))

    assert f"{float(exact):.4f}" == p


@given(ties)
def test_p_is_the_share_of_all_orders_that_go_as_far_equal_values_or_not(values: list[Decimal]) -> None:
    side = 1 if counted(values) >= 0 else -1
    scores = [side * counted(order) for order in permutations(values)]

    as_far = sum(s >= abs(counted(values)) for s in scores)

    assert chance(values) == Fraction(as_far, len(scores))


@given(st.permutations([Decimal(i) for i in range(12)]), st.integers(2, 12))
def test_p_is_that_of_scipy_where_no_two_are_equal(order: list[Decimal], n: int) -> None:
    values = order[:n]
    side = "greater" if score(values) >= 0 else "less"

    foreign = stats.kendalltau(range(n), [float(v) for v in values], method="exact", alternative=side)

    assert float(chance(values)) == pytest.approx(foreign.pvalue, abs=1e-12)


@given(st.lists(few, max_size=30))
def test_s_counts_pairs(values: list[Decimal]) -> None:
    assert score(values) == counted(values)


@given(st.lists(few, min_size=1, max_size=30))
def test_a_series_read_backwards_is_as_likely(values: list[Decimal]) -> None:
    assert (score(values[::-1]), chance(values[::-1])) == (-score(values), chance(values))


def test_one_value_and_values_all_alike_say_nothing() -> None:
    assert [chance([Decimal(1)] * n) for n in (1, 5, kendall.EXACT + 1)] == [1, 1, 1]


@pytest.mark.parametrize(("distinct", "off"), [(2, 50), (5, 200), (20, 500), (kendall.EXACT, 1000)])
@pytest.mark.parametrize("shift", [0, 7, 13])
def test_beyond_what_is_exact_p_goes_on_where_it_was(
    distinct: int, off: int, shift: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [Decimal((i * 37 + i * i * shift) % 61 % distinct) for i in range(kendall.EXACT)]
    exact = chance(values)
    monkeypatch.setattr(kendall, "EXACT", 0)

    assert abs(chance(values) - exact) < Fraction(1, off)


@pytest.mark.parametrize("z", ["-1", "0", "0.5", "1.2815515655446004", "3", "5.999", "6.001", "12", "30"])
def test_the_tail_is_that_of_scipy(z: str) -> None:
    assert float(upper_tail(Decimal(z))) == pytest.approx(float(stats.norm.sf(float(z))), rel=1e-12)


points = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100).map(Decimal)), min_size=2, max_size=20)


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")  # of its confidence interval, where many are equal
@given(points)
def test_the_slope_is_that_of_scipy(series: list[tuple[int, Decimal]]) -> None:
    days = [day for day, _ in series]
    found = slope(sorted(series))

    if len(set(days)) == 1:
        assert found is None
    else:
        foreign = stats.theilslopes([float(value) for _, value in series], days)
        assert float(found or 0) == pytest.approx(float(foreign.slope), abs=1e-9)


@pytest.mark.parametrize("n", [2, 3, ALL_PAIRS, ALL_PAIRS + 1, 10 * ALL_PAIRS])
def test_one_value_that_is_far_off_does_not_tilt_a_line(n: int) -> None:
    line = [(day, Decimal(3 * day)) for day in range(n + 10)]
    line[1] = (1, Decimal(10_000))

    assert slope(line) == 3


def test_values_of_one_day_have_no_slope_between_them() -> None:
    assert slope([(0, Decimal(1)), (0, Decimal(9)), (2, Decimal(5))]) == 0


@given(st.lists(few, min_size=1, max_size=8), st.decimals("0.1", "0.9", places=1))
def test_each_value_weighs_less_than_the_one_after_it(values: list[Decimal], weight: Decimal) -> None:
    weights = [weight * (1 - weight) ** age for age in range(len(values) - 1)]
    weights.append((1 - weight) ** (len(values) - 1))

    assert smoothed(values, weight) == sum(w * v for w, v in zip(weights, reversed(values), strict=True))


@pytest.mark.parametrize(("weight", "expected"), [("0", "90"), ("0.4", "79.6"), ("1", "70")])
def test_a_series_smoothed_by_hand(weight: str, expected: str) -> None:
    assert smoothed([Decimal(90), Decimal(80), Decimal(70)], Decimal(weight)) == Decimal(expected)


def test_the_orders_of_a_multiset_are_all_counted() -> None:
    values = [Decimal(v) for v in (1, 1, 2, 3, 3, 3)]

    scores = Counter(counted(order) for order in set(permutations(values)))

    assert chance(sorted(values)) == Fraction(scores[counted(sorted(values))], sum(scores.values()))
