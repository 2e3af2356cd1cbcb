"""Authorities: who may act in which scope, from when to when, granted by whom, and whether it counts (P06, P49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing import authorities_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Authority
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    Column("engagement", "text", "Id of the engagement that it is limited to; null: it is for all.", nullable=True),
    *WHOSE[1:],
    Column("authority", "text", "Id of the entry that changed it."),
    Column("contact", "text", "Who may act, or no longer may.", example="c1"),
    Column("contact_name", "text", "Their role.", nullable=True, example="client sponsor"),
    Column("side", "text", "client or provider.", nullable=True, example="client"),
    Column("scope", "text", "sign, accept, instruct, spend, receive_notice, inform or make_changes.", example="accept"),
    Column("granted", "boolean", "1: they may; 0: they no longer may."),
    Column("limit_minor", "integer", "Up to which amount.", "minor units of currency", nullable=True),
    Column("currency", "text", "ISO 4217.", nullable=True, example="GBP"),
    Column("valid_from", "day", "The first day it is valid on.", example="2025-03-03"),
    Column("valid_until", "day", "The last day; null: until it is changed.", nullable=True),
    Column("begins_at", "instant", "The midnight that the first day begins with (as of freshness.as_of)."),
    Column("ends_at", "instant", "The midnight that the last day ends with (as of freshness.as_of).", nullable=True),
    Column("granted_by", "text", "Who changed it.", example="c1"),
    Column("granted_by_name", "text", "Their role.", nullable=True, example="client sponsor"),
    Column("known_from", "instant", "When we recorded it."),
    Column("counts", "boolean", "1: whoever changed it held the scope on the same side, or began it; 0: they did not."),
    Column("is_first", "boolean",
           "1: the first grant of the scope on that side, made by whom it is for: it counts, or nobody could begin."),
    Column("decides", "boolean",
           "1: it counts, is valid, and nothing recorded later overrides it: these rows are the matrix"
           " (as of freshness.as_of)."),
    Column("ratifies", "json", "Ids of the entries that it cures."),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each change of an authority, in the stream of the account."""
    if view.engagement is not None or view.account is None:
        return
    for authority in authorities_of(view.standing, view.as_of):
        yield row_on(_facts(view, authority), {**whose(view), **_what(view, authority), **_validity(authority)})


def _what(view: View, authority: Authority) -> dict[str, Scalar]:
    event = authority.change.event
    limit = event.limit
    return {
        "engagement": event.engagement,
        "authority": authority.change.entry.id,
        "contact": event.contact,
        "contact_name": person(view, event.contact),
        "side": view.standing.side(event.contact),
        "scope": event.scope,
        "granted": event.granted,
        "limit_minor": limit["minor"] if limit else None,
        "currency": limit["currency"] if limit else None,
        "granted_by": event.granted_by,
        "granted_by_name": person(view, event.granted_by),
        "ratifies": json_text(event.ratifies),
    }


def _validity(authority: Authority) -> dict[str, Scalar]:
    event = authority.change.event
    return {
        "valid_from": event.valid_from,
        "valid_until": event.valid_until,
        "begins_at": written(authority.begins),
        "ends_at": written(authority.ends),
        "known_from": authority.change.recorded,
        "counts": authority.counts,
        "is_first": authority.is_first,
        "decides": authority.decides,
    }


def _facts(view: View, authority: Authority) -> list[Fact[Event]]:
    people = view.account.contacts if view.account else {}
    event = authority.change.event
    named = (people.get(contact) for contact in dict.fromkeys((event.contact, event.granted_by)))
    return [authority.change, *(fact for fact in named if fact is not None)]


TABLE = Table(
    "authorities",
    "One row a change of what somebody may do; those that decide are the matrix.",
    ("authority",),
    COLUMNS,
    rows,
    frozenset({"account"}),
)
