"""How fresh each entry was when it was written down, reckoned by hand: M19."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from ledger_projections.metrics.contemporaneity import METRIC

from ledger import engagement
from tests.measuring import figures_of
from tests.views import World, london, northwind

NOW = "2025-06-10T09:00"
CASES: dict[str, tuple[str | None, str | None, tuple[str, str, str]]] = {
    "at once": (None, london(NOW), ("0", "A", "")),
    "a day to the minute": (None, london("2025-06-09T09:00"), ("24", "A", "")),
    "a second more, of which the hours show nothing": (None, london("2025-06-09T08:59:59"), ("24", "B", "")),
    "a minute more": (None, london("2025-06-09T08:59"), ("24.017", "B", "")),
    "a week": (None, london("2025-06-03T09:00"), ("168", "B", "")),
    "thirty days": (None, london("2025-05-11T09:00"), ("720", "C", "")),
    "more": (None, london("2025-05-11T08:00"), ("721", "D", "")),
    "awareness counts, not when it was so": (london("2025-06-10T08:00"), london("2025-05-01T09:00"), ("1", "A", "")),
    "a day of awareness counts from its opening": ("2025-06-09", None, ("24", "A", "by date")),
    "any other day from its close": (None, "2025-06-09", ("16", "A", "by date")),
    "a day that is not over is no lag below zero": (None, "2025-06-10", ("0", "A", "by date")),
}


@pytest.mark.parametrize(("aware", "occurred", "expected"), CASES.values(), ids=CASES)
def test_the_lag_and_its_grade(
    tmp_path: Path, aware: str | None, occurred: str | None, expected: tuple[str, str, str]
) -> None:
    world = World(tmp_path).begin().at(NOW)
    receipt = world.record("feedback-given", to=["c1"], text="You decide fast.", aware=aware, occurred=occurred)

    found = figures_of(METRIC, world.view())

    entry = world.entry(receipt)
    lag = found[f"lag_hours {entry}"]
    assert (Decimal(lag.value or 0), lag.words) == (Decimal(expected[0]), expected[2])
    assert (found[f"grade {entry}"].value, found[f"grade {entry}"].words) == (None, expected[1])


def test_what_states_no_moment_has_no_lag_and_no_grade(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    view = world.view()
    facts = [fact._replace(occurred=None) for fact in world.facts() if fact.entry.stream == view.stream]

    found = figures_of(METRIC, view.but(engagement=engagement.fold(facts)))

    assert {(figure.name, figure.value, figure.words) for figure in found.values()} == {
        ("lag_hours", None, ""),
        ("grade", None, ""),
        ("after_dispute", False, ""),
    }


def test_a_correction_of_awareness_counts_from_the_awareness_it_states(tmp_path: Path) -> None:
    world = northwind(tmp_path)
    correction = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "entry-corrected")
    elapsed = datetime.fromisoformat("2025-07-02T09:15") - datetime.fromisoformat("2025-06-03T14:20")

    found = figures_of(METRIC, world.view())

    assert round(Decimal(found[f"lag_hours {correction}"].value or 0), 3) == round(
        Decimal(int(elapsed.total_seconds())) / 3600, 3
    )
    assert found[f"grade {correction}"].words == "C"
    assert found[f"after_dispute {correction}"].value is False


def test_what_is_written_down_of_a_disputed_thing_while_the_dispute_is_open_is_marked(tmp_path: Path) -> None:
    world = northwind(tmp_path).at("2025-08-05T09:00")
    during = world.entry(world.record("milestone-delivered", milestone_id="M2"))
    other = world.entry(world.record("feedback-given", to=["c1"], text="You decide fast."))
    world.record("dispute-closed", dispute_id="D1", outcome="settled")
    after = world.entry(world.record("milestone-judged", milestone_id="M2", verdict="accepted", by="c1"))

    found = figures_of(METRIC, world.view())

    assert [found[f"after_dispute {entry}"].value for entry in (during, other, after)] == [True, False, False]


def test_every_entry_of_the_stream_has_its_figures_the_withdrawn_too(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at(NOW)
    slip = world.entry(world.record("feedback-given", to=["c1"], text="You decide fast."))
    world.record("entry-corrected", entry=slip, kind="withdraw", reason="never was")

    found = figures_of(METRIC, world.view())

    entries = [fact.entry.id for fact in world.facts() if fact.entry.stream.startswith("engagement/")]
    assert {figure.subject for figure in found.values()} == set(entries)
    assert len(found) == 3 * len(entries)
