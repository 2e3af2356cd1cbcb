"""Needs as rows of JSON, for a program: of now SQLite writes most of each, of the past, where there is no table, Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.morning.counts import newest_entry, open_engagements
from ledger_cli.morning.needs import standing_of
from ledger_cli.printing.output import document, echo, json_row, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger_cli.morning.asked import Asked
    from ledger_cli.morning.needs import Need
    from ledger_cli.printing.output import Written
    from ledger_cli.reading.past import Past
    from ledger_cli.reading.tables import Reading

TOLD = (
    "engagement", "engagement_alias", "account", "account_alias", "signal", "subject", "rank", "says", "also", "raised_at",
    "since", "deadline", "command",
)  # fmt: skip
"""What a program reads of a signal, beside the entries behind it."""
JUDGED = ("engagement", "signal", "rank", "since", "deadline", "calendar", "last_position")
"""What it is judged and sorted by."""
_NAMED = ", ".join(f"'{name}', {name}" for name in TOLD)
ANSWER = (*JUDGED, f"json_object({_NAMED}, 'positions', json(positions), 'entries', json(entries)) AS told")
COUNTED = (*JUDGED, f"json_object({_NAMED}, 'n', json_array_length(positions)) AS told")
"""What a program's answer is made of, and that of what stands: what does not change with the hour, SQLite writes as JSON."""


def write(reading: Reading, asked: Asked, needs: Sequence[Need], wanted: Mapping[str, object]) -> None:
    """Print *needs* as one document, or as lines."""
    if asked.as_json:
        document(_answer(reading, asked.past, needs, wanted))
    else:
        echo("".join(f"{need_row(need)}\n" for need in needs))


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


def _answer(reading: Reading, past: Past, needs: Sequence[Need], wanted: Mapping[str, object]) -> dict[str, Any]:
    count, newest = newest_entry(reading, past)
    return {
        "as_of": reading.as_of,
        "as_known_on": reading.known_on,
        "as_true_on": reading.true_on,
        "trust_claimed": past.trust_claimed,
        "zone": str(reading.zone),
        "position": newest["position"] if newest else 0,
        "root": None if past.asked else reading.freshness["root"],
        "entries": count,
        "engagements": len(open_engagements(reading, wanted)),
        "needs": [*map(need_row, needs)],
        "standing": [*map(standing_row, standing_of(reading, wanted, COUNTED))],
    }


def _row(need: Need, whole: Callable[[Need], dict[str, Any]]) -> Written:
    told, age = need.signal.get("told"), need.age
    if told is None:
        return json_row(whole(need))
    hours = f'"{age.hours}"' if age else "null"
    return written(f'{{"urgency":"{need.urgency}","business_hours":{hours},{told[1:]}')


def _told(need: Need) -> dict[str, Any]:
    signal, age = need.signal, need.age
    return {"urgency": need.urgency, "business_hours": age.hours if age else None, **{k: signal[k] for k in TOLD}}
