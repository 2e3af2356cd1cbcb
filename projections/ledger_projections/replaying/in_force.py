"""The policies in force, as rows: for a replay, which shows by what everything was measured then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.policies import POLICIES
from ledger.standing import day_in
from ledger_projections.table import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import PolicySet
    from ledger.facts import Fact
    from ledger_projections.view import View

COLUMNS = (
    Column("policy", "text", "The policy.", example="slip_notice_bh"),
    Column("value", "text", "Its value.", example="16"),
    Column("unit", "text", "What it counts.", example="business hours"),
    Column("valid_from", "day", "From when it holds; null: nobody has set it.", nullable=True),
    Column("meaning", "text", "What it is for."),
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each policy, as it holds on the day of `as_of`."""
    day = day_in(view.practice, view.as_of)
    said = [(fact, row["policy"]) for fact in view.practice.valid_on(day) for row in fact.event.policies]
    by: dict[str, Fact[PolicySet]] = {name: fact for fact, name in said}
    for name, policy in POLICIES.items():
        fact = by.get(name)
        values = {"policy": name, "unit": policy.unit, "meaning": policy.meaning}
        since = fact.event.valid_from if fact else None
        yield Row({**values, "value": view.practice.policy(name, day), "valid_from": since}, [fact] if fact else [])


TABLE = Table(
    "policies",
    "The policies in force.",
    ("policy",),
    COLUMNS,
    rows,
    frozenset({"practice"}),
)
