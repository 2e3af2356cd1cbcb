"""How many of the parts that an agreement needs it has, counted by hand: M17 (P01 to P08)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from ledger_projections.metrics.agreement_completeness import METRIC

from tests.measuring import figures_of, values_of
from tests.views import PARTS, World

CASES: dict[str, tuple[bool, Sequence[str], tuple[int, int, Decimal], str, str]] = {
    "all five": (False, PARTS, (5, 5, Decimal(1)), "", ""),
    "confidentiality is not needed": (False, [*PARTS, "confidentiality"], (5, 5, Decimal(1)), "", ""),
    "retention stands beside": (False, [*PARTS, "retention"], (5, 5, Decimal(1)), "", "and retention"),
    "retention makes up for nothing": (
        False, ["scope", "retention"], (1, 5, Decimal("0.2")), "timeframe, evaluation, compensation, relationship",
        "and retention"),
    "sensitive, and confidentiality lacks": (True, PARTS, (5, 6, Decimal(5) / 6), "confidentiality", ""),
    "sensitive and complete": (True, [*PARTS, "confidentiality"], (6, 6, Decimal(1)), "", ""),
    "nothing": (False, [], (0, 5, Decimal(0)), "scope, timeframe, evaluation, compensation, relationship", ""),
}  # fmt: skip


@pytest.mark.parametrize(("sensitive", "parts", "expected", "missing", "beside"), CASES.values(), ids=CASES)
def test_a_version_has_so_many_of_the_parts_it_needs(
    tmp_path: Path,
    sensitive: bool,
    parts: Sequence[str],
    expected: tuple[int, int, Decimal],
    missing: str,
    beside: str,
) -> None:
    world = World(tmp_path).begin()
    name = f"engagement/{'secret' if sensitive else 'northwind'}"
    if sensitive:
        world.record("engagement-opened", name, account="acme", alias="secret", sensitive=True)
    world.record("agreement-drafted", name, version=1, drafted_by="provider", document_sha256="1" * 64, currency="GBP",
                 calendar="default", parts=list(parts), notices=[], results=[])  # fmt: skip

    found = figures_of(METRIC, world.view(stream=name))

    assert tuple(found[f"{figure} version:1"].value for figure in ("present", "required", "value")) == expected
    assert found["missing version:1"].value == expected[1] - expected[0]
    assert (found["missing version:1"].words, found["present version:1"].words) == (missing, beside)
    assert {figure.n for figure in found.values()} == {expected[1]}


def test_each_version_is_told_apart(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.draft(1, parts=PARTS[:2])
    world.draft(2)

    found: Mapping[str, object] = values_of(METRIC, world.view())

    assert (found["present version:1"], found["present version:2"]) == (2, 5)


def test_no_draft_has_no_figures(tmp_path: Path) -> None:
    assert values_of(METRIC, World(tmp_path).begin().view()) == {}
