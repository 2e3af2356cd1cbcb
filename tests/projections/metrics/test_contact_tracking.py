"""M13: contacts of the last thirty days by kind, direction and level, and who begins them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.contact_tracking import METRIC
from ledger_projections.tables.contacts_daily import TABLE

from tests.measuring import figures_of, values_of
from tests.views import World, london


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a world on 14 November in which c1 is a senior, c3 an executive, c4 another senior of the client."""
    world = World(tmp_path).begin()
    for level in ("executive", "senior"):
        world.record("contact-added", "account/acme", side="client", level=level, name=level, role=level)
    return world.at("2025-11-14T11:00")


def speak(world: World, at: str, *who: str, subject: str = "engagement/northwind", **data: Any) -> object:
    said = {"kind": "call", "direction": "outbound", "purpose": "update", "substance": "went through the plan", **data}
    return world.record("contact-made", subject, occurred=at, participants=["c2", *(who or ("c1",))], **said)


def test_contacts_of_all_kinds_are_counted_apart(world: World) -> None:
    speak(world, london("2025-11-10T10:00"), minutes=30)
    speak(world, london("2025-11-11T10:00"), minutes=15)
    speak(world, london("2025-11-11T15:00"), direction="inbound", kind="meeting", minutes=60)
    speak(world, london("2025-11-12T10:00"), kind="email")

    found = figures_of(METRIC, world.view())

    assert {name: (one.value, one.n) for name, one in found.items()} == {
        "contacts_30d": (4, 4),
        "minutes_30d": (105, 3),
        "contacts_30d call outbound senior": (2, 2),
        "minutes_30d call outbound senior": (45, 2),
        "contacts_30d email outbound senior": (1, 1),
        "minutes_30d email outbound senior": (0, 0),
        "contacts_30d meeting inbound senior": (1, 1),
        "minutes_30d meeting inbound senior": (60, 1),
        "initiation": (Decimal("0.75"), 4),
    }


def test_a_contact_counts_once_for_each_level_and_once_in_all(world: World) -> None:
    speak(world, london("2025-11-10T10:00"), "c1", "c3", "c4", minutes=30)
    speak(world, london("2025-11-10T11:00"), "c2")

    values = values_of(METRIC, world.view())

    assert {name.removeprefix("contacts_30d "): value for name, value in values.items() if "contacts_30d" in name} == {
        "contacts_30d": 2, "call outbound executive": 1, "call outbound none": 1, "call outbound senior": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("at", "counted"),
    [("2025-10-15", 0), ("2025-10-15T23:59", 0), ("2025-10-16T00:00", 1), ("2025-10-16", 1), ("2025-11-14T10:00", 1)],
)
def test_thirty_days_are_today_and_the_twenty_nine_before(world: World, at: str, counted: int) -> None:
    speak(world, london(at) if "T" in at else at)

    values = values_of(METRIC, world.view())

    assert (values["contacts_30d"], values["initiation"]) == (counted, 1)


def test_an_account_has_its_own_contacts_and_those_of_its_engagements(world: World) -> None:
    speak(world, london("2025-11-10T10:00"))
    speak(world, london("2025-11-11T10:00"), subject="account/acme", direction="inbound")

    ours, all_of = (values_of(METRIC, world.view(stream=stream)) for stream in ("engagement/northwind", "account/acme"))

    assert (ours["contacts_30d"], ours["initiation"]) == (1, 1)
    assert (all_of["contacts_30d"], all_of["initiation"]) == (2, Decimal("0.5"))


def test_its_counts_are_sums_of_the_table(world: World) -> None:
    for day, who in ((1, "c1"), (3, "c3"), (3, "c1"), (9, "c4"), (14, "c1")):
        speak(world, london(f"2025-11-{day:02}T09:00"), who, minutes=day)

    values = values_of(METRIC, world.view())

    for level in ("executive", "senior"):
        rows = [row for row in world.rows(TABLE) if row["level"] == level]
        assert values[f"contacts_30d call outbound {level}"] == sum(row["contacts"] for row in rows)
        assert values[f"minutes_30d call outbound {level}"] == sum(row["minutes"] for row in rows)


def test_without_a_contact_there_is_nothing_to_tell(world: World) -> None:
    found = figures_of(METRIC, world.view())

    assert {name: (one.value, one.n, one.words) for name, one in found.items()} == {
        "contacts_30d": (0, 0, ""),
        "minutes_30d": (0, 0, ""),
        "initiation": (None, 0, "none yet"),
    }
