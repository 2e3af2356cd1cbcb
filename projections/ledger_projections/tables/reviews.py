"""Reviews: what both sides looked back on, and whether they go on (P13, P38)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from ledger.standing import normalised
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import ReviewHeld
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("review", "text", "The review.", example="V1"),
    Column("cadence", "text", "The rhythm that asked for it.", nullable=True, example="quarterly"),
    Column("held_at", "instant", "When it was held."),
    Column("decision", "text", "continue, revise or end.", example="continue"),
    Column("attendees", "json", "Ids of the contacts who were there.", example='["c1", "c2"]'),
    Column("attendees_provider", "integer", "How many of our side were there."),
    Column("attendees_client", "integer", "How many of the client's side were there."),
    Column("attendees_names", "text", "Who was there.", nullable=True, example="client sponsor and director"),
    Column("scale_min", "number", "The lowest score of the scale.", example="0"),
    Column("scale_max", "number", "The highest score of the scale.", example="10"),
    Column("needs_met_provider", "number", "How far our needs are met, on that scale.", nullable=True, example="7"),
    Column("needs_met_client", "number", "How far the client's are.", nullable=True, example="8"),
    Column("needs_met_provider_normalised", "number", "Ours on 0 to 100.", nullable=True, example="70.000"),
    Column("needs_met_client_normalised", "number", "The client's on 0 to 100.", nullable=True, example="80.000"),
    Column("benefits_provider", "text", "What we have from the engagement.", nullable=True),
    Column("benefits_client", "text", "What the client has from it.", nullable=True),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each review that was held."""
    if view.known is None:
        return
    reviews = view.known.engagement.reviews
    for review_id in filter(partial(view.concerns, "review"), reviews):
        fact = reviews[review_id]
        yield row_on([fact], {**whose(view), **_held(view, fact), **_attendance(view, fact.event), **_met(fact.event)})


def _held(view: View, fact: Fact[ReviewHeld]) -> dict[str, Scalar]:
    event, benefits = fact.event, fact.event.benefits
    return {
        "review": event.review_id,
        "cadence": event.cadence_id,
        "held_at": written(view.standing.at(fact)),
        "decision": event.decision,
        "benefits_provider": benefits["provider"] if benefits else None,
        "benefits_client": benefits["client"] if benefits else None,
    }


def _attendance(view: View, event: ReviewHeld) -> dict[str, Scalar]:
    sides = [view.standing.side(contact) for contact in dict.fromkeys(event.attendees)]
    return {
        "attendees": json_text(event.attendees),
        "attendees_provider": sides.count("provider"),
        "attendees_client": sides.count("client"),
        "attendees_names": people(view, event.attendees) or None,
    }


def _met(event: ReviewHeld) -> dict[str, Scalar]:
    met = {"needs_met_provider": event.needs_met_provider, "needs_met_client": event.needs_met_client}
    scores = {name: None if score is None else Decimal(score) for name, score in met.items()}
    return {
        "scale_min": Decimal(event.scale["min"]),
        "scale_max": Decimal(event.scale["max"]),
        **scores,
        **{f"{n}_normalised": None if s is None else normalised(s, event.scale) for n, s in scores.items()},
    }


TABLE = Table(
    "reviews",
    "One row a review: who was there, how far the needs of both are met, what was decided.",
    ("engagement", "review"),
    COLUMNS,
    rows,
    about=("review", "review:"),
)
