"""Plans for a client: one row a version, who approved it, and until when it is valid (P55, P60)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import key_said, newest_plan, plan_ends, valid_plan
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.account import Account
    from ledger.events import AccountPlanApproved
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("version", "integer", "The version of the plan.", example="1"),
    Column("is_newest", "boolean", "1: no newer version was approved."),
    Column("is_valid", "boolean", "1: the newest, and not past its last day (as of freshness.as_of)."),
    Column("is_key_account", "boolean", "1: the account is a key one, which is to have a valid plan (P55)."),
    Column("approved_at", "instant", "When it was approved."),
    Column("approved_by", "text", "Id of who approved it.", example="a1"),
    Column("approved_by_name", "text", "What they are called.", example="Ada"),
    Column("drafted_by", "text", "Id of who drafted it.", example="a2"),
    Column("drafted_by_name", "text", "What they are called.", example="Ben"),
    Column("approved_by_author", "boolean", "1: who drafted it approved it (P55)."),
    Column("valid_until", "day", "The last day on which it is valid.", example="2025-12-31"),
    Column("ends_at", "instant", "The end of that day."),
    Column("objectives", "json", "Its objectives: objective_id, aligned_to, shared."),
    Column("objectives_count", "integer", "How many there are."),
    Column("objectives_shared", "integer", "How many of them the client shares (P60)."),
    Column("statements", "json", "Their words: objective_id, text.", nullable=True),
    Column("document_sha256", "text", "The SHA-256 of the document.", nullable=True),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each version of the plan."""
    if view.account is None:
        return
    for plan in view.account.plans.values():
        values = {**_approved(view, plan), **_validity(view, view.account, plan), **_objectives(plan.event)}
        others = (key_said(view.account), newest_plan(view.account))
        yield row_on([plan, *(fact for fact in others if fact and fact is not plan)], {**whose(view), **values})


def _approved(view: View, plan: Fact[AccountPlanApproved]) -> dict[str, Scalar]:
    event = plan.event
    return {
        "version": event.version,
        "approved_at": written(view.standing.at(plan)),
        "approved_by": event.approved_by,
        "approved_by_name": actor(view, event.approved_by),
        "drafted_by": event.drafted_by,
        "drafted_by_name": actor(view, event.drafted_by),
        "approved_by_author": event.approved_by == event.drafted_by,
        "document_sha256": event.document_sha256,
    }


def _validity(view: View, account: Account, plan: Fact[AccountPlanApproved]) -> dict[str, Scalar]:
    key = key_said(account)
    return {
        "is_newest": newest_plan(account) is plan,
        "is_valid": valid_plan(account, view.practice, parse_instant(view.as_of)) is plan,
        "is_key_account": key is not None and key.event.key is True,
        "valid_until": plan.event.valid_until,
        "ends_at": written(plan_ends(view.practice, plan)),
    }


def _objectives(event: AccountPlanApproved) -> dict[str, Scalar]:
    return {
        "objectives": json_text(event.objectives),
        "objectives_count": len(event.objectives),
        "objectives_shared": sum(objective["shared"] for objective in event.objectives),
        "statements": json_text(event.statements) if event.statements else None,
    }


TABLE = Table(
    "account_plans",
    "One row a version of the plan for a client: approved by whom, valid until when.",
    ("account", "version"),
    COLUMNS,
    rows,
    frozenset({"account"}),
)
