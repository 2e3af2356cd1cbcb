"""Ideas we brought to the client, and whether it took them up (P59)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import IdeaDecided, IdeaOffered
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("idea", "text", "The idea.", example="I1"),
    Column("state", "text", "offered, adopted or declined.", example="adopted"),
    Column("offered_at", "instant", "When it was offered."),
    Column("offered_to", "json", "Ids of the contacts it was offered to.", example='["c1"]'),
    Column("offered_to_names", "text", "Who they are.", nullable=True, example="client sponsor"),
    Column("client_goal", "text", "The client's goal that it serves.", nullable=True, example="goal-1"),
    Column("decided_at", "instant", "When the client took it up, or did not.", nullable=True),
    Column("text", "text", "The idea in words.", nullable=True),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each idea that was offered."""
    for idea_id, idea in view.dialogue.ideas.items():
        if idea.offered is not None and view.concerns("idea", idea_id):
            facts = [idea.offered, *([idea.decided] if idea.decided else [])]
            yield row_on(facts, {**whose(view), **_offered(view, idea.offered), **_decided(view, idea.decided)})


def _offered(view: View, fact: Fact[IdeaOffered]) -> dict[str, Scalar]:
    return {
        "idea": fact.event.idea_id,
        "offered_at": written(view.standing.at(fact)),
        "offered_to": json_text(fact.event.to),
        "offered_to_names": people(view, fact.event.to) or None,
        "client_goal": fact.event.client_goal,
        "text": fact.event.text,
    }


def _decided(view: View, fact: Fact[IdeaDecided] | None) -> dict[str, Scalar]:
    return {
        "state": fact.event.outcome if fact else "offered",
        "decided_at": written(view.standing.at(fact)) if fact else None,
    }


TABLE = Table(
    "ideas",
    "One row an idea: offered, taken up or not.",
    ("account", "engagement", "idea"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("idea", "idea:"),
)
