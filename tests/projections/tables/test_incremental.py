"""A row that an entry changes says so: its `last_position` is that entry's, so that incremental readers miss nothing."""

from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import start
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.table import Row, Table
from ledger_projections.tables import TABLES
from ledger_projections.view import View

from ledger import account, engagement, practice
from ledger.facts import Fact
from tests.afterwards import afterwards, parting
from tests.cutting import Cut, built, everything, opened
from tests.histories import LATER
from tests.reflecting import reflect
from tests.views import World, london, northwind

FIXED = "2025-06-25T12:00"
OURS = [
    (name, stream)
    for name, table in TABLES.items()
    for stream in ("engagement/northwind", "account/acme")
    if name not in {"entries", "calendars"} and stream.partition("/")[0] in table.streams
]


def busy(folder: Path) -> World:
    """Tell ST1, and beside it everything else that can change a row."""
    world = northwind(folder)
    world.record("cadence-agreed", cadence_id="weekly", kind="report", rrule="FREQ=WEEKLY", starts="2025-06-06T17:00",
                 calendar="default", occurred="2025-06-02")  # fmt: skip
    world.record("status-report-sent", cadence_id="weekly", to=["c1"], occurred=london("2025-06-20T09:00"))
    world.record("milestone-agreed", milestone_id="M3", due="2025-06-20", title="pilot", occurred="2025-06-02")
    world.record("milestone-rescheduled", milestone_id="M3", from_due="2025-06-20", to_due="2025-06-24", agreed_by="c3",
                 occurred="2025-06-10") if world.person("manager", "client") == "c3" else None  # fmt: skip
    late = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "milestone-rescheduled")
    world.grant("c3", "accept", granted_by="c1", ratifies=[late])
    world.record("slip-foreseen", milestone_id="M3", forecast="2025-07-01", aware=london("2025-06-12T09:00"))
    world.record("slip-averted", slip_id="S2", occurred=london("2025-06-16T09:00"))
    world.record("milestone-delivered", milestone_id="M3", occurred=london("2025-06-23T09:00"))
    world.record(
        "milestone-judged", milestone_id="M3", verdict="rejected", by="c3", occurred=london("2025-06-23T12:00")
    )
    told = world.entry(_news(world))
    world.record("communication-acknowledged", acknowledges=told, by="c1", occurred=london("2025-06-24T09:00"))
    world.record("milestone-rescheduled", milestone_id="M2", from_due="2025-06-27", to_due="2025-07-18", agreed_by="c1",
                 occurred=london("2025-06-24T12:00"))  # fmt: skip
    world.record("milestone-delivered", milestone_id="M2", occurred=london("2025-06-24T15:00"))
    _owing(world)
    _leaving(world)
    _asking(world)
    _standing_still(world)
    reflect(world)
    afterwards(world)
    parting(world)
    return world


def _news(world: World) -> Any:
    world.record("news-learned", polarity="bad", summary="gone", aware=london("2025-06-20T09:00"))
    world.record("news-reported", news_id="N1", to=["c1"], occurred=london("2025-06-23T08:00"))
    return world.record("news-reported", news_id="N1", to=["c1"], occurred=london("2025-06-20T11:00"))


def _owing(world: World) -> None:
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-06-12", title="keys", owner="c1",
                 occurred="2025-06-03")  # fmt: skip
    world.record("contact-made", kind="call", direction="outbound", purpose="chase", participants=["c1", "c2"],
                 about=["obligation:O1"], substance="where are the keys", occurred=london("2025-06-13T09:00"))  # fmt: skip
    world.record("obligation-delay-notified", obligation_id="O1", by="c1", occurred=london("2025-06-14T09:00"))
    world.record("obligation-fulfilled", obligation_id="O1", occurred=london("2025-06-17T09:00"))


def _leaving(world: World) -> None:
    world.grant("c1", "accept", granted=False, granted_by="c1")
    world.record(
        "preference-recorded", "account/acme", contact="c3", channel="call", detail_level="normal", source="asked"
    )
    world.record(
        "contact-departed", "account/acme", contact="c3", leaves_on="2025-06-24", aware=london("2025-06-13T09:00")
    )
    for subject in ("engagement/northwind", "account/acme"):
        world.record("contact-made", subject, kind="visit", direction="inbound", purpose="social", substance="a farewell",
                     participants=["c1", "c3", "c2"], minutes=30, occurred=london("2025-06-16T09:00"))  # fmt: skip
    world.record(
        "milestone-judged", milestone_id="M3", verdict="accepted", by="c3", occurred=london("2025-06-24T09:00")
    )


