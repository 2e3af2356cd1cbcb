"""Gifts: given, offered or declined, by either side, and how near a decision of the same person (P57, M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import EntryCorrected
from ledger.standing import added_up, day_in, decisions_near, is_over, limit_on
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, visibility, whose, written
from ledger_projections.wording import actor, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import GiftRecorded
    from ledger.facts import Fact
    from ledger.standing import Decision
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

    Gift = Fact[GiftRecorded]

COLUMNS = (
    *WHOSE,
    Column("gift", "text", "The gift.", example="G1"),
    Column("given_at", "instant", "When it was given or offered."),
    Column("direction", "text", "to_us or to_them.", example="to_us"),
    Column("counterpart", "text", "Id of the contact it was exchanged with.", example="c1"),
    Column("counterpart_name", "text", "Their role.", example="client sponsor"),
    Column("our_person", "text", "Id of which of us.", example="a1"),
    Column("our_person_name", "text", "What they are called.", example="Ada"),
    Column("kind", "text", "gift, hospitality, travel or other.", example="hospitality"),
    Column("decision", "text", "accepted, declined, returned or donated.", example="accepted"),
    Column("value_minor", "integer", "What it is worth.", "minor units", example="12000"),
    Column("currency", "text", "Its currency (ISO 4217).", example="GBP"),
    Column("estimated", "boolean", "1: an estimate."),
    Column("year_minor", "integer",
           "M20: what was accepted in the 365 days up to it, itself included: same person, direction and currency; 0 for"
           " one that was not accepted.", "minor units", example="32000"),
    Column("limit_minor", "integer", "Our policy gift_limit on its day; null: that is in another currency.", "minor units",
           nullable=True, example="20000"),
    Column("over_limit", "boolean", "1: year_minor is above limit_minor; null: they cannot be compared.", nullable=True),
    Column("approved", "boolean", "1: approved by another of us than who had it."),
    Column("approved_by", "text", "Id of who approved it.", nullable=True, example="a2"),
    Column("approved_by_name", "text", "What they are called.", nullable=True),
    Column("days_to_decision", "integer",
           "From the gift to the nearest signature, acceptance or review with that person, below zero if it came before;"
           " null: none within gift_near_days.", "days", nullable=True, example="3"),
    Column("near_decision", "text", "signature, acceptance or review.", nullable=True, example="signature"),
    Column("near_engagement", "text", "Id of the engagement it is of.", nullable=True),
    Column("near_engagement_alias", "text", "What people call it.", nullable=True, example="northwind"),
    Column("near_entry", "text", "Id of the entry that holds it.", nullable=True),
    Column("what", "text", "What it was.", nullable=True),
    Column("occasion", "text", "On what occasion.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each gift."""
    if view.account is None:
        return
    for gift in view.account.gifts.values():
        counted = added_up(view.account, view.practice, gift)
        near = decisions_near(view.practice, gift, view.engagements)
        shown = [gift, *counted, *(decision.fact for decision in near[:1])]
        values = {**_exchanged(view, gift), **_worth(view, gift, counted), **_approved(view, gift), **_near(view, near)}
        yield Row({**whose(view), **values, "visibility": visibility(shown)}, [*shown, *_corrected(view)])


def _exchanged(view: View, gift: Gift) -> dict[str, Scalar]:
    event = gift.event
    return {
        "gift": event.gift_id,
        "given_at": written(view.standing.at(gift)),
        "direction": event.direction,
        "counterpart": event.counterpart,
        "counterpart_name": person(view, event.counterpart),
        "our_person": event.our_person,
        "our_person_name": actor(view, event.our_person),
        "kind": event.kind,
        "decision": event.decision,
        "what": event.what,
        "occasion": event.occasion,
    }


def _worth(view: View, gift: Gift, counted: Sequence[Gift]) -> dict[str, Scalar]:
    value, limit = gift.event.value, limit_on(view.practice, day_in(view.practice, gift.when))
    return {
        "value_minor": value["minor"],
        "currency": value["currency"],
        "estimated": gift.event.estimated,
        "year_minor": sum(other.event.value["minor"] for other in counted),
        "limit_minor": limit["minor"] if limit["currency"] == value["currency"] else None,
        "over_limit": is_over(view.practice, gift, counted),
    }


def _approved(view: View, gift: Gift) -> dict[str, Scalar]:
    by = gift.event.approved_by
    return {
        "approved": by is not None and by != gift.event.our_person,
        "approved_by": by,
        "approved_by_name": actor(view, by) if by else None,
    }


def _near(view: View, near: Sequence[Decision]) -> dict[str, Scalar]:
    first = near[0] if near else None
    opened = [state.opened for state in view.engagements if state.opened]
    of = next((fact for fact in opened if first and fact.entry.stream == first.fact.entry.stream), None)
    return {
        "days_to_decision": first.days if first else None,
        "near_decision": first.what if first else None,
        "near_engagement": first.fact.entry.stream.partition("/")[2] if first else None,
        "near_engagement_alias": of.event.alias if of else None,
        "near_entry": first.fact.entry.id if first else None,
    }


def _corrected(view: View) -> Iterator[Fact[Any]]:
    """Yield the newest correction of each engagement: it may have moved a decision, or taken it or all of them away."""
    for state in view.opened_engagements:
        yield from [fact for fact in state.history if isinstance(fact.event, EntryCorrected)][-1:]


TABLE = Table(
    "gifts",
    "One row a gift, declined ones too: its worth, the limit, how near a decision.",
    ("account", "gift"),
    COLUMNS,
    rows,
    frozenset({"account"}),
)
