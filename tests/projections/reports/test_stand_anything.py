"""Reports on delays, signatures and contemporaneity stand whatever was recorded, and the edges of time."""

from itertools import product
from pathlib import Path

from hypothesis import given, settings
from ledger_projections.reports import Asked, Report, report

from ledger import engagement
from ledger.calendars import default_calendar, instant
from ledger.journal import Reader
from ledger.names import read_stream
from tests.histories import LATER, Step, steps, told
from tests.views import World

REPORTS = ("delays", "signatures", "contemporaneity")
EDGES = ("0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")


def reports(reader: Reader, as_of: str) -> list[Report]:
    """Make the reports of every engagement of a ledger whose opening stands."""
    streams = [head.stream for head in reader.streams() if head.stream.startswith("engagement/")]
    opened = [stream.partition("/")[2] for stream in streams if engagement.fold(read_stream(reader, stream)).opened]
    asked = (
        Asked(*each, int(reader.head()), as_of, {"entries": "yes"}, private=True) for each in product(REPORTS, opened)
    )
    return [report(reader, each) for each in asked]


@given(steps)
@settings(max_examples=40, deadline=None)
def test_any_history_can_be_told_and_told_again(history: list[Step]) -> None:
    journal = told(history)

    assert reports(journal, LATER) == reports(journal, LATER)


def test_the_edges_of_time_can_be_told(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("policy-set", "practice", calendars=[default_calendar("Pacific/Kiritimati")], valid_from="2025-01-01")
    for number, (due, other) in enumerate([(EDGES[0], EDGES[3]), (EDGES[1], EDGES[2])], 1):
        name, at = f"M{number}", EDGES[0] if number % 2 else EDGES[2]
        world.record("milestone-agreed", milestone_id=name, due=due, title="\u202ekcatta", occurred=at)
        world.record("obligation-agreed", obligation_id=f"O{number}", kind="access", due=other, title="t", blocks=[name],
                     occurred=at)  # fmt: skip
        causes = [
            {"party": "provider", "from_on": EDGES[number % 2]},
            {"party": "unknown", "from_on": EDGES[1], "to_on": EDGES[1]},
        ]
        world.record("slip-foreseen", milestone_id=name, forecast=other, aware=at, occurred=at, causes=causes)
    world.record("work-started", basis="none", occurred=EDGES[0])
    world.record("work-recorded", from_on=EDGES[0], to_on=EDGES[1], days="1")

    made = reports(world.journal, instant(world.now))

    assert [len(each.sections) > 2 for each in made] == [True, True, True]
