"""A dispute is a row for each of its items, with what either side holds (M19)."""

from pathlib import Path

from ledger_projections.tables.disputes import TABLE

from tests.views import World, london


def _dispute(world: World) -> World:
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    world.record("dispute-raised", raised_by="client", claims=[{"item_id": "late", "text": "two weeks\x1b[0m late"}],
                 items=[{"item_id": "late", "about": ["milestone:M1"]}, {"item_id": "fee", "about": []}])  # fmt: skip
    return world


def test_an_item_is_one_whole_row(tmp_path: Path) -> None:
    world = _dispute(World(tmp_path).begin().at("2025-06-02T09:00"))
    for day, side, position in (
        ("03", "provider", "on time"),
        ("04", "client", "late"),
        ("05", "provider", "by a day"),
    ):
        world.at(f"2025-06-{day}T09:00").record("position-stated", dispute_id="D1", item_id="late", stated_by=side,
                                                position=position)  # fmt: skip
    world.at("2025-06-06T09:00").record("dispute-closed", dispute_id="D1", outcome="settled", terms="half each")

    row, other = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "dispute": "D1",
        "item": "late",
        "state": "closed",
        "raised_by": "client",
        "raised_at": london("2025-06-02T09:00"),
        "about": '["milestone:M1"]',
        "claim": "two weeks\x1b[0m late",
        "provider_stated_at": london("2025-06-05T09:00"),
        "provider_position": "by a day",
        "client_stated_at": london("2025-06-04T09:00"),
        "client_position": "late",
        "closed_at": london("2025-06-06T09:00"),
        "outcome": "settled",
        "terms": "half each",
        "visibility": "shared",
    }
    assert (other["item"], other["claim"], other["provider_position"], other["state"]) == ("fee", None, None, "closed")


def test_a_position_is_stated_on_its_item_alone(tmp_path: Path) -> None:
    world = _dispute(World(tmp_path).begin().at("2025-06-02T09:00"))
    world.record("position-stated", dispute_id="D1", item_id="fee", stated_by="client", position="too much")

    states = {row["item"]: row["state"] for row in world.rows(TABLE)}

    assert states == {"late": "raised", "fee": "positions stated"}


def test_a_dispute_that_names_no_item_has_a_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.record("dispute-raised", raised_by="provider", items=[])

    (row,) = world.rows(TABLE)

    assert (row["dispute"], row["item"], row["about"], row["state"]) == ("D1", None, "[]", "raised")
