"""What the gifts exchanged with one person come to in a year, added up by hand: M20 (P57)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.metrics.gifts import METRIC

from ledger.drafts import Receipt
from tests.measuring import figures_of, values_of
from tests.views import World

ACCOUNT = "account/acme"
DAY = "2025-06-10"


def exchanged(world: World, minor: int, currency: str = "GBP", **data: Any) -> Receipt:
    """Record a gift."""
    given = {"direction": "to_us", "counterpart": "c1", "our_person": "a1", "estimated": False, "kind": "gift",
             "decision": "accepted", "what": "a pen", **data}  # fmt: skip
    return world.record("gift-recorded", ACCOUNT, value={"currency": currency, "minor": minor}, **given)


def begun(folder: Path) -> World:
    """Return a world in which somebody may approve a gift that another had."""
    world = World(folder).begin().at(f"{DAY}T09:00")
    world.record("actor-added", "practice", name="Ben")
    return world


CASES: dict[str, tuple[Callable[[World], object], Mapping[str, object]]] = {
    "none": (lambda w: None, {}),
    "two of a year": (
        lambda w: (exchanged(w, 12_000, occurred="2024-06-11"), exchanged(w, 9_000)),
        {"sum_minor contact:c1 to_us GBP": 21_000, "limit_minor contact:c1 to_us GBP": 20_000,
         "unapproved contact:c1 to_us GBP": 2}),
    "one of them a day too old": (
        lambda w: (exchanged(w, 12_000, occurred="2024-06-10"), exchanged(w, 9_000)),
        {"sum_minor contact:c1 to_us GBP": 9_000, "limit_minor contact:c1 to_us GBP": 20_000,
         "unapproved contact:c1 to_us GBP": 1}),
    "one that was declined": (
        lambda w: exchanged(w, 12_000, decision="declined"),
        {"sum_minor contact:c1 to_us GBP": 0, "limit_minor contact:c1 to_us GBP": 20_000,
         "unapproved contact:c1 to_us GBP": 0}),
    "approved by another, by who had it, by nobody": (
        lambda w: [exchanged(w, 1, **by) for by in ({"approved_by": "a2"}, {"approved_by": "a1"}, {})],
        {"sum_minor contact:c1 to_us GBP": 3, "limit_minor contact:c1 to_us GBP": 20_000,
         "unapproved contact:c1 to_us GBP": 2}),
    "apart by direction and currency": (
        lambda w: (exchanged(w, 1), exchanged(w, 20, direction="to_them"), exchanged(w, 300, "EUR")),
        {"sum_minor contact:c1 to_us GBP": 1, "limit_minor contact:c1 to_us GBP": 20_000,
         "unapproved contact:c1 to_us GBP": 1,
         "sum_minor contact:c1 to_them GBP": 20, "limit_minor contact:c1 to_them GBP": 20_000,
         "unapproved contact:c1 to_them GBP": 1,
         "sum_minor contact:c1 to_us EUR": 300, "limit_minor contact:c1 to_us EUR": None,
         "unapproved contact:c1 to_us EUR": 1}),
    "under a limit of our own": (
        lambda w: (w.record("policy-set", "practice", policies=[{"policy": "gift_limit", "value": "50 GBP"}],
                            valid_from="2025-01-01"), exchanged(w, 1)),
        {"sum_minor contact:c1 to_us GBP": 1, "limit_minor contact:c1 to_us GBP": 5_000,
         "unapproved contact:c1 to_us GBP": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "expected"), CASES.values(), ids=CASES)
def test_a_year_of_gifts(tmp_path: Path, tell: Callable[[World], object], expected: Mapping[str, object]) -> None:
    world = begun(tmp_path)
    tell(world)

    assert values_of(METRIC, world.view(stream=ACCOUNT)) == expected


@pytest.mark.parametrize(("minor", "words"), [(20_000, ""), (20_001, "above the limit")])
def test_above_the_limit_is_said(tmp_path: Path, minor: int, words: str) -> None:
    world = begun(tmp_path)
    exchanged(world, minor)

    assert figures_of(METRIC, world.view(stream=ACCOUNT))["sum_minor contact:c1 to_us GBP"].words == words


def test_a_limit_in_another_currency_is_named(tmp_path: Path) -> None:
    world = begun(tmp_path)
    exchanged(world, 1, "EUR")

    assert (
        figures_of(METRIC, world.view(stream=ACCOUNT))["limit_minor contact:c1 to_us EUR"].words
        == "our limit is in GBP"
    )


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.sampled_from(["GBP", "EUR"]), st.sampled_from(["c1", "c2"])), max_size=6
    )
)
def test_the_sums_of_all_people_are_the_sum_of_all_gifts_by_currency(
    tmp_path_factory: pytest.TempPathFactory, gifts: list[tuple[int, str, str]]
) -> None:
    world = begun(tmp_path_factory.mktemp("gifts"))
    for minor, currency, who in gifts:
        exchanged(world, minor, currency, counterpart=who)

    found = figures_of(METRIC, world.view(stream=ACCOUNT)).values()

    for currency in ("GBP", "EUR"):
        sums = [figure for figure in found if figure.name == "sum_minor" and figure.subject.endswith(currency)]
        assert sum(figure.value or 0 for figure in sums) == sum(minor for minor, other, _ in gifts if other == currency)
        assert sum(figure.n for figure in sums) == sum(other == currency for _, other, _ in gifts)
