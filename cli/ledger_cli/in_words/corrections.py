"""Corrections as they are shown: what each changed, why, who said so, and the evidence for it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.values import Position
    from ledger_cli.app import App
    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]

_OWN = ("position", "recorded", "recorded_now", "actor", "actor_name", "party", "lag_hours", "grade", "after_dispute")
DONE = {"amend": "corrected", "withdraw": "withdrawn", "reinstate": "reinstated"}
WORD = {"provider": "", "client": "the client's word, recorded by "}
OWN = {"provider": "", "client": "the client's "}
AFTER = "after a dispute on it was raised"


def corrections_at(app: App, reading: Reading, positions: Sequence[int]) -> list[Row]:
    """Return the corrections at *positions*, with both values of what they change."""
    return [_correction(app, row) for p in positions for row in reading.rows("entries", {"position": p})]


def became_of(corrections: Sequence[Row]) -> str:
    """Return what became of an entry, in order: `corrected by #8 #9, withdrawn by #10, reinstated by #11`."""
    runs = groupby(corrections, key=lambda row: (str(row["kind"]), str(row["party"])))
    return ", ".join(f"{DONE[kind]} by {OWN[party]}{_numbers(rows)}" for (kind, party), rows in runs)


def holding(corrections: Sequence[Row]) -> dict[str, Any]:
    """Return what holds now of each path that *corrections*, in order, change: the last one wins."""
    return {change["path"]: change.get("after") for row in corrections for change in row["changes"]}


def correction_words(row: Row, when: str) -> str:
    """Return a correction in a line: both values, who recorded it *when*, how late, and why, where that is known."""
    marks = [str(row["actor_name"] or row["actor"]), when]
    marks += [f"grade {row['grade']}"] if row["grade"] else []
    marks += [AFTER] if row["after_dispute"] else []
    reason = f' "{row["reason"]}"' if row.get("reason") else ""
    return f"#{row['position']} {row['what']} ({', '.join(marks)}){reason}"


def texts_of(app: App, position: Position) -> dict[str, Any]:
    """Return the erasable fields that are still there: `[salt, name, value]`, in base64url (RFC 9901)."""
    disclosed = app.reader.disclosures([position]).get(position, ())
    said = [json.loads(urlsafe_b64decode(text + b"==")) for text in disclosed]
    return dict(sorted((content[1], content[2]) for content in said if len(content) == 3))


def _numbers(rows: Iterable[Row]) -> str:
    return " ".join(f"#{row['position']}" for row in rows)


def _correction(app: App, row: Row) -> Row:
    texts = texts_of(app, row["position"])
    changes = [*row["data"].get("changes", ()), *(texts.get("text_changes") or ())]
    if any("before" not in change for change in changes):
        changes = _whole(app, row, changes)
    return {
        **{name: row[name] for name in _OWN},
        "kind": row["data"]["kind"],
        "target": app.reader.find(row["data"]["entry"]),
        "changes": [_change(change) for change in changes],
        "reason": texts.get("reason"),
        "evidence": texts.get("evidence") or [],
    }


def _whole(app: App, row: Row, changes: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return *changes* with what was so until then, where they do not repeat it."""
    from ledger.events import EntryCorrected
    from ledger.standing.words import said_before, value_at
    from ledger_cli.asking.entries import state_of

    history = state_of(app, row["stream"]).history
    own = next(fact for fact in history if fact.entry.position == row["position"])
    until = said_before(history, own.saying(own.event)) if isinstance(own.event, EntryCorrected) else None
    held = ((change, value_at(until, change["path"])) for change in changes)
    return [change if value is None else {"before": json.dumps(value), **change} for change, value in held]


def _change(change: Mapping[str, str]) -> Row:
    return {
        "path": change["path"],
        **{side: json.loads(change[side]) for side in ("before", "after") if side in change},
    }
