"""Plans for a client: which version is valid, and until when (P55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number, day_text
from ledger.standing.edges import END, LAST_DAY, midnight

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.account import Account
    from ledger.events import AccountOpened, AccountPlanApproved, ClientFitAssessed
    from ledger.facts import Fact
    from ledger.practice import Practice

    Plan = Fact[AccountPlanApproved]


def key_said(account: Account) -> Fact[AccountOpened] | Fact[ClientFitAssessed] | None:
    """Return the fact that says whether it is a key account: what was assessed last, else the opening."""
    assessed = (fact for fact in reversed(account.fits) if fact.event.key is not None)
    return next(assessed, None) or account.opened


def newest_plan(account: Account) -> Plan | None:
    """Return the newest version of the plan for a client."""
    return account.plans[max(account.plans)] if account.plans else None


def plan_ends(practice: Practice, plan: Plan) -> datetime:
    """Return when a plan is valid no more: as the day after its last one begins, in the calendar `default`."""
    last = plan.event.valid_until
    if last == LAST_DAY:
        return END
    return midnight(practice.calendar("default", last), day_text(day_number(last) + 1))


def valid_plan(account: Account, practice: Practice, as_of: datetime) -> Plan | None:
    """Return the newest version if it is still valid at *as_of*: an older one was replaced by it."""
    plan = newest_plan(account)
    return plan if plan and as_of < plan_ends(practice, plan) else None