def _asking(world: World) -> None:
    for subject in ("engagement/northwind", "account/acme"):
        world.record("request-received", subject, from_contact="c3", kind="question", channel="call", text="when",
                     occurred=london("2025-06-10T09:00"))  # fmt: skip
        world.record("holding-reply-sent", subject, request_id="R1", channel="call", promised_by="2025-06-12", reason="away",
                     occurred=london("2025-06-10T12:00"))  # fmt: skip
        world.record("request-sent", subject, to=["c3"], kind="document", channel="email", text="the plan",
                     occurred=london("2025-06-11T09:00"))  # fmt: skip
        world.record("request-answered", subject, request_id="R1", channel="call", occurred=london("2025-06-13T09:00"))


def _standing_still(world: World) -> None:
    world.record("engagement-paused", by="client", reason="budget", occurred=london("2025-06-10T09:00"))
    world.record("engagement-resumed", by="client", occurred=london("2025-06-14T09:00"))
    world.record("cadence-agreed", cadence_id="reviews", kind="review", rrule="FREQ=WEEKLY", starts="2025-06-06T17:00",
                 calendar="default", occurred="2025-06-02")  # fmt: skip
    world.record("review-held", cadence_id="reviews", attendees=["c1", "c2"], scale={"min": "0", "max": "10"},
                 decision="continue", occurred=london("2025-06-13T10:00"))  # fmt: skip
    for cadence in ("reviews", "weekly"):
        world.record("commitment-released", released=f"cadence:{cadence}", occurred=london("2025-06-18T09:00"))


def known_up_to(facts: list[Fact[Any]], position: int, whole: View) -> View:
    """Return the view of the engagement as it was once the entry at *position* stood, at a fixed moment."""
    seen = [fact for fact in facts if fact.entry.position <= position]
    streams = {
        name: [f for f in seen if f.entry.stream.startswith(name)] for name in ("engagement", "account", "practice")
    }
    return whole.but(
        as_of=london(FIXED),
        find_engagements=lambda: [engagement.fold(streams["engagement"])],
        engagement=engagement.fold(streams["engagement"]) if whole.engagement else None,
        account=account.fold(streams["account"]),
        practice=practice.fold(streams["practice"]),
    )


def last_position(row: Row, floor: int) -> int:
    """Return what the runner writes."""
    corrections = (correction for fact in row.facts for correction in fact.corrections)
    return max(floor, *(fact.entry.position for fact in (*row.facts, *corrections)))


def keyed(table: Table, view: View) -> dict[Any, tuple[dict[str, Any], int]]:
    """Return the values and the `last_position` of each row by its key."""
    return {
        tuple(row.values[name] for name in table.key): (dict(row.values), last_position(row, view.floor))
        for row in table.rows(view)
    }


@pytest.mark.parametrize(("name", "stream"), OURS)
def test_a_row_that_an_entry_changes_carries_the_position_of_that_entry(tmp_path: Path, name: str, stream: str) -> None:
    world, table = busy(tmp_path), TABLES[name]
    facts, whole = sorted(world.facts(), key=lambda fact: fact.entry.position), world.view(stream=stream)

    silent, before = [], dict[Any, tuple[dict[str, Any], int]]()
    for fact in facts:
        position = fact.entry.position
        now = keyed(table, known_up_to(facts, position, whole))
        for key, (values, last) in now.items():
            if (key not in before or before[key][0] != values) and last != position:
                silent.append((position, fact.event.short_name, key))
        before = now

    assert silent == []


def test_a_busy_story_caught_up_entry_by_entry_is_the_one_made_from_nothing(tmp_path: Path) -> None:
    journal, tables = busy(tmp_path).journal, list(TABLES.values())
    db, projection, cut = opened(), StreamTables(tables), Cut(journal, 0)
    start(db, journal, tables, LATER)

    for cut.last in range(20, journal.head() + 1):
        refresh(db, cut, projection, LATER)

    made, whole = everything(db, tables), built(journal, tables, LATER)
    assert {name: rows for name, rows in made.items() if rows != whole[name]} == {}
