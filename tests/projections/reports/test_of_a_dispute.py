"""What the reports on delays and contemporaneity say for programs, of ST1 and of what is private."""

from pathlib import Path
from typing import Any

from ledger_projections.reports import Asked, Report, report

from ledger.calendars import instant
from tests.views import World, london, northwind


def made(world: World, name: str, *, private: bool = False) -> Report:
    stream = next(head.stream for head in world.journal.streams() if head.stream.startswith("engagement/"))
    asked = Asked(name, stream.partition("/")[2], int(world.journal.head()), instant(world.now), private=private)
    return report(world.journal, asked)


def lines(found: Report, heading: str) -> list[dict[str, Any]]:
    section = next(section for section in found.sections if section.heading.startswith(heading))
    return [dict(line.values) for line in section.rows]


def test_the_correction_of_st1_came_after_28_79_days_and_has_grade_c(tmp_path: Path) -> None:
    (row,) = lines(made(northwind(tmp_path), "contemporaneity"), "Corrections")

    assert (row["n"], row["C"], row["median_lag_hours"]) == (1, 1, "690.917")


def test_a_cause_that_is_private_is_in_no_set_of_a_report_that_may_not_show_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-06", title="pilot")
    causes = [{"party": "provider", "from_on": "2025-06-09", "to_on": "2025-06-10"}]
    slip = world.entry(
        world.record("slip-foreseen", milestone_id="M1", forecast="2025-06-20", aware="2025-06-02", causes=causes)
    )
    change = {"path": "visibility", "before": '"shared"', "after": '"private"'}
    world.record("entry-corrected", entry=slip, kind="amend", reason="counsel", changes=[change])
    world.at("2025-06-12T12:00").record("milestone-delivered", milestone_id="M1", occurred=london("2025-06-11T12:00"))

    found = [lines(made(world, "delays", private=private), "Days late")[0] for private in (False, True)]

    assert [(row["window_bd"], row["own_only_bd"], row["unattributed_bd"]) for row in found] == [(3, 0, 3), (3, 2, 1)]
