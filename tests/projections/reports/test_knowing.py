"""The reports on who knew, on any history: they never fail, say nothing that no entry says, and point to what they say."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.reports import Asked, Section, Source
from ledger_projections.reports.notices import in_order, notices_section, totals_section
from ledger_projections.reports.who_first import first_section
from ledger_projections.reports.who_knew import knew_sections, summary_section

from ledger.calendars import instant, parse_instant
from ledger.errors import Refused
from ledger.journal import Reader
from ledger.standing import Knowledge, knowledge_of
from tests.histories import LATER, Step, steps, told
from tests.projections.replaying.test_replay_laws import OF_ANY_TIME, recorded
from tests.views import World, london

HISTORIES = settings(max_examples=15, deadline=None)
KINDS = ("slip", "news", "obligation", "request", "concern", "version", "dispute")


@given(steps, st.none() | st.integers(2, 20).map(lambda day: f"2025-06-{day:02}T12:00:00.000000Z"))
@HISTORIES
def test_any_history_can_be_told_and_points_to_what_it_says(taken: Sequence[Step], known_on: str | None) -> None:
    for source in sources(told(taken), known_on):
        rows = [row for section in sections(source) for row in section.rows]

        assert all(set(row.entries) <= set(source.trail) for row in rows)
        assert {len(row.cells) for row in notices_section(source).rows} <= {8}


@given(steps)
@HISTORIES
def test_every_notice_is_counted_once_by_its_clause(taken: Sequence[Step]) -> None:
    for source in sources(told(taken)):
        notices = in_order(source)

        counted = [row.cells[1:] for row in totals_section(notices).rows]

        assert sum(int(cells[0]) for cells in counted) == len(notices)
        assert all(sum(map(int, cells[1:])) == int(cells[0]) for cells in counted)


@given(steps)
@HISTORIES
def test_whoever_is_asked_about_a_moment_before_any_entry_speaks_of_nobody_knew(taken: Sequence[Step]) -> None:
    for source in sources(told(taken)):
        for knowledge in map(partial(knowledge_of, source.known), refs(source)):
            aware = [knowledge.span(said).first for said in knowledge.of("aware")]
            before = instant(min(aware, default=parse_instant(LATER)) - timedelta(microseconds=1))
            then, later = (knew_by(source, knowledge, until) for until in (before, LATER))

            assert set(then) <= {"no"}
            assert later.count("yes") == len([answer for answer in later if answer != "no"])


@given(steps, st.data())
@HISTORIES
def test_what_was_known_then_of_who_knew_is_what_the_ledger_said_when_it_ended_there(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    journal = told([step for step in taken if step[0] not in OF_ANY_TIME])
    then = recorded(journal, data.draw(st.integers(2, journal.head())))
    last = max(number for number in range(1, journal.head() + 1) if recorded(journal, number) <= then)

    replayed = by_engagement(sources(journal, then, as_of=then, private=True))
    cut = by_engagement(sources(journal, as_of=then, private=True, position=last))

    both = replayed.keys() & cut.keys()  # one whose opening was withdrawn since is not reported on
    assert [replayed[name] for name in sorted(both)] == [cut[name] for name in sorted(both)]


def test_entries_that_are_withheld_leave_no_trace(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T12:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", aware=london("2025-06-02T09:00"))
    told_them = world.record("slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c1"])
    world.record("entry-corrected", entry=world.entry(told_them), kind="amend", reason="a draft",
                 changes=[{"path": "visibility", "before": '"shared"', "after": '"private"'}])  # fmt: skip
    as_of = london("2025-06-10T12:00")

    both = [source for private in (False, True) for source in sources(world.journal, as_of=as_of, private=private)]

    rows = [[row for section in knew_sections(source, "slip:S1") for row in section.rows] for source in both]
    assert [any(told_them.position in row.entries for row in each) for each in rows] == [False, True]
    assert [notices_section(source).rows[0].values["state"] for source in both] == ["not given", "in time"]


def sources(
    journal: Reader,
    known_on: str | None = None,
    *,
    as_of: str = LATER,
    private: bool = False,
    position: int | None = None,
) -> list[Source]:
    """Return a source for each engagement that was opened, in the first entries up to *position*, by *known_on*."""
    found = []
    for head in list(journal.streams()):
        kind, _, name = head.stream.partition("/")
        if kind == "engagement":
            asked = Asked("who-knew", name, position or int(journal.head()), as_of, {}, known_on, private=private)
            with suppress(Refused):  # it was opened later, or its opening was withdrawn
                source = Source(journal, asked)
                if source.known.engagement.opened:
                    found.append(source)
    return found


def by_engagement(found: Sequence[Source]) -> dict[str, list[object]]:
    """Return what programs are told of each engagement."""
    return {source.asked.engagement: said(source) for source in found}


def refs(source: Source) -> list[str]:
    """Return some things, and the first two entries."""
    state = source.known.engagement
    things = [f"{kind}:{name}" for kind in KINDS for name in state.things.get(kind, {})][:6]
    return [*things, *(f"entry:{entry}" for entry in list(state.facts)[:2])]


def sections(source: Source) -> Iterator[Section]:
    """Yield all there is to say of each of them, and which of two was first."""
    there = refs(source)
    for ref in there:
        yield from knew_sections(source, ref)
        yield first_section(source, ref, there[0])


def said(source: Source) -> list[object]:
    """Return what programs are told by all sections."""
    return [row.values for section in (*sections(source), notices_section(source)) for row in section.rows]


def knew_by(source: Source, knowledge: Knowledge, until: str) -> list[object]:
    """Return whether each side and person knew *until* then, by either's word."""
    source.asked = source.asked._replace(options={"on": until})
    return [row.values["knew_by"] for row in summary_section(source, knowledge).rows]
