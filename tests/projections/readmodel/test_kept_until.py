"""What is kept holds until the very moment at which time makes it another, in zones far from UTC too (ADR 22)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.portfolio.gathered import Gathered, midnight
from ledger_projections.readmodel.filling import fill

from ledger.calendars import default_calendar, instant
from tests.brought import NEGLECTED, Portfolio, Step, steps
from tests.cutting import opened
from tests.histories import Told
from tests.projections.readmodel.test_kept_over_all import ALL, anew, kept_for, over_all

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.testing.fakes import MemoryJournal

FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "Asia/Kathmandu", "Africa/Cairo", "Europe/London")
zones = st.tuples(st.sampled_from(FAR), st.sampled_from(FAR))
EVALUATED = "2025-03-12T12:00:00.000000Z"
before = st.timedeltas(timedelta(microseconds=1), timedelta(hours=27))


class Far(Portfolio):
    """A portfolio whose engagements count their days in two zones."""

    def __init__(self, ours: str, theirs: str) -> None:
        super().__init__()
        first: Any = default_calendar(ours, years=[2025])
        second: Any = {**default_calendar(theirs, years=[2025]), "calendar": "theirs"}
        self.record("policy-set", "practice", {"calendars": [first, second], "valid_from": "2025-01-01"})

    def record(self, kind: str, subject: str, data: Mapping[str, JSON], days: int = 0, *, aware: bool = False) -> None:
        """Record one event; the engagements of one client are agreed in the calendar of theirs."""
        if kind == "agreement-drafted" and int(subject[-1]) % 2:
            data = {**data, "calendar": "theirs"}
        super().record(kind, subject, data, days, aware=aware)


@given(steps, zones, before, st.data())
@settings(max_examples=60, deadline=None)
def test_looks_before_and_at_a_moment_that_changes_rows_find_those_made_anew(
    taken: Sequence[Step], where: tuple[str, str], earlier: timedelta, data: st.DataObject
) -> None:
    db = opened()
    fill(db, told(taken, where), ALL, EVALUATED)
    edges = sorted(set(changing(db)))
    for edge in data.draw(st.lists(st.sampled_from(edges), min_size=1, max_size=4)):
        for at in (moved(edge, -earlier), moved(edge, -timedelta(microseconds=1)), edge):
            assert over_all(db, at) == anew(db, at)
    db.close()


@given(steps, zones, before, st.data())
@settings(max_examples=40, deadline=None)
def test_it_holds_until_a_row_says_so_or_a_day_begins_in_a_zone_of_the_rows(
    taken: Sequence[Step], where: tuple[str, str], earlier: timedelta, data: st.DataObject
) -> None:
    db = opened()
    fill(db, told(taken, where), ALL, EVALUATED)
    since, until = kept_for(db, moved(data.draw(st.sampled_from([*changing(db)])), -earlier))

    assert since < until
    assert until in said(db) or any(day_begins(until, zone) for zone in ("UTC", *in_force(db)))
    assert kept_for(db, moved(until, -timedelta(microseconds=1))) == (since, until)
    assert kept_for(db, until)[0] == until
    db.close()


def test_a_client_is_neglected_from_the_very_moment_that_the_row_of_the_talk_says() -> None:
    db = opened()
    fill(db, told([("later", 10, 0), ("spoke", 5, 0)], FAR[:2], begun=NEGLECTED[:3]), ALL, EVALUATED)
    (edge,) = db.execute("SELECT changes_at FROM portfolio WHERE part = 'talk' AND state = 'client'").fetchone()
    looks = [moved(edge, -timedelta(hours=1)), moved(edge, -timedelta(microseconds=1)), edge]

    assert ["A-neglected" in {row["signal"] for row in over_all(db, at)} for at in looks] == [False, False, True]
    db.close()


def test_midnight_in_utc_is_one_where_days_are_counted_in_los_angeles_alone_for_years_begin_by_it() -> None:
    db = opened()
    fill(db, overcommitted(), ALL, "2025-12-31T20:00:00.000000Z")
    looks = "2025-12-31T23:59:59.999999Z", "2026-01-01T00:00:00.000000Z"  # at four in the afternoon, there

    assert [row["says"] for at in looks for row in over_all(db, at)] == [
        "9.0 days promised in the week of 5 Jan 2026, there are 1.0",
        "9.0 days promised in the week of 5 Jan, there are 1.0",
    ]
    db.close()


def test_and_calendars_come_into_force_by_it() -> None:
    db = opened()
    fill(db, overcommitted(), ALL, "2026-01-03T20:00:00.000000Z")
    looks = "2026-01-03T23:59:59.999999Z", "2026-01-04T00:00:00.000000Z"

    assert [row["says"] for at in looks for row in over_all(db, at)] == [
        "9.0 days promised in the week of 5 Jan, there are 1.0",
        "9.0 days promised in the week of 5 Jan, there are 2.0",
    ]
    db.close()


BACK = {
    "America/St_Johns": "2010-11-07T02:31:00",  # from 00:01 into the day before, as no zone has been since
    "America/Havana": "2025-11-02T05:00:00",  # from 01:00 to midnight
    "Atlantic/Azores": "2025-10-26T01:00:00",
    "Africa/Cairo": "2025-10-30T21:00:00",  # from midnight to 23:00
    "Asia/Beirut": "2025-03-29T22:00:00",  # over midnight, forwards
}
"""Zones, and when their clocks were put back or on around midnight."""


@pytest.mark.parametrize("zone", BACK)
def test_a_day_is_the_same_until_what_is_kept_holds_however_clocks_are_put(zone: str) -> None:
    changed = datetime.fromisoformat(f"{BACK[zone]}+00:00")
    looks = [instant(changed + timedelta(seconds=30 * number)) for number in range(-150, 150)]
    days = {at: asked(zone, at) for at in looks}

    aged = [
        (at, later)
        for at, (day, until) in days.items()
        for later in looks
        if at < later < until and days[later][0] != day
    ]
    assert aged == []


def asked(zone: str, at: str) -> tuple[int, str]:
    """Return the day that it is in *zone*, and until when what counts it holds."""
    gathered = Gathered(lambda table, **which: [], at)
    return gathered.today(zone), gathered.until


def overcommitted() -> MemoryJournal:
    """Return a journal in which one week of January has more promised than there is time for, in Los Angeles.

    Half of that time is in the week after it, until a calendar of 4 January closes that week. Nobody of the client is known,
    so no talk is counted, of which the days are looked up by those of UTC.
    """
    calendar: Any = default_calendar("America/Los_Angeles", years=[2025, 2026])
    closed = [{"day": f"2026-01-{day}", "open": []} for day in range(12, 17)]
    made = Told("2025-12-01T18:00:00Z")
    for valid_from, exceptions in (("2025-01-01", []), ("2026-01-04", closed)):
        data: Any = {"calendars": [{**calendar, "exceptions": exceptions}], "valid_from": valid_from}
        made.record("policy-set", "practice", data)
    made.record("capacity-stated", "practice", {"from_on": "2026-01-05", "to_on": "2026-01-16", "days": "2"})
    work: Any = {"milestone_id": "M9", "title": "t", "starts_on": "2026-01-05", "due": "2026-01-09", "effort_days": "9"}
    made.record("engagement-closed", "engagement/e1", {"reason": "mutual", "results": [], "open_obligations": []})
    made.record("account-opened", "account/solo", {"kind": "person", "alias": "solo", "name": "Solo"})
    made.record("engagement-opened", "engagement/alone", {"account": "solo", "alias": "alone"})
    made.record("milestone-agreed", "engagement/alone", work)
    return made.journal


def told(taken: Sequence[Step], where: tuple[str, str], begun: Sequence[Step] = NEGLECTED) -> MemoryJournal:
    """Return the journal of a portfolio in two zones to which these steps happened, with little time for its weeks."""
    made = Far(*where)
    for step in (*begun, ("capacity", 1, 0), ("effort", 40, 0), *taken):
        made.take(step)
    return made.journal


def changing(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the moments at which rows may become others: what a row says, talk that grows old, weeks that pass."""
    days = {day for (day,) in db.execute("SELECT day FROM contacts_daily")}
    mondays = [date(2025, 3, 3) + timedelta(weeks=week) for week in range(30)]
    for zone in in_force(db):
        yield from (midnight(date.fromisoformat(day).toordinal() + age, zone) for day in days for age in (90, 180))
        yield from (midnight(monday.toordinal(), zone) for monday in mondays)
    yield from said(db)


def said(db: sqlite3.Connection) -> list[str]:
    """Return when rows say that they change."""
    sql = "SELECT changes_at FROM portfolio WHERE changes_at IS NOT NULL AND NOT tombstone"
    return [moment for (moment,) in db.execute(sql)]


def in_force(db: sqlite3.Connection) -> list[str]:
    """Return the zones that days are counted in."""
    sql = (
        "SELECT zone FROM portfolio WHERE zone IS NOT NULL UNION SELECT zone FROM calendars WHERE calendar = 'default'"
    )
    return [zone for (zone,) in db.execute(sql)]


def day_begins(at: str, zone: str) -> bool:
    """Return whether *at* is the first moment of a day in *zone*."""
    moment = datetime.fromisoformat(at)
    days = [when.astimezone(ZoneInfo(zone)).date() for when in (moment, moment - timedelta(microseconds=1))]
    return days[0] > days[1]


def moved(at: str, by: timedelta) -> str:
    """Return an instant later or earlier than another."""
    return instant(datetime.fromisoformat(at) + by)
