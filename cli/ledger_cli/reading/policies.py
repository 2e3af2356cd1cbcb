"""The policies and calendars as rows: what holds on a day, and what will from later ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.policies import POLICIES

if TYPE_CHECKING:
    from ledger.practice import Practice

FOREVER = "9999-12-31"


def policies_on(practice: Practice, day: str) -> list[dict[str, Any]]:
    """Return every policy: its value on *day*, since when, and what it will be from later days."""
    facts = [(fact, row) for fact in practice.valid_on(FOREVER) for row in fact.event.policies]
    holding = {row["policy"]: fact for fact, row in facts if fact.event.valid_from <= day}
    return [
        {
            "policy": name,
            "value": practice.policy(name, day),
            "unit": policy.unit,
            "default": policy.default,
            "valid_from": holding[name].event.valid_from if name in holding else None,
            "position": holding[name].entry.position if name in holding else None,
            "ahead": [
                {"value": row["value"], "valid_from": fact.event.valid_from, "position": fact.entry.position}
                for fact, row in facts
                if row["policy"] == name and fact.event.valid_from > day
            ],
            "meaning": policy.meaning,
        }
        for name, policy in POLICIES.items()
    ]


def calendars_on(practice: Practice, day: str) -> list[dict[str, Any]]:
    """Return the calendars that hold on *day*, and those that will."""
    rows = [(fact, calendar) for fact in practice.valid_on(FOREVER) for calendar in fact.event.calendars]
    holding = {data["calendar"]: (fact, data) for fact, data in rows if fact.event.valid_from <= day}
    ahead = [(fact, data) for fact, data in rows if fact.event.valid_from > day]
    return [
        {**data, "valid_from": fact.event.valid_from, "position": fact.entry.position}
        for fact, data in [*holding.values(), *ahead]
    ]
