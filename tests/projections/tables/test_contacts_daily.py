"""How often, how and at which level the two sides spoke, by day (P29, P30, M13)."""

from pathlib import Path
from typing import Any

from ledger_projections.readmodel.store import current
from ledger_projections.tables.contacts_daily import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

COUNTS = ("contacts", "minutes", "timed", "participations", "substantive")


def speak(world: World, at: str, *people: str, subject: str = "engagement/northwind", **data: Any) -> Receipt:
    said = {"kind": "call", "direction": "outbound", "purpose": "update", "substance": "where we are now", **data}
    return world.record(
        "contact-made", subject, participants=[*people], occurred=at if "T" not in at else london(at), **said
    )


def opened(folder: Path) -> World:
    """Begin with a sponsor (c1) and a colleague of theirs (c4), both senior, a manager (c3), and us (c2)."""
    world = World(folder).begin().at("2025-06-02T08:00")
    for role, level in (("manager", "manager"), ("colleague", "senior")):
        world.record("contact-added", "account/acme", side="client", level=level, name=role, role=role)
    return world.at("2025-06-13T18:00")


def counted(world: World, *group: str, stream: str = "engagement/northwind") -> dict[tuple[str, ...], list[int]]:
    """Return the numbers of each row by the columns of *group*."""
    return {
        tuple(row[name] for name in group): [row[name] for name in COUNTS] for row in world.rows(TABLE, stream=stream)
    }


def test_the_contacts_of_a_day_are_counted_by_kind_direction_and_level(tmp_path: Path) -> None:
    world = opened(tmp_path)
    speak(world, "2025-06-03T10:00", "c1", "c2", minutes=30)
    speak(world, "2025-06-03T15:00", "c1", "c4", "c3", "c2", minutes=45)
    speak(world, "2025-06-03T16:00", "c2", "c1", substantive=False)
    speak(world, "2025-06-03T16:30", "c1", "c2", direction="inbound", minutes=5)
    speak(world, "2025-06-04T10:00", "c3", "c2", kind="meeting", minutes=60)

    assert counted(world, "day", "kind", "direction", "level") == {
        ("2025-06-03", "call", "outbound", "senior"): [3, 75, 2, 4, 3],
        ("2025-06-03", "call", "outbound", "manager"): [1, 45, 1, 1, 1],
        ("2025-06-03", "call", "inbound", "senior"): [1, 5, 1, 1, 1],
        ("2025-06-04", "meeting", "outbound", "manager"): [1, 60, 1, 1, 1],
    }


def test_a_contact_at_which_nobody_of_the_client_was_named_has_no_level(tmp_path: Path) -> None:
    world = opened(tmp_path)
    speak(world, "2025-06-03T10:00", "c2", minutes=10)
    speak(world, "2025-06-03T11:00")

    assert counted(world, "level") == {("none",): [2, 10, 1, 0, 0]}


def test_somebody_named_twice_took_part_once(tmp_path: Path) -> None:
    world = opened(tmp_path)
    speak(world, "2025-06-03T10:00", "c1", "c1", "c2")

    assert counted(world, "level") == {("senior",): [1, 0, 0, 1, 1]}


def test_a_prospect_is_an_existing_client_from_the_second_signature_on(tmp_path: Path) -> None:
    world = opened(tmp_path).at("2025-06-04T12:00").signed(1)
    world.at("2025-06-13T18:00")
    speak(world, "2025-06-04T11:59", "c1", "c2")
    speak(world, "2025-06-04T12:00", "c1", "c2")
    speak(world, "2025-06-03T12:00", "c1", "c2", subject="account/acme")

    assert counted(world, "relation") == {("prospect",): [1, 0, 0, 1, 1], ("existing",): [1, 0, 0, 1, 1]}
    assert counted(world, "relation", stream="account/acme") == {("account",): [1, 0, 0, 1, 1]}


def test_the_day_is_that_of_the_calendar(tmp_path: Path) -> None:
    world = opened(tmp_path)
    speak(world, "2025-06-04T00:30", "c1", "c2")
    speak(world, "2025-06-05", "c1", "c2")

    assert set(counted(world, "day")) == {("2025-06-04",), ("2025-06-05",)}


def test_a_contact_changes_the_rows_of_its_day_alone(tmp_path: Path) -> None:
    world = opened(tmp_path)
    for day in ("03", "04", "05"):
        speak(world, f"2025-06-{day}T10:00", "c1", "c2")
    files, as_of = (tmp_path / "ledger.db", tmp_path / "projections.db"), london("2025-06-14T12:00")
    with current(*files, as_of):
        pass
    before = world.journal.head()
    speak(world, "2025-06-04T11:00", "c1", "c2")

    with current(*files, as_of) as tables:
        rows = tables.rows("contacts_daily", order="day")

    assert [(row["day"], row["contacts"], row["last_position"] > before) for row in rows] == [
        ("2025-06-03", 1, False), ("2025-06-04", 2, True), ("2025-06-05", 1, False)]  # fmt: skip


def test_a_contact_that_is_withdrawn_leaves_a_tombstone(tmp_path: Path) -> None:
    world = opened(tmp_path)
    entry = world.entry(speak(world, "2025-06-04T11:00", "c1", "c2"))
    world.record("entry-corrected", entry=entry, kind="withdraw", reason="it was another client")

    with current(tmp_path / "ledger.db", tmp_path / "projections.db", london("2025-06-14T12:00")) as tables:
        shown, kept = tables.rows("contacts_daily"), tables.rows("contacts_daily", tombstones=True)

    assert (shown, [row["day"] for row in kept]) == ([], ["2025-06-04"])
