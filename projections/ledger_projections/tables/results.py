"""Results: target beside what was measured, and how each was marked at the close (P02, P13, P20, P48)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Outcome, outcomes_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("result", "text", "The result.", example="R1"),
    Column("agreement_version", "integer",
           "The version it is read from: the one in force, else the newest that names it (as of freshness.as_of)."),
    Column("is_in_force", "boolean", "1: that version is in force (as of freshness.as_of)."),
    Column("statement", "text", "What is to be attained.", nullable=True),
    Column("measure", "text", "How it is measured.", nullable=True),
    Column("measure_stated_by", "text",
           "provider or client: who said how; null: it has no measure (P48).", nullable=True, example="client"),
    Column("target", "number", "What is to be reached, in unit.", nullable=True, example="98.5"),
    Column("unit", "text", "Its unit.", nullable=True, example="% of moves"),
    Column("client_goal", "text", "The client's goal that it serves.", nullable=True, example="goal-1"),
    Column("value", "number", "What was measured last, in value_unit.", nullable=True, example="97.1"),
    Column("value_unit", "text", "The unit it was measured in.", nullable=True),
    Column("measured_by", "text", "provider or client.", nullable=True, example="client"),
    Column("measured_at", "instant", "When.", nullable=True),
    Column("evidence_count", "integer", "How many files show it.", nullable=True),
    Column("attained", "boolean",
           "1: the value is no less than the target; 0: it is; null: they cannot be compared. Where less is better, the"
           " verdict says it.", nullable=True),
    Column("verdict", "text", "At the close: attained, not_attained or waived.", nullable=True, example="attained"),
    Column("bonus_threshold", "number", "The lowest value that is paid for.", nullable=True, example="99"),
    Column("bonus_minor", "integer", "What is paid for it.", "minor units", nullable=True),
    Column("bonus_currency", "text", "Its currency (ISO 4217).", nullable=True, example="GBP"),
    Column("bonuses", "json", "All of them: threshold, amount.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each result."""
    if view.known is None or not view.concerns_any("result"):
        return
    for outcome in outcomes_of(view.known, parse_instant(view.as_of)):
        if view.concerns("result", outcome.name):
            values = {**_agreed(outcome), **_measured(view, outcome), **_paid(outcome)}
            yield row_on(outcome.facts, {**whose(view), **values})


def _agreed(outcome: Outcome) -> dict[str, Scalar]:
    result, words = outcome.result, outcome.words
    return {
        "result": outcome.name,
        "agreement_version": outcome.draft.event.version,
        "is_in_force": outcome.in_force,
        "statement": words["statement"] if words else None,
        "measure": words["measure"] if words else None,
        "measure_stated_by": result.get("measure_stated_by"),
        "target": Decimal(result["target"]) if "target" in result else None,
        "unit": result.get("unit"),
        "client_goal": result.get("client_goal"),
        "verdict": outcome.verdict,
    }


def _measured(view: View, outcome: Outcome) -> dict[str, Scalar]:
    fact = outcome.measured
    return {
        "value": Decimal(fact.event.value) if fact else None,
        "value_unit": fact.event.unit if fact else None,
        "measured_by": fact.event.measured_by if fact else None,
        "measured_at": written(view.standing.at(fact)) if fact else None,
        "evidence_count": fact.event.evidence_count or 0 if fact else None,
        "attained": outcome.attained,
    }


def _paid(outcome: Outcome) -> dict[str, Scalar]:
    bonuses = outcome.bonuses
    first = bonuses[0] if bonuses else None
    return {
        "bonus_threshold": Decimal(first["threshold"]) if first else None,
        "bonus_minor": first["amount"]["minor"] if first else None,
        "bonus_currency": first["amount"]["currency"] if first else None,
        "bonuses": None if bonuses is None else json_text(bonuses),
    }


TABLE = Table(
    "results",
    "One row a result: target beside value, and the verdict at the close.",
    ("engagement", "result"),
    COLUMNS,
    rows,
    about=("result", "result:"),
    unread=CONVERSATION,
)
