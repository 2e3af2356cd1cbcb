"""The audit trail: one row an entry, as it was recorded, with what became of it since (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import orjson

from ledger import engagement
from ledger.events import DisputeRaised, EntryCorrected
from ledger.facts import corrected
from ledger.merkle import leaf_hash
from ledger.standing import TIMES
from ledger.values import EntryId
from ledger_projections.concerning.concerned import newer as newer_facts
from ledger_projections.contemporaneity import disputes_in, is_disputed, lag
from ledger_projections.sentences import what
from ledger_projections.table import Column, Row, Table
from ledger_projections.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.engagement.folding import EngagementEvent
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.table import Scalar

COLUMNS = (
    Column("position", "integer", "The entry's number in the log, from 1.", example="31"),
    Column("id", "text", "The entry's id, a UUIDv7.", example="01974a1e-…"),
    Column("stream", "text", "The stream it belongs to.", example="engagement/k7h2mmsw3qpd"),
    Column("engagement", "text", "Id of the engagement.", nullable=True, example="k7h2mmsw3qpd"),
    Column("engagement_alias", "text", "What people call it.", nullable=True, example="northwind"),
    Column("account", "text", "Id of the account.", nullable=True, example="q3r7vvxa2bcd"),
    Column("account_alias", "text", "What people call the account.", nullable=True, example="northwind-ltd"),
    Column("type", "text", "The type of event, as people type it.", example="slip-foreseen"),
    Column("stored_name", "text", "The type as it stands in the bytes.", example="engagement.slip-foreseen.v1"),
    Column("version", "integer", "The entry's number in its stream, from 1.", example="7"),
    Column("recorded", "instant", "When it was written down: a claim of the recording machine's clock."),
    Column("occurred", "moment", "When it was so, as first recorded.", nullable=True, example="2025-06-06"),
    Column("aware", "moment", "When the recording party came to know, as first recorded.", nullable=True),
    Column("claimedtime", "moment", "When its original says that it was written: a claim.", nullable=True),
    Column("claimedactor", "text", "Who its original says wrote it: a claim.", nullable=True),
    Column("actor", "text", "Who recorded it.", example="a1"),
    Column("actor_name", "text", "What that person is called; null once erased.", nullable=True),
    Column("party", "text", "Whose knowledge it is: provider or client.", example="provider"),
    Column("visibility", "text", "shared or private, as corrected.", example="shared"),
    Column("privileged", "boolean", "1: marked as privileged, as corrected."),
    Column("provenance", "text", "cli, api or import.", example="cli"),
    Column("what", "text", "What it says, in words, as first recorded.", example="slip S1 foreseen: M2 27 Jun → 18 Jul"),
    Column("data", "json", "The event's plain fields as first recorded; texts are left out."),
    Column("corrected_by", "json", "The positions of its corrections.", example="[41]"),
    Column("withdrawn", "boolean", "1: withdrawn, and not reinstated."),
    Column("occurred_now", "moment", "When it was so, as corrected.", nullable=True),
    Column("aware_now", "moment", "When we came to know, as corrected.", nullable=True),
    Column("lag_hours", "number", "M19: from awareness, else from when it was so, to recording.", "hours", nullable=True),
    Column("lag_by_date", "boolean", "1: it counts from a day without a time."),
    Column("grade", "text", "M19: A up to 24 hours, B up to 7 days, C up to 30, D over.", nullable=True, example="A"),
    Column("after_dispute", "boolean", "1: recorded after a dispute on its subject was raised."),
    Column("leaf_hash", "text", "Its leaf in the Merkle tree, RFC 6962, in hexadecimal."),
    Column("recorded_now", "instant", "When it was written down, by a clock that was right."),
    Column("erased", "json", "Its texts that were erased: field, ground, when, and the entry that says so."),
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each entry of the stream."""
    return newer(view, 0)


