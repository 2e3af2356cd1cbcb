"""Contacts: the people of both sides, and what those who leave leave behind (P28, P49, P50, story ST9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import people_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Person
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("contact", "text", "The contact.", example="c1"),
    Column("side", "text", "client or provider.", example="client"),
    Column("level", "text", "executive, senior, manager or operational.", example="manager"),
    Column("name", "text", "Who they are.", nullable=True),
    Column("role", "text", "What they do.", nullable=True, example="client manager"),
    Column("email", "text", "Their address.", nullable=True),
    Column("responsible_for", "json", "What they are responsible for.", nullable=True),
    Column("accountable_for", "json", "What they are accountable for.", nullable=True),
    Column("added_at", "instant", "When they were introduced."),
    Column("presence", "text", "here, leaving or left (as of freshness.as_of).", example="here"),
    Column("leaves_on", "day", "Their last day.", nullable=True, example="2025-11-28"),
    Column("left_at", "instant", "The midnight after it (as of freshness.as_of).", nullable=True),
    Column("departure_known_at", "instant", "From when we knew that they leave (as of freshness.as_of).", nullable=True),
    Column("successor", "text", "Id of the contact who comes in their place.", nullable=True, example="c4"),
    Column("successor_name", "text", "Their role.", nullable=True),
    Column("last_contact_at", "instant", "When they last took part in a contact of this engagement; in the row of the"
           " account alone, of the account.", nullable=True),
    Column("preferred_channel", "text", "How they like to be spoken to (P28).", nullable=True, example="call"),
    Column("detail_level", "text", "summary, normal or detailed.", nullable=True),
    Column("frequency", "text", "How often, in words.", nullable=True),
    Column("preference_source", "text", "asked, stated or observed.", nullable=True),
    Column("left_requests", "json", "Requests that are open with somebody who leaves.", example='["R1", "R4"]'),
    Column("left_obligations", "json", "What they still owe.", example='["O4"]'),
    Column("left_milestones", "json", "Milestones that nobody who stays may accept.", example='["M5"]'),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each contact of the account; for an engagement, those of the client it met and those who leave."""
    if (view.engagement is None and view.account is None) or not view.concerns_any("contact"):
        return
    for one in people_of(view.standing, view.dialogue, parse_instant(view.as_of)):
        if view.concerns("contact", one.name) and (view.engagement is None or _matters(one)):
            values = {**whose(view), **_who(one), **_departure(view, one), **_manner(one), **_orphans(one)}
            yield row_on(one.facts, values)


def _matters(one: Person) -> bool:
    return one.added.event.side == "client" and (one.ever_left or one.last_contact is not None)


def _who(one: Person) -> dict[str, Scalar]:
    event = one.added.event
    return {
        "contact": one.name,
        "side": event.side,
        "level": event.level,
        "name": event.name,
        "role": event.role,
        "email": event.email,
        "responsible_for": _listed(event.responsible_for),
        "accountable_for": _listed(event.accountable_for),
        "added_at": written(one.known.at(one.added)),
        "last_contact_at": written(one.known.at(one.last_contact)) if one.last_contact else None,
    }


def _departure(view: View, one: Person) -> dict[str, Scalar]:
    event = one.departure.event if one.departure else None
    return {
        "presence": one.presence,
        "leaves_on": event.leaves_on if event else None,
        "left_at": written(one.gone),
        "departure_known_at": written(one.told),
        "successor": event.successor if event else None,
        "successor_name": person(view, event.successor) if event and event.successor else None,
    }


def _manner(one: Person) -> dict[str, Scalar]:
    event = one.preference.event if one.preference else None
    return {
        "preferred_channel": event.channel if event else None,
        "detail_level": event.detail_level if event else None,
        "frequency": event.frequency if event else None,
        "preference_source": event.source if event else None,
    }


def _orphans(one: Person) -> dict[str, Scalar]:
    return {
        "left_requests": json_text(list(one.orphans.requests)),
        "left_obligations": json_text(list(one.orphans.obligations)),
        "left_milestones": json_text(list(one.orphans.milestones)),
    }


def _listed(words: list[str] | None) -> str | None:
    return None if words is None else json_text(words)


TABLE = Table(
    "contacts",
    "One row a contact of an account, and one for each engagement that met them or that they leave.",
    ("account", "engagement", "contact"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("contact", "contact:"),
)
