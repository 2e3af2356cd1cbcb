"""The week folds each engagement once: what it says of both moments is what a replay of either alone says (domain 3.5, 3.7)."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cli.week.asked import OF, Week
from ledger_cli.week.standing import Standing, standing_of, weeks_of
from ledger_projections.metrics.silence import silence_now, silences_of
from ledger_projections.replaying.snapshot import Replayed, snapshot
from ledger_projections.replaying.twofold import Moment
from ledger_projections.tables import READABLE
from ledger_projections.view import View

from ledger.calendars import parse_instant
from ledger.journal import Reader
from ledger.replay import Replay
from ledger.standing import last_met
from ledger.testing.fakes import MemoryJournal
from ledger.values import Position
from tests.histories import LATER, Step, read, steps, told

FIXED = settings(max_examples=40, deadline=None)
ASKED = {"M01", "M02", "M05", "M06", "M07", "M09", "M11", "M12", "M15", "M17", "M18"}
OF_ACCOUNTS = {"M20", "P55"}


@given(steps, st.data())
@FIXED
def test_the_two_sides_of_a_week_are_two_replays(taken: Sequence[Step], data: st.DataObject) -> None:
    journal = told(taken)
    before, now = _moments(journal, data)

    then_alone, now_alone = (replayed(journal, moment) for moment in (before, now))

    expected = [(then_alone.get(name), stands) for name, stands in now_alone.items()]
    assert list(weeks_of(journal, before, now)) == expected


@given(steps, st.data())
@FIXED
def test_the_week_of_one_engagement_is_its_week_among_all(taken: Sequence[Step], data: st.DataObject) -> None:
    journal = told(taken)
    moments = _moments(journal, data)

    among = {stands.engagement: (then, stands) for then, stands in weeks_of(journal, *moments)}

    assert {name: next(weeks_of(journal, *moments, name)) for name in among} == among


@given(steps, st.data())
@FIXED
def test_the_figures_of_a_week_are_those_of_the_tables(taken: Sequence[Step], data: st.DataObject) -> None:
    journal = told(taken)
    _, moment = _moments(journal, data)
    rows = snapshot(journal, Replay(moment.known_on), moment.as_of, [READABLE["metrics"]])["metrics"]

    for view in _views(journal, moment):
        status = next(iter(READABLE["engagement_status"].rows(view)), None)
        for metric in sorted(ASKED | OF_ACCOUNTS) if status else ():
            of = (None, view.engagement.account) if view.engagement and metric in OF_ACCOUNTS else (_name(view),)
            mine = [
                row for row in rows if row["metric"] == metric and (row["engagement"], row["account"])[: len(of)] == of
            ]
            expected = [
                [row[name] for name in ("subject", "value", "words", "n")] for row in mine if row["value"] is not None
            ]
            week = Week(view, dict(status.values) if status else {})
            found = [[*row.values()] for name in OF[metric].meanings for row in week.figures(metric, name)]
            assert sorted(found, key=str) == sorted(expected, key=str)


@given(steps, st.data())
@FIXED
def test_when_they_last_spoke_is_the_newest_day_of_the_table(taken: Sequence[Step], data: st.DataObject) -> None:
    journal = told(taken)
    _, moment = _moments(journal, data)
    rows = snapshot(journal, Replay(moment.known_on), moment.as_of, [READABLE["contacts_daily"]])["contacts_daily"]

    for view in _views(journal, moment):
        days = sorted((row["level"], row["day"]) for row in rows if row["engagement"] == _name(view))
        assert last_met(view.standing, view.dialogue) == dict(days)


@given(steps, st.data())
@FIXED
def test_the_silence_of_now_is_the_last_of_all(taken: Sequence[Step], data: st.DataObject) -> None:
    journal = told(taken)
    _, moment = _moments(journal, data)

    for view in _views(journal, moment):
        silences = silences_of(view, parse_instant(moment.as_of))
        assert silence_now(view) == (silences[-1] if silences else None)


def replayed(reader: Reader, moment: Moment) -> dict[str, Standing]:
    """Return where each engagement stood at *moment*, from a replay that knows of no other."""
    stood = ((_name(view), standing_of(view)) for view in _views(reader, moment))
    return {name: standing for name, standing in stood if standing is not None}


def _views(reader: Reader, moment: Moment) -> list[View]:
    views = Replayed(reader, Replay(moment.known_on)).views(moment.as_of)
    return [view for view in views if view.engagement is not None]


def _name(view: View) -> str:
    return view.stream.partition("/")[2]


def _moments(journal: MemoryJournal, data: st.DataObject) -> tuple[Moment, Moment]:
    """Return an earlier and a later moment, each just after an entry; the later may be now."""
    positions = sorted(data.draw(st.integers(9, journal.head())) for _ in range(2))
    then, now = (_recorded(journal, position) for position in positions)
    later = Moment(None, LATER) if data.draw(st.booleans()) else Moment(now, now)
    return Moment(then, then), later


def _recorded(journal: MemoryJournal, position: int) -> str:
    stored = journal.at(Position(position))
    assert stored is not None
    return str(read(stored)["recordedtime"])
