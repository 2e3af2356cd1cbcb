"""A review is a row with the needs of both sides, on their scale and on 0 to 100 (P13, P38)."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from ledger_projections.tables.reviews import TABLE

from tests.views import World, london


def _review(world: World, **data: Any) -> str:
    told = {"attendees": ["c1", "c2"], "scale": {"min": "1", "max": "5"}, "decision": "continue", **data}
    return world.entry(world.record("review-held", **told))


def test_a_review_is_one_whole_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    world.record("cadence-agreed", cadence_id="quarterly", kind="review", rrule="FREQ=MONTHLY;INTERVAL=3",
                 starts="2025-06-02T10:00", calendar="default")  # fmt: skip
    _review(world, cadence_id="quarterly", needs_met_provider="4", needs_met_client="5",
            benefits={"provider": "a\x1b[2Jb", "client": "<b>speed</b>"}, occurred=london("2025-06-02T09:00"))  # fmt: skip

    (row,) = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "review": "V1",
        "cadence": "quarterly",
        "held_at": london("2025-06-02T09:00"),
        "decision": "continue",
        "attendees": '["c1","c2"]',
        "attendees_provider": 1,
        "attendees_client": 1,
        "attendees_names": "client sponsor and director",
        "scale_min": Decimal(1),
        "scale_max": Decimal(5),
        "needs_met_provider": Decimal(4),
        "needs_met_client": Decimal(5),
        "needs_met_provider_normalised": Decimal("75.000"),
        "needs_met_client_normalised": Decimal("100.000"),
        "benefits_provider": "a\x1b[2Jb",
        "benefits_client": "<b>speed</b>",
        "visibility": "shared",
    }


def test_a_review_without_scores_or_words_has_none(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    _review(world, attendees=["c2"])

    (row,) = world.rows(TABLE)

    shown = [row[name] for name in ("needs_met_client", "needs_met_client_normalised", "benefits_client", "cadence")]
    assert (shown, row["attendees_provider"], row["attendees_client"]) == ([None] * 4, 1, 0)


def test_a_corrected_score_moves_its_number(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    review = _review(world, needs_met_client="2")
    world.record("entry-corrected", entry=review, kind="amend", reason="misheard",
                 changes=[{"path": "data.needs_met_client", "before": '"2"', "after": '"3"'}])  # fmt: skip

    (row,) = world.rows(TABLE)

    assert (row["needs_met_client"], row["needs_met_client_normalised"]) == (Decimal(3), Decimal("50.000"))
