"""What a correction changes, on arbitrary histories: what stands on the corrected entry, and nothing else.

A row *stands on* the entries that it names. Beside them it may have changed with

    what governs all rows of a stream    policies and calendars, drafts and signatures, authorities, the close; disputes, which
                                         mark what is written down meanwhile; the openings, for every row
                                         says whose it is; and people, whose names and sides stand anywhere
    a signal's subject                   what cleared it was withdrawn, stands no more, and cannot be named
    the longest silence (M10)            names the two words around it, and is the longest among all words
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.log import Log
from ledger_projections.metrics import METRICS
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import READABLE
from ledger_projections.view import GOVERNING

from ledger.events import (
    AccountOpened,
    ActorAdded,
    AgreementDrafted,
    ContactAdded,
    DisputeClosed,
    DisputeRaised,
    EngagementOpened,
    EntryCorrected,
    Event,
)
from ledger.facts import Fact, in_effect
from ledger.journal import Reader
from ledger.names import read_stream
from ledger.replay import TODAY
from tests.cutting import Cut
from tests.histories import LATER, Step, Told, steps, told

BOOKS = {
    *("positions", "entries", "last_position", "updated_at", "updated_at_unix", "tombstone"),
    *("corrected_by", "entry_count", "last_entry", "last_recorded", "last_recorded_unix"),
}
"""The columns that tell how the record grew, not what it says."""
OF_THE_RECORD = {"M19", "P33"}
"""How entries were written down, and which claims were put right: of these a correction says something itself."""
AMONG_ALL = "M10"
GOVERNS = (
    *GOVERNING,
    AgreementDrafted,
    DisputeRaised,
    DisputeClosed,
    AccountOpened,
    EngagementOpened,
    ContactAdded,
    ActorAdded,
)
FIXED = settings(max_examples=60, deadline=None)

Key = tuple[object, ...]
Rows = Mapping[Key, Mapping[str, Any]]


@given(steps, st.data())
@FIXED
def test_a_row_that_a_correction_changes_stands_on_what_is_corrected(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    journal = told(taken)
    facts = {fact.entry.id: fact for stream in streams(journal) for fact in stream}
    corrections = [fact for fact in facts.values() if isinstance(fact.event, EntryCorrected)]
    if not corrections:
        return
    correction: Fact[Any] = data.draw(st.sampled_from(corrections))
    position, target = correction.entry.position, facts[correction.event.entry]

    before, after = (rows(Cut(journal, last)) for last in (position - 1, position))

    changed = {key for key in before.keys() | after.keys() if said(before.get(key)) != said(after.get(key))}
    named = {key for key in changed if {position, target.entry.position} & stood_on(before.get(key), after.get(key))}
    begun = {key for key in changed - before.keys() if is_about(after[key], target.event)}
    among = {key for key in changed if AMONG_ALL in key}
    assert isinstance(target.event, GOVERNS) or changed <= named | begun | among


@given(steps, st.integers(0, 40))
@FIXED
def test_what_is_withdrawn_and_reinstated_is_as_it_was(taken: Sequence[Step], which: int) -> None:
    history = Told()
    for step in (*taken, ("reinstate", which, 0)):
        history.take(step)
    head, before = history.journal.head(), rows(history.journal)

    for kind in ("withdraw", "reinstate"):
        history.take((kind, which, 0))
    after = rows(history.journal)

    assert {key: said(after.get(key)) for key in before} == {key: said(row) for key, row in before.items()}
    assert all(max(stood_on(after[key])) > head for key in after.keys() - before.keys())


@given(steps)
@FIXED
def test_figures_are_those_of_a_ledger_in_which_all_had_been_recorded_as_corrected(taken: Sequence[Step]) -> None:
    journal = told(taken)

    assert figures(Log(journal, journal.head(), as_corrected)) == figures(Log(journal, journal.head()))


def is_about(signal: Mapping[str, Any], event: Event) -> bool:
    """Return whether a row is a signal about a thing that *event* names."""
    return signal.get("subject", "").partition(":")[2] in event.data.values()


def as_corrected(facts: list[Fact[Event]]) -> list[Fact[Event]]:
    """Return what stands of *facts*, as if it had been recorded so at first."""
    return [fact._replace(corrections=()) for fact in in_effect(facts) if not isinstance(fact.event, EntryCorrected)]


def figures(log: Log) -> Sequence[object]:
    """Return every figure that is not about how something was recorded, with the entries it stands on."""
    views = [log.view(head.stream, LATER) for head in log.reader.streams()]
    return [
        (view.stream, metric.id, figure._replace(facts=()), [fact.entry.position for fact in figure.facts])
        for view in views
        for metric in METRICS
        if view.stream.partition("/")[0] in metric.streams and metric.id not in OF_THE_RECORD
        for figure in metric.figures(view)
    ]


def rows(reader: Reader) -> Rows:
    """Return every row of every table, by its table and its key."""
    made = snapshot(reader, TODAY, LATER, list(READABLE.values()))
    return {(name, *(row[column] for column in READABLE[name].key)): row for name, rows in made.items() for row in rows}


def said(row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return what a row says, without what tells how the record grew."""
    return row and {name: value for name, value in row.items() if name not in BOOKS}


def stood_on(*rows: Mapping[str, Any] | None) -> set[int]:
    """Return the positions of the entries that *rows* stand on."""
    return {position for row in rows if row for position in row.get("positions", [row.get("position")])}


def streams(journal: Reader) -> list[list[Fact[Event]]]:
    """Return the facts of every stream as recorded."""
    return [read_stream(journal, head.stream, texts=True) for head in journal.streams()]