def newer(view: View, after: int) -> Iterator[Row]:
    """Yield a row for each entry of the stream that stands beyond position *after*."""
    history, types = view.state.history, view.state.newest
    facts = corrected(history) if EntryCorrected in types else history
    recent = len(newer_facts(history, after))
    disputes, common = disputes_in(history) if DisputeRaised in types else (), _whose(view)
    by_id = {fact.entry.id: fact for fact in facts} if view.floor > after else {}
    for (first, then), now in zip(_told(view, recent), facts[len(facts) - recent :], strict=True):
        target = by_id.get(EntryId(first.event.entry)) if isinstance(first.event, EntryCorrected) else None
        said: dict[str, Scalar] = {"what": what(first, then), "after_dispute": is_disputed(first, target, disputes)}
        yield Row({**common, **_envelope(view, first), **_now(now), **lag(view, first), **said}, [now])


def _told(view: View, recent: int) -> Iterator[tuple[Fact[Event], View]]:
    """Yield each of the newest entries with the view of its stream then: what it said does not change later."""
    history = view.state.history
    if view.engagement is None or (recent == 1 and EntryCorrected not in view.state.newest):
        yield from ((fact, view) for fact in history[len(history) - recent :])
        return
    begun = engagement.Engagement()
    then = View(view.stream, view.as_of, begun, view.account, view.practice)
    for number, fact in enumerate(history, 1):
        begun.count(fact)
        engagement.evolve(begun, cast("Fact[EngagementEvent]", fact))  # filed to be read: nothing is decided on it
        if isinstance(fact.event, TIMES):
            then = View(view.stream, view.as_of, begun, view.account, view.practice)
        elif then.known is not None:
            then.known.forget()  # which dates hold, and all else that an entry may move; when its times fall stays
        if number > len(history) - recent:
            yield fact, then


def _whose(view: View) -> dict[str, Scalar]:
    kind, _, name = view.stream.partition("/")
    return {
        "stream": view.stream,
        "engagement": name if kind == "engagement" else None,
        "engagement_alias": view.alias,
        "account": (view.engagement.account or None) if view.engagement else name or None,
        "account_alias": view.account_alias,
    }


def _envelope(view: View, fact: Fact[Event]) -> dict[str, Scalar]:
    entry = fact.entry
    actor = view.practice.actors.get(entry.actor)
    return {
        "position": entry.position,
        "id": entry.id,
        "type": fact.event.short_name,
        "stored_name": entry.type,
        "version": entry.version,
        "recorded": entry.recorded,
        "recorded_now": fact.recorded,
        "erased": _erased(view, fact),
        "occurred": fact.occurred,
        "aware": fact.aware,
        "claimedtime": entry.text("claimedtime"),
        "claimedactor": entry.text("claimedactor"),
        "actor": entry.actor,
        "actor_name": actor.event.name if actor else None,
        "party": entry.party,
        "provenance": entry.text("provenance"),
        "data": orjson.dumps(fact.event.plain, option=orjson.OPT_SORT_KEYS).decode(),
        # within the limits of design 2.1 these are the very bytes (RFC 8785); it is verify that doubts them
        "leaf_hash": leaf_hash(entry.raw or orjson.dumps(entry.attributes, option=orjson.OPT_SORT_KEYS)).hex(),
    }


def _erased(view: View, fact: Fact[Event]) -> str:
    gone = view.practice.erased.get(fact.entry.id, {})
    said = [
        {"field": name, "ground": by.event.ground, "recorded": by.entry.recorded, "position": by.entry.position}
        for name, by in sorted(gone.items())
    ]
    return orjson.dumps(said).decode() if said else "[]"


def _now(fact: Fact[Event]) -> dict[str, Scalar]:
    by = [correction.entry.position for correction in fact.corrections]
    return {
        "visibility": fact.visibility,
        "privileged": fact.privileged,
        "corrected_by": orjson.dumps(by).decode() if by else "[]",
        "withdrawn": fact.withdrawn,
        "occurred_now": fact.occurred,
        "aware_now": fact.aware,
    }


TABLE = Table(
    "entries",
    "The audit trail: every entry, in the order of the log.",
    ("position",),
    COLUMNS,
    rows,
    frozenset({"engagement", "account", "practice"}),
    newer=newer,
)
