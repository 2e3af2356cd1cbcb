"""M05: two dates, two acts, four rates, each over the milestones that were due by that date."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.metrics.on_time import METRIC

from tests.measuring import figures_of, values_of
from tests.views import HASH, World, northwind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ledger.drafts import Receipt

RATES = ("delivered_by_in_force", "delivered_by_baseline", "accepted_by_in_force", "accepted_by_baseline")


def _agreed(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-06", title="dress rehearsal")
    return world


def _delivered(world: World, at: str, name: str = "M1") -> Receipt:
    evidence = [{"sha256": HASH, "bytes": 1, "media_type": "text/plain"}]
    return world.at(at).record("milestone-delivered", milestone_id=name, evidence=evidence)


def _judged(world: World, at: str, verdict: str = "accepted", by: str = "c1") -> Receipt:
    return world.at(at).record("milestone-judged", milestone_id="M1", verdict=verdict, by=by)


def _moved(world: World, at: str, to: str, **data: Any) -> Receipt:
    told = {"from_due": "2025-06-06", "to_due": to, "agreed_by": "c1", "party": "client", **data}
    return world.at(at).record("milestone-rescheduled", milestone_id="M1", **told)


CASES: dict[str, tuple[Callable[[World], object], str, tuple[int | None, ...], int]] = {
    "not due yet": (lambda w: None, "2025-06-06T16:59", (None,) * 4, 0),
    "due at the close of the day": (lambda w: None, "2025-06-06T17:00", (0,) * 4, 1),
    "delivered before it was due: it counts once it is due": (
        lambda w: _delivered(w, "2025-06-03T10:00"), "2025-06-05T10:00", (None,) * 4, 0),
    "delivered at the last moment, and never accepted": (
        lambda w: _delivered(w, "2025-06-06T17:00"), "2025-06-09T10:00", (1, 1, 0, 0), 1),
    "delivered on the Sunday after, by date: that is not the Friday": (
        lambda w: w.at("2025-06-09T09:00").record("milestone-delivered", milestone_id="M1", occurred="2025-06-08"),
        "2025-06-09T10:00", (0, 0, 0, 0), 1),
    "delivered in time, accepted late": (
        lambda w: (_delivered(w, "2025-06-06T10:00"), _judged(w, "2025-06-09T10:00")), "2025-06-10T10:00", (1, 1, 0, 0), 1),
    "accepted in time": (
        lambda w: (_delivered(w, "2025-06-05T10:00"), _judged(w, "2025-06-06T10:00")), "2025-06-10T10:00", (1, 1, 1, 1), 1),
    "accepted without a word of its delivery": (
        lambda w: _judged(w, "2025-06-06T10:00"), "2025-06-10T10:00", (1, 1, 1, 1), 1),
    "accepted by somebody who may not": (
        lambda w: (_delivered(w, "2025-06-05T10:00"), _judged(w, "2025-06-06T10:00", by=w.person("planner", "client"))),
        "2025-06-10T10:00", (1, 1, 0, 0), 1),
    "rejected: that was no delivery": (
        lambda w: (_delivered(w, "2025-06-05T10:00"), _judged(w, "2025-06-06T10:00", "rejected")),
        "2025-06-10T10:00", (0, 0, 0, 0), 1),
    "rejected, and delivered again too late": (
        lambda w: (_delivered(w, "2025-06-05T10:00"), _judged(w, "2025-06-06T10:00", "rejected"),
                   _delivered(w, "2025-06-09T10:00")),
        "2025-06-10T10:00", (0, 0, 0, 0), 1),
    "moved by the client, and delivered by the new date": (
        lambda w: (_moved(w, "2025-06-04T10:00", "2025-06-13"), _delivered(w, "2025-06-12T10:00"),
                   _judged(w, "2025-06-13T10:00")),
        "2025-06-16T10:00", (1, 0, 1, 0), 1),
    "moved into the future: due by the date agreed first alone": (
        lambda w: _moved(w, "2025-06-04T10:00", "2025-06-13"), "2025-06-09T10:00", (None, 0, None, 0), 0),
    "moved once it had come too late": (
        lambda w: (_delivered(w, "2025-06-09T10:00"), _moved(w, "2025-06-10T10:00", "2025-06-13")),
        "2025-06-16T10:00", (0, 0, 0, 0), 1),
    "released": (
        lambda w: w.record("commitment-released", released="milestone:M1", reason="no longer needed", agreed_by="c1"),
        "2025-06-10T10:00", (None,) * 4, 0),
    "released, and delivered nonetheless: nobody was owed it any more": (
        lambda w: (w.at("2025-06-04T10:00").record("commitment-released", released="milestone:M1"),
                   _delivered(w, "2025-06-09T10:00")),
        "2025-06-10T10:00", (None,) * 4, 0),
    "released once it had come too late: it was late all the same": (
        lambda w: (_delivered(w, "2025-06-09T10:00"), w.record("commitment-released", released="milestone:M1")),
        "2025-06-10T10:00", (0, 0, 0, 0), 1),
    "of a version that is not in force": (
        lambda w: (w.draft(2), w.record("milestone-agreed", milestone_id="M2", due="2025-06-06", title="first night",
                                        agreement_version=2), _delivered(w, "2025-06-06T10:00")),
        "2025-06-10T10:00", (1, 1, 0, 0), 1),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "as_of", "rates", "n"), CASES.values(), ids=CASES)
def test_rates_of_one_milestone(
    tmp_path: Path, tell: Callable[[World], object], as_of: str, rates: tuple[int | None, ...], n: int
) -> None:
    world = _agreed(tmp_path)

    tell(world)

    assert values_of(METRIC, world.view(as_of)) == {**dict(zip(RATES, rates, strict=True)), "n": n}


def test_each_rate_has_its_own_n_and_the_entries_behind_it(tmp_path: Path) -> None:
    world = _agreed(tmp_path)
    for number in (2, 3):
        world.record("milestone-agreed", milestone_id=f"M{number}", due="2025-06-06", title="first night")
    _delivered(world, "2025-06-05T10:00", "M2")
    _moved(world, "2025-06-05T10:00", "2025-06-20")

    found = figures_of(METRIC, world.view("2025-06-10T10:00"))

    numbers: Mapping[str, tuple[object, int]] = {name: (figure.value, figure.n) for name, figure in found.items()}
    assert numbers == {
        "delivered_by_in_force": (Decimal("0.5"), 2),
        "delivered_by_baseline": (Decimal(1) / 3, 3),
        "accepted_by_in_force": (0, 2),
        "accepted_by_baseline": (0, 3),
        "n": (2, 2),
    }
    assert [fact.event.short_name for fact in found["delivered_by_in_force"].facts] == [
        "milestone-agreed",
        "milestone-agreed",
        "milestone-delivered",
        "milestone-agreed",
        "milestone-agreed",
    ]


def test_st1_is_not_delivered_by_either_date(tmp_path: Path) -> None:
    assert values_of(METRIC, northwind(tmp_path).view("2025-08-04T11:00")) == {**dict.fromkeys(RATES, 0), "n": 1}


def test_what_leaves_a_milestone_out_is_named(tmp_path: Path) -> None:
    world = _agreed(tmp_path)
    world.record("commitment-released", released="milestone:M1", reason="no longer needed", agreed_by="c1")

    figure = figures_of(METRIC, world.view("2025-06-10T10:00"))["delivered_by_in_force"]

    assert (figure.value, figure.n, figure.words) == (None, 0, "none yet")
    assert [fact.event.short_name for fact in figure.facts] == ["milestone-agreed", "commitment-released"]
