"""What is filed as it comes is what is filed of all at once: words of ours, contacts, what keeps a rhythm."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.alerts.policy import Quiet, breaking, silences
from ledger_projections.log import Log, Remembered
from ledger_projections.view import View

from ledger.drafts import Draft
from ledger.events import ClockCorrected, DisclosuresErased, EntryCorrected
from ledger.journal import Reader
from ledger.names import PRACTICE
from ledger.standing import on_day, spoken
from ledger.standing.rhythms import keeping
from ledger.standing.talk import first_meeting, last_with
from ledger.values import Position, Stream
from tests.histories import LATER, Step, read, steps, told
from tests.views import CALENDAR, World, london

NORTHWIND = Stream("engagement/northwind")
DAY = "2025-03-05"
CHANGING = {kind.stored_name for kind in (EntryCorrected, DisclosuresErased, ClockCorrected)}
"""What, in the practice, changes facts of any stream, so that all is forgotten; of the rest a view takes notice by itself."""
SAID: Any = {
    "kind": "meeting", "direction": "outbound", "purpose": "update", "participants": ["c1"], "substance": "how it goes"
}  # fmt: skip
BEGINS = datetime(2025, 3, 3, tzinfo=UTC)
times = st.integers(0, 40).map(lambda half_days: BEGINS + timedelta(hours=12 * half_days))
FIXED = settings(max_examples=25, deadline=None)


@given(steps, st.integers(1, 6))
@FIXED
def test_going_on_from_what_was_filed_finds_what_filing_anew_does(taken: Sequence[Step], stride: int) -> None:
    journal = told(taken)

    for here, anew in both(journal, stride):
        assert filed(here) == filed(anew)


def test_what_was_said_on_a_day_moves_with_the_agreement_that_comes_into_force(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.record("policy-set", "practice", calendars=[in_tokyo()], valid_from="2025-01-01")
    world.at("2025-03-06T08:00").record("contact-made", **SAID, occurred=london(f"{DAY}T12:00"))
    world.record("contact-made", **SAID, occurred=DAY)
    world.at("2025-03-06T09:00").draft(1, calendar="tokyo")
    world.sign(1, "provider", "c2", occurred="2025-03-03")
    world.sign(1, "client", "c1", occurred="2025-03-03")

    found = [(filed(here), filed(anew)) for here, anew in both(world.journal, 1)]

    assert all(here == anew for here, anew in found)
    assert [position for _, position in found[-1][0][0]] == [12, 11]
    assert [position for _, position in found[-2][0][0]] == [11, 12]


def test_it_moves_too_when_our_side_changes_its_calendar(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-03-06T08:00")
    world.record("contact-made", **SAID, occurred=london(f"{DAY}T12:00"))
    world.record("contact-made", **SAID, occurred=DAY)
    world.record("policy-set", "practice", calendars=[{**CALENDAR, "zone": "Asia/Tokyo"}], valid_from="2025-01-01")

    before, after = [(filed(here), filed(anew)) for here, anew in both(world.journal, 1)][-2:]

    assert before[0] == before[1]
    assert after[0] == after[1]
    assert [position for _, position in before[0][0]] == [position for _, position in after[0][0]][::-1]


def test_an_answer_that_stands_before_its_question_is_a_word_of_ours_from_then_on(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    asked: Any = {"request_id": "R1", "from_contact": "c1", "kind": "question", "channel": "call", "text": "when"}
    world.ledger.record(
        Draft("request-answered", NORTHWIND, {"request_id": "R1", "channel": "call"}),
        Draft("request-received", NORTHWIND, asked),
    )

    found = [spoken(here.standing, here.dialogue) for here, _ in both(world.journal, 1)]

    assert [len(words) for words in found[-2:]] == [1, 1]


@given(st.lists(times), st.lists(st.tuples(times, st.none() | times), max_size=3), st.integers(0, 9))
def test_silences_are_found_as_when_each_word_is_looked_at(
    said: list[datetime], spans: Sequence[tuple[datetime, datetime | None]], limit: int
) -> None:
    quiet = [Quiet(since, until, []) for since, until in spans]
    words: Any = [(when, None) for when in sorted(said)]

    assert [when for when, _ in breaking(words, quiet)] == one_by_one(sorted(said), spans)

    found = [(a[0], b and b[0]) for a, b in silences(breaking(words, quiet), timedelta(limit))]
    assert found == [
        (a, b)
        for a, b in pairwise([*one_by_one(sorted(said), spans), None])
        if a and (b is None or b - a >= timedelta(limit))
    ]


def one_by_one(said: Sequence[datetime], spans: Sequence[tuple[datetime, datetime | None]]) -> list[datetime]:
    """Return what was *said*, and when *spans* ended, that lies in none of them."""
    words = sorted([*said, *(until for _, until in spans if until)])
    return [
        when for when in words if not any(since <= when and (until is None or when < until) for since, until in spans)
    ]


def both(journal: Reader, stride: int) -> Iterator[tuple[View, View]]:
    """Yield each view of an engagement every *stride* entries: gone on with, and made anew."""
    log, opened = Remembered(journal, 0), set[Stream]()
    for stored in journal.since(Position(0), journal.head()):
        stream, said = Stream(str(read(stored)["subject"])), str(read(stored)["type"])
        opened.add(stream)
        log.advance(stored, stream)
        if stream == PRACTICE and said in CHANGING:
            log.forget()
        if stored.position % stride == 0 or stored.position == journal.head():
            for each in filter(lambda stream: stream.startswith("engagement/"), sorted(opened)):
                yield log.view(each, LATER), Log(journal, stored.position).view(each, LATER)


def filed(view: View) -> list[Any]:
    """Return all that is filed of the engagement of *view*, by positions."""
    known, state = view.standing, view.dialogue
    cadences = view.engagement.cadences.values() if view.engagement else ()
    words = [spoken(known, state), *(keeping(known, state, fact.event) for fact in cadences)]
    days = sorted({fact.when[:10] for fact in state.contacts_made})
    lasts = [last_with(known, state, contact) for contact in known.account.contacts]
    made = [*(on_day(known, state, day) for day in days), *([one] if one else [] for one in lasts)]
    first = first_meeting(known, state)
    return [
        *([(when, fact.entry.position) for when, fact in each] for each in words),
        *([fact.entry.position for fact in each] for each in made),
        first and first.entry.position,
    ]


def in_tokyo() -> Any:
    """Return a calendar that opens and closes before London does."""
    return {**CALENDAR, "calendar": "tokyo", "zone": "Asia/Tokyo"}
