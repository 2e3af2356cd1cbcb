"""Corrections as they are shown: what each changed, why, who said so, and the evidence for it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.values import Position
    from ledger_cli.app import App
    from ledger_cli.reading import Reading

    Row = dict[str, Any]

_OWN = ("position", "recorded", "actor", "actor_name", "lag_hours", "grade", "after_dispute")


def corrections_at(app: App, reading: Reading, positions: Sequence[int]) -> list[Row]:
    """Return the corrections at *positions*, with both values of what they change."""
    return [_correction(app, row) for p in positions for row in reading.rows("entries", {"position": p})]


def texts_of(app: App, position: Position) -> dict[str, Any]:
    """Return the erasable fields that are still there: `[salt, name, value]`, in base64url (RFC 9901)."""
    disclosed = app.reader.disclosures(position, position).get(position, ())
    said = [json.loads(urlsafe_b64decode(text + b"==")) for text in disclosed]
    return dict(sorted((content[1], content[2]) for content in said if len(content) == 3))


def _correction(app: App, row: Row) -> Row:
    texts = texts_of(app, row["position"])
    changes = [*row["data"].get("changes", ()), *(texts.get("text_changes") or ())]
    return {
        **{name: row[name] for name in _OWN},
        "kind": row["data"]["kind"],
        "target": app.reader.find(row["data"]["entry"]),
        "changes": [_change(change) for change in changes],
        "reason": texts.get("reason"),
        "evidence": texts.get("evidence") or [],
    }


def _change(change: Mapping[str, str]) -> Row:
    return {
        "path": change["path"],
        **{side: json.loads(change[side]) for side in ("before", "after") if side in change},
    }
