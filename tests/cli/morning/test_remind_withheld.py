"""Where something is withheld, what is due is as if every stream were folded without it: most rows are read all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cli.morning import reminders
from ledger_cli.morning.reminders import SOURCES, made_beside, made_of
from ledger_projections.publishing.seen import seen_by
from ledger_projections.readers import audience
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.calendars import instant
from ledger.drafts import Draft
from ledger.errors import Refused
from ledger.replay import TODAY
from tests.histories import LATER, Step, Told, steps

if TYPE_CHECKING:
    from ledger_projections.table import Table
    from ledger_projections.view import View

    from ledger.canonical import JSON

    Row = dict[str, Any]

NAMES = [source.table for source in SOURCES]


class Discreet(Told):
    """A ledger some entries of which are private: each *often*th of those that come after the beginning."""

    often = 0

    def record(self, kind: str, subject: str, data: Mapping[str, JSON], days: int = 0, *, aware: bool = False) -> None:
        """Record one event, for us alone if its turn has come."""
        private = self.often > 0 and self.journal.head() % self.often == 0
        self.clock.now += timedelta(hours=3)
        when = instant(self.clock.now - timedelta(days=days))
        seen = "private" if private else None
        with suppress(Refused):
            self.ledger.record(
                Draft(kind, subject, data, occurred=when, aware=when if aware else None, visibility=seen)
            )


@given(steps, st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_what_may_not_be_seen_is_as_if_it_were_not_there(taken: Sequence[Step], often: int) -> None:
    world = Discreet()
    world.often = often
    for step in [*[("milestone", 0, 0), ("cadence", 0, 0), ("owed", 1, 0), ("asked", 1, 0)], *taken]:
        world.take(step)

    made, anew = both(world)

    assert made == anew


def test_what_is_withheld_of_an_account_is_not_there_for_its_engagements_either() -> None:
    world = Discreet()
    world.often = 1
    grant: dict[str, JSON] = {"contact": "c1", "scope": "accept", "granted": True, "valid_from": "2025-01-01"}
    world.record("authority-changed", "account/acme", {**grant, "granted_by": "c1"})
    world.often = 0
    world.take(("judged", 0, 0))

    made, anew = both(world)

    assert made == anew
    assert any("accepted without authority" in row for row in made["milestones"])


def test_only_the_streams_that_hold_something_withheld_are_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Discreet()
    for step in [("open", 0, 0), ("open", 0, 0), ("milestone", 1, 0)]:
        world.take(step)
    world.often = 1
    world.take(("news", 1, 0))
    folded = list[str]()

    def rows_of(views: Iterable[View], tables: Collection[Table], *, tombstones: bool) -> Mapping[str, list[Row]]:
        folded.extend(view.stream for view in views)
        return {name: [] for name in NAMES}

    monkeypatch.setattr(reminders, "rows_of", rows_of)

    made_beside(kept(world), opened(world), seen_by(world.journal, audience("director")), LATER)

    assert len(folded) == 1


def both(world: Told) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the rows that are read but for a few, and those that are all made anew, for whoever sees nothing private."""
    shown = seen_by(world.journal, audience("director"))
    made, anew = made_beside(kept(world), opened(world), shown, LATER), made_of(shown, LATER)
    return sorted_rows(made), sorted_rows(anew)


def kept(world: Told) -> Mapping[str, Sequence[Row]]:
    """Return the rows of whoever sees all."""
    return snapshot(world.journal, TODAY, LATER, [TABLES[name] for name in NAMES], tombstones=True)


def opened(world: Told) -> Sequence[Row]:
    """Return a row for each engagement."""
    return snapshot(world.journal, TODAY, LATER, [TABLES["engagement_status"]])["engagement_status"]


def sorted_rows(made: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, list[str]]:
    """Return the rows of each table as text, in order."""
    return {name: sorted(str(sorted(row.items())) for row in rows) for name, rows in made.items()}
