"""How much of a relationship hangs on one person (M18, domain 3.3.7; P50).

    effective       1/Σp², p the share of each client contact in the participations of substance in 90 days
    levels          how many of executive, senior, manager and operational those contacts are of
    holders_sign    how many of the client may sign today and have not left; holders_accept, likewise accept
    n               those participations: somebody who takes part in a contact is one, however many take part

It is a risk where fewer than two are effective, fewer than two levels are spoken with, or one person alone holds a scope.
Where nobody was spoken with, effective is undefined, and neither of the first two is a risk: that is silence (M10).
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.standing import day_in, holding, in_last, participants
from ledger.values.named import NamedTuple
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric
from ledger_projections.metrics.talks import talks
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.facts import Fact
    from ledger_projections.view import View

    Facts = Sequence[Fact[Any]]

DAYS = 90
SCOPES = ("sign", "accept")
ENOUGH = 2
"""With so many, of contacts and of levels, it does not hang on one."""


class Reach(NamedTuple):
    """How often each contact of the client took part, who may act for them, and the facts that say so."""

    counts: Mapping[str, int]
    levels: frozenset[str]
    holders: Mapping[str, Sequence[str]]
    spoken: Facts
    granted: Mapping[str, Facts]

    @property
    def n(self) -> int:
        """Return how many participations there were."""
        return sum(self.counts.values())

    @property
    def effective(self) -> Decimal | None:
        """Return the effective number of contacts: all of them where each takes part as often as any other."""
        return Decimal(self.n**2) / sum(count**2 for count in self.counts.values()) if self.n else None

    @property
    def is_one(self) -> bool:
        """Whether hardly more than one of them is spoken with."""
        return self.effective is not None and self.effective < ENOUGH

    @property
    def is_level(self) -> bool:
        """Whether all of them are of one level."""
        return 0 < len(self.levels) < ENOUGH

    @property
    def alone(self) -> Mapping[str, str]:
        """The scopes that one person alone holds, and who that is."""
        return {scope: people[0] for scope, people in self.holders.items() if len(people) == 1}

    @property
    def facts(self) -> Facts:
        """Return all that it stands on."""
        return [*self.spoken, *(fact for facts in self.granted.values() for fact in facts)]


class Risk(NamedTuple):
    """Why a relationship hangs on one person, without a number that grows; nothing where it does not."""

    why: Sequence[str]
    facts: Facts


def risk(view: View) -> Risk:
    """Return whether the relationship with the client of *view* hangs on one person."""
    found = reach(view)
    why = ["hardly more than one of them is spoken with"] if found.is_one else []
    why += ["all who are spoken with are of one level"] if found.is_level else []
    return Risk([*why, *(f"only {person(view, who)} may {scope}" for scope, who in found.alone.items())], found.facts)


def reach(view: View) -> Reach:
    """Return whom of the client of *view* we reach, and who of them may act."""
    counts, made = _spoken(view)
    added = [view.standing.account.contacts[contact] for contact in counts]
    levels = frozenset(fact.event.level for fact in added)
    day = day_in(view.practice, view.as_of)
    holders = {scope: holding(view.standing, scope, day) for scope in SCOPES}
    return Reach(counts, levels, holders, [*made, *added], {scope: _granted(view, scope) for scope in SCOPES})


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of the engagement, or of the account with all its engagements."""
    found = reach(view)
    one, level = ("hangs on one" if found.is_one else "", "one level" if found.is_level else "")
    yield Figure("effective", found.effective, found.n, found.spoken, words=one if found.n else NONE_YET)
    yield Figure("levels", len(found.levels), found.n, found.spoken, words=level)
    for scope in SCOPES:
        only = f"only {person(view, found.alone[scope])}" if scope in found.alone else ""
        people = len(found.holders[scope])
        yield Figure(f"holders_{scope}", people, people, found.granted[scope], words=only)
    yield Figure("n", found.n, found.n, found.spoken)


def _spoken(view: View) -> tuple[Mapping[str, int], Facts]:
    """Return how often each contact of the client took part in the window, and in what."""
    took_part: list[str] = []
    made: list[Fact[Any]] = []
    for known, state in talks(view):
        for fact in in_last(DAYS, known, state.contacts_made, parse_instant(view.as_of)):
            if fact.event.substantive and (people := participants(known, fact.event)):
                took_part += people
                made.append(fact)
    return Counter(took_part), made


def _granted(view: View, scope: str) -> Facts:
    """Return what says who of the client holds *scope*, and who of them leaves."""
    known, account = view.standing, view.standing.account
    changes = [c for c in known.changes if c.event.scope == scope and known.side(c.event.contact) == "client"]
    people = dict.fromkeys(change.event.contact for change in changes)
    return [*changes, *(account.departures[contact] for contact in people if contact in account.departures)]


METRIC = Metric(
    "M18",
    "Single-contact risk",
    ("P50", "P49"),
    {
        "effective": Meaning(
            "How many contacts of the client the talk of 90 days comes to, as 1/Σp².", "contacts", "lower"
        ),
        "levels": Meaning("How many levels of the client those contacts are of.", "levels", "lower"),
        "holders_sign": Meaning("How many of the client may sign today.", "people", "lower"),
        "holders_accept": Meaning("How many of the client may accept today.", "people", "lower"),
        "n": Meaning("Participations of substance in 90 days.", "participations"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
