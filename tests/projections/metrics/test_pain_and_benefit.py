"""Whether pain outweighed benefit twice: M21 (P61)."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from ledger_projections.metrics.pain_and_benefit import METRIC

from tests.measuring import figures_of
from tests.views import World

ACCOUNT = "account/acme"
CASES: dict[str, tuple[Sequence[tuple[int, int]], tuple[int | None, int | None, bool | None], Sequence[int]]] = {
    "never weighed": ([], (None, None, None), [0, 0, 0]),
    "once": ([(60, 40)], (60, 40, False), [1, 1, 1]),
    "twice": ([(60, 40), (51, 50)], (51, 50, True), [1, 1, 2]),
    "as much pain as benefit": ([(60, 40), (50, 50)], (50, 50, False), [1, 1, 2]),
    "better since": ([(60, 40), (60, 40), (20, 80)], (20, 80, False), [1, 1, 2]),
    "worse since": ([(10, 90), (60, 40), (70, 30)], (70, 30, True), [1, 1, 2]),
}


@pytest.mark.parametrize(("weighed", "expected", "n"), CASES.values(), ids=CASES)
def test_what_was_weighed_last_prompts(
    tmp_path: Path,
    weighed: Sequence[tuple[int, int]],
    expected: tuple[int | None, int | None, bool | None],
    n: Sequence[int],
) -> None:
    world = World(tmp_path).begin().at("2025-06-10T09:00")
    for pain, benefit in weighed:
        world.record("exit-considered", ACCOUNT, pain=pain, benefit=benefit, reasons="late payer")

    found = figures_of(METRIC, world.view(stream=ACCOUNT))

    assert tuple(found[name].value for name in ("pain", "benefit", "prompt")) == expected
    assert [found[name].n for name in ("pain", "benefit", "prompt")] == n
    said = {True: "consider an exit", False: "too few" if len(weighed) == 1 else "", None: "none yet"}
    assert found["prompt"].words == said[expected[2]]


def test_what_is_written_down_last_is_what_we_think_now(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-10T09:00")
    world.record("exit-considered", ACCOUNT, pain=1, benefit=2, reasons="they pay", occurred="2025-06-09")
    world.record("exit-considered", ACCOUNT, pain=3, benefit=4, reasons="they paid late", occurred="2025-05-01")
    world.record("exit-decided", ACCOUNT, decision="stay")

    found = figures_of(METRIC, world.view(stream=ACCOUNT))

    assert (found["pain"].value, found["benefit"].value, found["prompt"].value) == (3, 4, False)
    assert {fact.visibility for fact in found["pain"].facts} == {"private"}


def test_what_was_taken_back_was_not_weighed(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-10T09:00")
    for pain in (60, 70):
        last = world.record("exit-considered", ACCOUNT, pain=pain, benefit=40, reasons="late payer")
    world.record("entry-corrected", ACCOUNT, entry=world.entry(last), kind="withdraw", reason="another client")

    found = figures_of(METRIC, world.view(stream=ACCOUNT))

    assert (found["pain"].value, found["prompt"].value) == (60, False)
