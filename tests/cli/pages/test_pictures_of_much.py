"""Pictures of a long engagement: no more is drawn than can be looked at, the newest or the worst; the table has all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from ledger_cli.picturing.charts import chart
from ledger_cli.picturing.drawing import drawn
from ledger_cli.picturing.spec import NARROW

from tests.cli.pages.test_picture_charts import marks
from tests.pictured import happened, heard
from tests.projections.pictures.test_of_an_engagement import seen
from tests.views import World, london

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.pictures import Picture

MUCH = 23
DRAWN = {"milestones": 20, "delays": 20, "news": 20, "cadences": 30, "gaps": 12, "contacts": 12, "satisfaction": 8}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Picture]:
    """Return the pictures of ten months."""
    world = World(tmp_path_factory.mktemp("much")).begin().signed(1).at("2025-12-19T18:00")
    for number in range(1, MUCH + 1):
        due = {"due": f"2025-04-{number + 1:02}", "agreement_version": 1, "title": f"part {number}"}
        happened(world, "2025-03-04T09:00", "milestone-agreed", milestone_id=f"M{number}", **due)
        aware = london(f"2025-05-{number:02}T09:00")
        world.record("news-learned", polarity="bad", aware=aware, summary=f"piece {number}")
        day = date(2025, 3, 4) + timedelta(days=14 * (number - 1))
        made = {"kind": "call", "direction": "outbound", "purpose": "update", "participants": ["c1", "c2"]}
        if day < date(2025, 12, 19):
            happened(world, f"{day}T10:00", "contact-made", substance="how it goes", **made)
    for number in range(8):
        heard(world, number % 7, f"wave-{number}", 9, "as told")
    weekly = {"kind": "report", "rrule": "FREQ=WEEKLY;BYDAY=FR", "starts": "2025-03-07T17:00", "calendar": "default"}
    happened(world, "2025-03-04T09:00", "cadence-agreed", cadence_id="weekly", agreement_version=1, **weekly)
    return seen(world)


@pytest.mark.parametrize("name", list(DRAWN))
def test_no_more_is_drawn_than_can_be_looked_at(shown: Mapping[str, Picture], name: str) -> None:
    section = shown[name].section
    told = [row for row in section.rows if row.values]

    svg = drawn(chart(shown[name], NARROW), name)

    assert len(told) == DRAWN[name]
    assert {link.get("href") for link in marks(svg)} <= {f"#e{row.entries[0]}" for row in told}
    assert len(section.rows) >= len(told)


def test_of_a_rhythm_the_newest_times_are_drawn(shown: Mapping[str, Picture]) -> None:
    rows = shown["cadences"].section.rows

    assert [bool(row.values) for row in rows] == [False] * (len(rows) - 30) + [True] * 30


def test_of_contacts_the_last_twenty_weeks_are_drawn(shown: Mapping[str, Picture]) -> None:
    weeks = sorted({str(row.values["week"]) for row in shown["contacts"].section.rows if row.values})

    assert date.fromisoformat(weeks[-1]) - date.fromisoformat(weeks[0]) < timedelta(weeks=20)
    assert any(not row.values for row in shown["contacts"].section.rows)
