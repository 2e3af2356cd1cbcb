"""Corrections and remarks, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day
from ledger.events import EntryAnnotated, EntryCorrected
from ledger.standing.words import said_before, value_at
from ledger_projections.wording import entry_words, quoted, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values.records import Change
    from ledger_projections.view import View

CLOCKS = {"occurred": "happened", "aware": "known"}


def _corrected(fact: Fact[EntryCorrected], view: View) -> str:
    event, entry = fact.event, entry_words(view, fact.event.entry)
    if event.kind != "amend":
        return f"{event.kind}s {entry}"
    changes = [_change(fact, view, change) for change in (*event.changes, *(event.text_changes or ()))]
    return f"corrects {entry}: {', '.join(changes) or 'a text that was erased'}"


def _annotated(fact: Fact[EntryAnnotated], view: View) -> str:
    return f"remark on {entry_words(view, fact.event.entry)}"


def _change(fact: Fact[EntryCorrected], view: View, change: Change) -> str:
    path = change["path"]
    name = CLOCKS.get(path) or path.removeprefix("data.").replace("_", " ")
    before = change.get("before") or _in_force(fact, view, path)
    return f"{name} {_value(fact, view, before)} → {_value(fact, view, change.get('after'))}"


def _in_force(fact: Fact[EntryCorrected], view: View, path: str) -> str | None:
    """Return what the entry said of *path* until then, as JSON text, where the correction does not repeat it."""
    value = value_at(said_before(view.state.history, fact), path)
    return None if value is None else json.dumps(value)


def _value(fact: Fact[EntryCorrected], view: View, text: str | None) -> str:
    value = json.loads(text) if text else None
    if value is None:
        return "nothing"
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    moment = is_day(value[:10]) and (len(value) == 10 or value.endswith("Z"))
    return when_words(fact, view, value) if moment else quoted(value)


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    EntryCorrected: _corrected,
    EntryAnnotated: _annotated,
}
