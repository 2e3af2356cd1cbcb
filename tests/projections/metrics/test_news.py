"""M07 and M08: whether bad news is told as fast as good, and whether news is looked into before it is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_projections.metrics import news_parity, verification
from ledger_projections.tables.metrics import rounded
from scipy.stats import mannwhitneyu

from tests.measuring import figures_of, values_of
from tests.views import World, london

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ledger.drafts import Receipt

KNOWN = "2025-06-02T09:00"
AS_OF = "2025-06-06T17:00"
EMPTY = {"good_median_bh": None, "bad_median_bh": None, "n_good": 0, "n_bad": 0, "delta_bh": None, "ratio": None,
         "p": None, "flagged": None}  # fmt: skip


def news(world: World, polarity: str, hours: int | None) -> str:
    """Learn something at nine, and tell it so many business hours later, all of them on one day; never, for None."""
    known = london(KNOWN)
    learned = world.record("news-learned", polarity=polarity, severity=3, summary="gone", aware=known, occurred=known)
    name = str(getattr(learned.event, "news_id", ""))
    if hours is not None:
        told(world, name, (datetime.fromisoformat(KNOWN) + timedelta(hours=hours)).isoformat())
    return name


def test_a_median_is_rounded_once_when_it_is_shown(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at(AS_OF)
    for until in ("2025-06-02T10:00:40", "2025-06-02T10:00:42"):
        verified(world, news(world, "bad", None), "confirmed", until)

    middle = values_of(verification.METRIC, world.view())["verify_median_bh"]

    assert isinstance(middle, Decimal)
    assert str(rounded(middle)) == "1.011"


def told(world: World, name: str, at: str) -> Receipt:
    """Tell it."""
    return world.record("news-reported", news_id=name, to=["c1"], occurred=london(at))


def verified(world: World, name: str, verdict: str, at: str) -> Receipt:
    """Look into it."""
    said: dict[str, Any] = {"verdict": verdict, "method": "asked", "implications_stated": True}
    return world.record("news-verified", news_id=name, occurred=london(at), **said)


def _all(world: World, bad: Sequence[int | None], good: Sequence[int | None]) -> None:
    for polarity, each in (("bad", bad), ("good", good)):
        for hours in each:
            news(world, polarity, hours)


CASES: dict[str, tuple[Callable[[World], object], Mapping[str, object]]] = {
    "no news": (lambda w: None, {}),
    "one of each: too few": (
        lambda w: _all(w, [3], [1]),
        {"good_median_bh": 1, "bad_median_bh": 3, "n_good": 1, "n_bad": 1, "delta_bh": 2, "ratio": 3}),
    "three of each, bad more than four hours slower": (
        lambda w: _all(w, [5, 6, 7], [1, 1, 2]),
        {"good_median_bh": 1, "bad_median_bh": 6, "n_good": 3, "n_bad": 3, "delta_bh": 5, "ratio": 6, "flagged": True}),
    "three of each, bad just as much slower as our policy allows": (
        lambda w: _all(w, [5, 5, 7], [1, 1, 2]),
        {"good_median_bh": 1, "bad_median_bh": 5, "n_good": 3, "n_bad": 3, "delta_bh": 4, "ratio": 5, "flagged": False}),
    "bad news faster": (
        lambda w: _all(w, [1, 1, 2], [5, 6, 7]),
        {"good_median_bh": 6, "bad_median_bh": 1, "n_good": 3, "n_bad": 3, "delta_bh": -5, "ratio": Decimal(1) / 6,
         "flagged": False}),
    "good news at once: no ratio": (
        lambda w: _all(w, [1, 1, 2], [0, 0, 0]),
        {"good_median_bh": 0, "bad_median_bh": 1, "n_good": 3, "n_bad": 3, "delta_bh": 1, "flagged": False}),
    "four of each, all bad news slower": (
        lambda w: _all(w, [5, 6, 7, 8], [1, 2, 3, 4]),
        {"good_median_bh": Decimal("2.5"), "bad_median_bh": Decimal("6.5"), "n_good": 4, "n_bad": 4, "delta_bh": 4,
         "ratio": Decimal("2.6"), "p": Decimal(1) / 70, "flagged": False}),
    "untold news is as slow as it is by now": (
        lambda w: _all(w, [None], [1]),
        {"good_median_bh": 1, "bad_median_bh": 40, "n_good": 1, "n_bad": 1, "delta_bh": 39, "ratio": 40}),
    "neutral": (lambda w: news(w, "neutral", 3), {}),
    "refuted before anybody was told": (
        lambda w: verified(w, news(w, "bad", None), "refuted", "2025-06-02T10:00"), {}),
    "refuted once it had been told": (
        lambda w: verified(w, news(w, "bad", 1), "refuted", "2025-06-02T12:00"), {"bad_median_bh": 1, "n_bad": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "expected"), CASES.values(), ids=CASES)
def test_parity(tmp_path: Path, tell: Callable[[World], object], expected: Mapping[str, object]) -> None:
    world = World(tmp_path).begin().at(AS_OF)

    tell(world)

    assert values_of(news_parity.METRIC, world.view(AS_OF)) == {**EMPTY, **expected}


def test_what_goes_with_figures_that_few_or_untold_news_make(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at(AS_OF)
    _all(world, [None, 2], [1])

    words = {name: figure.words for name, figure in figures_of(news_parity.METRIC, world.view(AS_OF)).items()}

    assert {name: said for name, said in words.items() if said} == {
        "bad_median_bh": "1 not told, at their age so far",
        **dict.fromkeys(("delta_bh", "ratio", "p", "flagged"), "too few"),
    }


def test_the_policy_of_the_day_says_what_is_flagged(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at(AS_OF)
    _all(world, [2, 2, 2], [1, 1, 1])
    tight = {"policy": "parity_delta_bh", "value": "0.5"}
    world.record("policy-set", "practice", policies=[tight], valid_from="2025-06-09")

    flagged = [values_of(news_parity.METRIC, world.view(day))["flagged"] for day in (AS_OF, "2025-06-10T09:00")]

    assert flagged == [False, True]


HOURS = st.lists(st.one_of(st.none(), st.integers(0, 8)), min_size=4, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bad=st.permutations(range(5)), good=st.permutations(range(4)))
def test_p_is_that_of_scipy(tmp_path_factory: pytest.TempPathFactory, bad: list[int], good: list[int]) -> None:
    """Even hours for one, odd for the other: nothing ties."""
    world = World(tmp_path_factory.mktemp("news")).begin().at(AS_OF)
    slow, quick = [2 * hours for hours in bad[:4]], [2 * hours + 1 for hours in good]

    _all(world, slow, quick)

    theirs = mannwhitneyu(slow, quick, alternative="greater", method="exact").pvalue
    p = values_of(news_parity.METRIC, world.view(AS_OF))["p"]
    assert isinstance(p, Decimal)
    assert float(p) == pytest.approx(theirs)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bad=HOURS, good=HOURS, later=st.integers(0, 400))
def test_keeping_bad_news_back_never_makes_it_look_faster(
    tmp_path_factory: pytest.TempPathFactory, bad: list[int | None], good: list[int | None], later: int
) -> None:
    """Law: what is untold counts at its age so far, so neither time nor telling it later ever shortens the median."""
    world = World(tmp_path_factory.mktemp("news")).begin().at(AS_OF)
    _all(world, bad, good)
    now = datetime.fromisoformat(AS_OF)
    then = (now + timedelta(hours=later)).isoformat()
    before, after = (values_of(news_parity.METRIC, world.view(at))["bad_median_bh"] for at in (AS_OF, then))

    for number, hours in enumerate(bad, 1):
        if hours is None:
            told(world.at(then), f"N{number}", then)

    ended = values_of(news_parity.METRIC, world.at("2026-06-01T09:00").view())["bad_median_bh"]
    assert before is not None
    assert after is not None
    assert (before <= after, ended) == (True, after)


VERIFIED: dict[str, tuple[Callable[[World], object], Mapping[str, object]]] = {
    "no news": (
        lambda w: None,
        {"reported_before_verified": None, "refuted_after_reported": 0, "verify_median_bh": None, "n": 0}),
    "told, never verified": (
        lambda w: news(w, "bad", 1),
        {"reported_before_verified": 1, "refuted_after_reported": 0, "verify_median_bh": None, "n": 1}),
    "verified, then told": (
        lambda w: (name := news(w, "good", None), verified(w, name, "confirmed", "2025-06-02T10:00"),
                   told(w, name, "2025-06-02T11:00")),
        {"reported_before_verified": 0, "refuted_after_reported": 0, "verify_median_bh": 1, "n": 1}),
    "told, then refuted": (
        lambda w: verified(w, news(w, "bad", 1), "refuted", "2025-06-02T12:00"),
        {"reported_before_verified": 1, "refuted_after_reported": 1, "verify_median_bh": 3, "n": 1}),
    "refuted, and told all the same": (
        lambda w: (name := news(w, "good", None), verified(w, name, "refuted", "2025-06-02T10:00"),
                   told(w, name, "2025-06-02T11:00")),
        {"reported_before_verified": 0, "refuted_after_reported": 0, "verify_median_bh": 1, "n": 1}),
    "verified, and not told yet": (
        lambda w: verified(w, news(w, "bad", None), "confirmed", "2025-06-02T11:00"),
        {"reported_before_verified": None, "refuted_after_reported": 0, "verify_median_bh": 2, "n": 0}),
    "one of two told unverified": (
        lambda w: (news(w, "bad", 1), name := news(w, "neutral", None), verified(w, name, "partly", "2025-06-02T13:00"),
                   told(w, name, "2025-06-02T14:00")),
        {"reported_before_verified": Decimal("0.5"), "refuted_after_reported": 0, "verify_median_bh": 4, "n": 2}),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "expected"), VERIFIED.values(), ids=VERIFIED)
def test_verification(tmp_path: Path, tell: Callable[[World], object], expected: Mapping[str, Any]) -> None:
    world = World(tmp_path).begin().at(AS_OF)

    tell(world)

    assert values_of(verification.METRIC, world.view(AS_OF)) == expected


def test_what_leaves_news_out_is_named(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at(AS_OF)
    verified(world, news(world, "bad", None), "refuted", "2025-06-02T10:00")

    figure = figures_of(news_parity.METRIC, world.view(AS_OF))["n_bad"]

    assert (figure.value, [fact.event.short_name for fact in figure.facts]) == (0, ["news-learned", "news-verified"])
