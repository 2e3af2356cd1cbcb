"""Feedback: a row for each score, on its own scale and on 0 to 100 (M11)."""

from decimal import Decimal
from pathlib import Path

import pytest
from ledger_projections.tables.feedback import TABLE

from ledger.standing import normalised
from tests.views import World


def test_each_score_of_each_respondent_has_a_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    for who, trust, pace in (("c1", "8", "6.5"), ("c2", "10", "0")):
        world.record("feedback-received", wave="w1", from_contact=who, scale={"min": "0", "max": "10"}, solicited=True,
                     scores=[{"dimension": "trust", "score": trust}, {"dimension": "pace", "score": pace}])  # fmt: skip

    rows = [(row["respondent"], row["dimension"], str(row["normalised"])) for row in world.rows(TABLE)]

    assert rows == [
        ("c1", "trust", "80.000"), ("c1", "pace", "65.000"), ("c2", "trust", "100.000"), ("c2", "pace", "0.000")]  # fmt: skip


@pytest.mark.parametrize(
    ("score", "lowest", "highest", "expected"),
    [
        ("1", "1", "5", "0"),
        ("5", "1", "5", "100"),
        ("4", "1", "5", "75"),
        ("0", "-3", "3", "50"),
        ("2", "1", "4", "33.333"),
    ],
)
def test_a_score_is_brought_to_0_to_100(score: str, lowest: str, highest: str, expected: str) -> None:
    assert normalised(Decimal(score), {"min": lowest, "max": highest}) == Decimal(expected)
