"""Which entry `undo` takes back, and how: an act is withdrawn, a correction is corrected back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.entry import decode
from ledger.errors import Refused
from ledger.events import ActorAdded, EntryCorrected
from ledger.facts import corrected
from ledger.values import Position
from ledger_cli.asking.entries import state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.aggregate import Aggregate
    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import Stream
    from ledger.values.records import Change
    from ledger_cli.app import App

FAR = 1_000
"""How many entries back my last one is looked for."""


def last_of_mine(app: App) -> tuple[Stream, Fact[Event]]:
    """Return my newest entry that can be taken back, as corrected so far, and its stream."""
    me = app.names.actor(app.identity)
    states: dict[str, Aggregate] = {}
    head = app.reader.head()
    for position in range(head, max(0, head - FAR), -1):
        stored = app.reader.at(Position(position))
        if stored is None or (entry := decode(*stored)).actor != me or entry.type == ActorAdded.stored_name:
            continue
        if entry.stream not in states:
            states[entry.stream] = state_of(app, entry.stream)
        state = states[entry.stream]
        fact = next(fact for fact in corrected(state.history) if fact.entry.id == entry.id)
        if not (fact.withdrawn or _spent(state, fact)):
            _check_passing(fact)
            return entry.stream, fact
    raise Refused("There is no entry of yours to take back.", advice="engage log shows who recorded what.")


def restored(state: Aggregate, fact: Fact[Event]) -> tuple[Mapping[str, JSON | None], Event]:
    """Return the correction that takes *fact* back, but for its reason, and what it is about."""
    event = fact.event
    if not isinstance(event, EntryCorrected):
        return {"entry": fact.entry.id, "kind": "withdraw"}, event
    target = next(f for f in state.history if f.entry.id == event.entry).event
    if event.kind != "amend":
        return {"entry": event.entry, "kind": "reinstate" if event.kind == "withdraw" else "withdraw"}, target
    texts = [_back(change) for change in event.text_changes or ()]
    changes = [_back(change) for change in event.changes]
    return {"entry": event.entry, "kind": "amend", "changes": changes, "text_changes": texts or None}, target


def _check_passing(fact: Fact[Event]) -> None:
    """Refuse to take back what governs the ledger without its being named, and what stands before it in its place."""
    if fact.event.governs:
        number, kind = fact.entry.position, fact.event.short_name
        raise Refused(
            f"Your last entry, #{number} {kind}, governs the ledger: that is not taken back in passing.",
            advice="Name the one that you mean: engage undo --entry N",
        )


def _back(change: Change) -> dict[str, JSON]:
    """Return *change* the other way round."""
    turned = {"path": change["path"], "before": change.get("after"), "after": change.get("before")}
    return {name: value for name, value in turned.items() if value is not None}


def _spent(state: Aggregate, fact: Fact[Event]) -> bool:
    """Return whether *fact* is a correction that takes something back, or one that was taken back."""
    if not isinstance(fact.event, EntryCorrected):
        return False
    undone = {other.entry.text("causationid") for other in state.history}
    return fact.event.kind != "amend" or fact.entry.text("causationid") is not None or fact.entry.id in undone
