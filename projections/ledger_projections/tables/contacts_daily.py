"""Contacts by day: how often, how and at which level the two sides spoke (P29, P30, M13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.standing import day_spoken, levels_met
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import WHOSE, whose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import ContactMade
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("day", "day", "The day, in the zone of the calendar in force.", example="2025-10-07"),
    Column("kind", "text", "meeting, call, email, message or visit.", example="call"),
    Column("direction", "text", "outbound: we began; inbound: they did.", example="outbound"),
    Column("level", "text",
           "executive, senior, manager or operational: of those of the client who took part; none: nobody was named.",
           example="executive"),
    Column("relation", "text",
           "existing: both had signed a version; prospect: not yet; account: of the account alone, which is an existing"
           " client from the first agreements.signed_by_both_at of its engagements on (P30).", example="existing"),
    Column("contacts", "integer", "Contacts; one with people of two levels stands in the rows of both.", example="2"),
    Column("minutes", "integer", "Their minutes, as far as stated.", "minutes", example="45"),
    Column("timed", "integer", "How many of the contacts state their minutes."),
    Column("participations", "integer", "People of the client who took part, counted once a contact (M18).", example="3"),
    Column("substantive", "integer", "Those of the participations that were of substance."),
)  # fmt: skip


class Group(NamedTuple):
    """What the contacts of one row have in common."""

    day: str
    kind: str
    direction: str
    level: str
    relation: str


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each day, kind, direction, level and relation there was a contact of."""
    if (view.engagement is None and view.account is None) or not view.concerns_any("contact-day"):
        return
    grouped: dict[Group, dict[str, tuple[Fact[ContactMade], int]]] = {}
    for fact in view.dialogue.contacts_made:
        for group in _groups(view, fact):
            seen = grouped.setdefault(group, {})
            seen[fact.entry.id] = (fact, seen.get(fact.entry.id, (fact, 0))[1] + (group.level != "none"))
    for group, made in grouped.items():
        values = {**whose(view), **group._asdict(), **_counts(list(made.values()))}
        yield Row(values, [fact for fact, _ in made.values()])


def _groups(view: View, fact: Fact[ContactMade]) -> Iterator[Group]:
    """Yield the row of each of the client's people who took part; of nobody, where none was named."""
    known, event = view.standing, fact.event
    day = day_spoken(known, fact)
    if not view.concerns("contact-day", day):
        return
    for level in levels_met(known, event):
        yield Group(day, event.kind, event.direction, level, _relation(view, fact))


def _relation(view: View, fact: Fact[ContactMade]) -> str:
    if view.engagement is None:
        return "account"
    known = view.standing
    return "prospect" if known.version_in_force(known.at(fact)) is None else "existing"


def _counts(made: list[tuple[Fact[ContactMade], int]]) -> dict[str, Scalar]:
    stated = [fact.event.minutes for fact, _ in made if fact.event.minutes is not None]
    return {
        "contacts": len(made),
        "minutes": sum(stated),
        "timed": len(stated),
        "participations": sum(people for _, people in made),
        "substantive": sum(people for fact, people in made if fact.event.substantive),
    }


TABLE = Table(
    "contacts_daily",
    "One row a day, kind, direction, level and relation: how often the two sides spoke.",
    ("account", "engagement", "day", "kind", "direction", "level", "relation"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("day", "contact-day:"),
)
