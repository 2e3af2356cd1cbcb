"""Whose a row is: the engagement and the account that every table names, by id and by alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant
from ledger_projections.table import Column, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

VISIBILITY = Column("visibility", "text", "private where anything that the row shows is, as corrected; else shared.",
                    example="shared")  # fmt: skip
WHOSE = (
    Column("engagement", "text", "Id of the engagement.", nullable=True, example="k7h2mmsw3qpd"),
    Column("engagement_alias", "text", "What people call it.", nullable=True, example="northwind"),
    Column("account", "text", "Id of the account.", example="q3r7vvxa2bcd"),
    Column("account_alias", "text", "What people call the account.", nullable=True, example="northwind-ltd"),
)
OURS_TOO = (
    *WHOSE[:2],
    Column("account", "text", "Id of the account; null: it is of our own side.", nullable=True, example="q3r7vvxa2bcd"),
    *WHOSE[3:],
)
"""The same where a row may be of all there is."""


def whose(view: View) -> dict[str, Scalar]:
    """Return the values of the columns `WHOSE`: the same for all rows of a stream."""
    found: dict[str, Scalar] | None = view.__dict__.get("whose")
    if found is None:
        found = view.__dict__["whose"] = _whose(view)
    return found


def _whose(view: View) -> dict[str, Scalar]:
    stream = view.stream.partition("/")[2]
    return {
        "engagement": stream if view.engagement else None,
        "engagement_alias": view.alias,
        "account": view.engagement.account if view.engagement else stream,
        "account_alias": view.account_alias,
    }


def row_on(facts: Sequence[Fact[Any]], values: Mapping[str, Scalar]) -> Row:
    """Return the row of *values* that stands on *facts*, and is as private as they are."""
    return Row({**values, "visibility": visibility(facts)}, facts)


def visibility(facts: Iterable[Fact[Any] | None]) -> str:
    """Return `private` where any of *facts*, which a row shows, is; else `shared`."""
    for fact in facts:  # a loop, for this is asked of every row: what `any` takes is three times as much
        if fact is not None and fact.visibility == "private":
            return "private"
    return "shared"


def written(when: datetime | None) -> str | None:
    """Write an instant, if there is one."""
    return instant(when) if when else None
