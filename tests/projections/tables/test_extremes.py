"""The first and the last days that can be written are folded like any other, in zones on either edge of the day."""

from itertools import product
from pathlib import Path

import pytest
from ledger_projections.sentences import what
from ledger_projections.tables import TABLES
from ledger_projections.wording import moment_words

from ledger.calendars import Calendar, default_calendar
from ledger.events.practice import LARGEST
from tests.views import World

DAYS = ("0001-01-01", "9999-12-31")
INSTANTS = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")


def test_every_table_and_every_sentence_stands_the_edges_of_time(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("policy-set", "practice", calendars=[default_calendar("Pacific/Kiritimati")], valid_from="2025-01-01")
    for number, (due, forecast) in enumerate(product(DAYS + INSTANTS, repeat=2), 1):
        name = f"M{number}"
        world.record(
            "milestone-agreed", milestone_id=name, due=due, title=name, occurred=(DAYS[0], INSTANTS[0])[number % 2]
        )
        world.record("slip-foreseen", milestone_id=name, forecast=forecast, aware=DAYS[0], occurred=DAYS[0])
        world.record(
            "slip-reported",
            milestone_id=name,
            forecast=forecast,
            to=["c1"],
            occurred=INSTANTS[0] if number % 2 else None,
        )
        world.record("milestone-rescheduled", milestone_id=name, from_due=due, to_due=forecast, agreed_by="c1")
    for cadence, starts in (("first", "0001-01-01T00:00"), ("last", "9999-12-31T23:59")):
        world.record("cadence-agreed", cadence_id=cadence, kind="report", rrule="FREQ=YEARLY;INTERVAL=100",
                     starts=starts, calendar="default")  # fmt: skip
    far = [{"policy": policy, "value": str(LARGEST)} for policy in ("slip_notice_bh", "due_next_bd", "silence_bd")]
    world.record("policy-set", "practice", policies=far, valid_from="2025-01-01")
    world.signed(1, notices=[{"on": "slip", "within_bh": "999999999999999"}])
    view = world.view()

    counts = [len(list(table.rows(view))) for table in TABLES.values()]
    words = [what(fact, view) for fact in view.state.history]

    assert (all(counts[:1]), all(words)) == (True, True)


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        ("America/Los_Angeles", "0001-01-01T00:00:00.000000Z", "1 Jan 0001 00:00"),
        ("Pacific/Kiritimati", "9999-12-31T23:59:59.999999Z", "31 Dec 9999 23:59"),
        ("Pacific/Kiritimati", "2025-06-06T20:00:00.000000Z", "7 Jun 2025 10:00"),
    ],
)
def test_a_moment_is_said_in_the_zone_of_its_calendar_or_in_utc_at_the_edges(
    zone: str, moment: str, words: str
) -> None:
    assert moment_words(moment, Calendar.parse(default_calendar(zone))) == words
