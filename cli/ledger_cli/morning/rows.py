"""Needs as rows of JSON, for a program: of now SQLite writes most of each, of the past, where there is no table, Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.output import json_row, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger_cli.morning.needs import Need
    from ledger_cli.printing.output import Written

TOLD = (
    "engagement", "engagement_alias", "account", "account_alias", "signal", "subject", "rank", "says", "also", "raised_at",
    "since", "deadline", "command",
)  # fmt: skip
"""What a program reads of a signal, beside the entries behind it."""
JUDGED = ("signal", "rank", "raised_at", "since", "deadline", "cleared_at", "calendar", "last_position")
"""What it is judged and sorted by."""
_NAMED = ", ".join(f"'{name}', {name}" for name in TOLD)
ANSWER = (*JUDGED, f"json_object({_NAMED}, 'positions', json(positions), 'entries', json(entries)) AS told")
COUNTED = (*JUDGED, f"json_object({_NAMED}, 'n', json_array_length(positions)) AS told")
"""What a program's answer is made of, and that of what stands: what does not change with the hour, SQLite writes as JSON."""


def need_json(need: Need) -> dict[str, Any]:
    """Return a need as a program reads it."""
    return {**_told(need), "positions": need.signal["positions"], "entries": need.signal["entries"]}


def standing_json(need: Need) -> dict[str, Any]:
    """Return what stands as a program reads it: *n* entries are behind it, months of them, which `signals` names."""
    return {**_told(need), "n": len(need.signal["positions"])}


def need_row(need: Need) -> Written:
    """Return a need as a row of JSON."""
    return _row(need, need_json)


def standing_row(need: Need) -> Written:
    """Return what stands as a row of JSON."""
    return _row(need, standing_json)


def _row(need: Need, whole: Callable[[Need], dict[str, Any]]) -> Written:
    told, age = need.signal.get("told"), need.age
    if told is None:
        return json_row(whole(need))
    hours = f'"{age.hours}"' if age else "null"
    return written(f'{{"urgency":"{need.urgency}","business_hours":{hours},{told[1:]}')


def _told(need: Need) -> dict[str, Any]:
    signal, age = need.signal, need.age
    return {"urgency": need.urgency, "business_hours": age.hours if age else None, **{k: signal[k] for k in TOLD}}
