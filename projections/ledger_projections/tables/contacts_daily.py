"""Contacts by day: how often, how and at which level the two sides spoke (P29, P30, M13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.references import parse_ref
from ledger.standing import day_spoken, on_day, participants
from ledger.values.named import NamedTuple
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    Column("minutes_once", "integer",
           "Their minutes, those of a contact with people of several levels in the first of its rows alone: what adds up.",
           "minutes", example="45"),
    Column("took_part", "json", "By contact of the client, the positions of the contacts of substance they took part in.",
           example='{"c1":[12,31]}'),
    Column("substantive_at", "instant", "When the last of those was; null: none was of substance.", nullable=True),
    VISIBILITY,
)  # fmt: skip


class Group(NamedTuple):
    """What the contacts of one row have in common."""

    day: str
    kind: str
    direction: str
    level: str
    relation: str


class Part(NamedTuple):
    """What one contact adds to a row: who of the client took part, and whether it stands in a row before this one too."""

    fact: Fact[ContactMade]
    people: Sequence[str]
    is_again: bool


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each day, kind, direction, level and relation there was a contact of."""
    grouped: dict[Group, list[Part]] = {}
    for fact in _made(view):
        for group, part in _parts(view, fact):
            grouped.setdefault(group, []).append(part)
    for group, made in grouped.items():
        facts = [part.fact for part in made]
        values = {**whose(view), **group._asdict(), **_counts(made), **_reached(view, made)}
        yield row_on(facts, values)


def _made(view: View) -> Sequence[Fact[ContactMade]]:
    """Return the contacts of the days that are asked for."""
    if view.only is None:
        return view.dialogue.contacts_made
    days = [name for kind, name in map(parse_ref, sorted(view.only)) if kind == "contact-day"]
    return [fact for day in days for fact in on_day(view.standing, view.dialogue, day)]


def _parts(view: View, fact: Fact[ContactMade]) -> Iterator[tuple[Group, Part]]:
    """Yield a contact for the row of each level of the client that took part; of none, where nobody was named."""
    known, event = view.standing, fact.event
    day = day_spoken(known, fact)
    levels: dict[str, list[str]] = {}
    for contact in participants(known, event):
        levels.setdefault(known.account.contacts[contact].event.level, []).append(contact)
    relation = _relation(view, fact)
    for number, (level, people) in enumerate((levels or {"none": []}).items()):
        yield Group(day, event.kind, event.direction, level, relation), Part(fact, people, is_again=number > 0)


def _relation(view: View, fact: Fact[ContactMade]) -> str:
    if view.engagement is None:
        return "account"
    known = view.standing
    return "prospect" if known.version_in_force(known.at(fact)) is None else "existing"


def _counts(made: Sequence[Part]) -> dict[str, Scalar]:
    stated = [(part.fact.event.minutes, part.is_again) for part in made if part.fact.event.minutes is not None]
    return {
        "contacts": len(made),
        "minutes": sum(minutes for minutes, _ in stated),
        "timed": len(stated),
        "participations": sum(len(part.people) for part in made),
        "substantive": sum(len(part.people) for part in made if part.fact.event.substantive),
        "minutes_once": sum(minutes for minutes, is_again in stated if not is_again),
    }


def _reached(view: View, made: Sequence[Part]) -> dict[str, Scalar]:
    """Return who of the client took part in something of substance, where, and when that was last."""
    reached: dict[str, list[int]] = {}
    with_people = [part for part in made if part.people and part.fact.event.substantive]
    for part in with_people:
        for contact in part.people:
            reached.setdefault(contact, []).append(part.fact.entry.position)
    last = max((view.standing.at(part.fact) for part in with_people), default=None)
    return {"took_part": json_text(reached), "substantive_at": written(last)}


TABLE = Table(
    "contacts_daily",
    "One row a day, kind, direction, level and relation: how often the two sides spoke.",
    ("account", "engagement", "day", "kind", "direction", "level", "relation"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("day", "contact-day:"),
)
