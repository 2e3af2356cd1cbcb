"""How often, how and at which level the two sides speak, and who begins (M13, domain 3.3.7; P27, P29).

    contacts_30d    contacts of the last 30 days, today included: all of them, and by kind, direction and level
    minutes_30d     their minutes, as far as stated
    initiation      contacts that we began, of all there ever were; a meeting is begun by whoever called it

A contact with people of two levels of the client counts for both, once for each; with nobody of them named, for `none`. An
account has its own contacts and those of all its engagements.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import in_last, levels_met
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric
from ledger_projections.metrics.talks import talks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import ContactMade
    from ledger.facts import Fact
    from ledger_projections.view import View

    Made = Sequence[Fact[ContactMade]]

DAYS = 30


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of the engagement, or of the account with all its engagements."""
    made = [fact for _, state in talks(view) for fact in state.contacts_made]
    for subject, facts in _grouped(view).items():
        yield Figure("contacts_30d", len(facts), len(facts), facts, subject)
        yield _minutes(facts, subject)
    ours = sum(fact.event.direction == "outbound" for fact in made)
    share = Decimal(ours) / len(made) if made else None
    yield Figure("initiation", share, len(made), made, words="" if made else NONE_YET)


def _grouped(view: View) -> dict[str, list[Fact[ContactMade]]]:
    """Return the contacts of the window: all of them, then those of each kind, direction and level."""
    found: dict[str, list[Fact[ContactMade]]] = {}
    recent: list[Fact[ContactMade]] = []
    for known, state in talks(view):
        for fact in in_last(DAYS, known, state.contacts_made, parse_instant(view.as_of)):
            recent.append(fact)
            for level in dict.fromkeys(levels_met(known, fact.event)):
                found.setdefault(f"{fact.event.kind} {fact.event.direction} {level}", []).append(fact)
    return {"": recent, **dict(sorted(found.items()))}


def _minutes(facts: Made, subject: str) -> Figure:
    """Return their minutes; *n* is how many of them state any."""
    stated = [fact.event.minutes for fact in facts if fact.event.minutes is not None]
    return Figure("minutes_30d", sum(stated), len(stated), facts, subject)


METRIC = Metric(
    "M13",
    "Contact tracking",
    ("P27", "P29"),
    {
        "contacts_30d": Meaning("Contacts of the last 30 days.", "contacts"),
        "minutes_30d": Meaning("Their minutes, as far as stated.", "minutes"),
        "initiation": Meaning("The share of all contacts that we began.", "of 1"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
