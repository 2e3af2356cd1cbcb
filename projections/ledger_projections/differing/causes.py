"""The entry that a change is put down to: who recorded it, when, why, on what evidence, how late, before which dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from ledger.calendars import hours, microseconds, parse_instant
from ledger.events import DisputeRaised, EntryCorrected
from ledger.facts import corrected
from ledger.values import EntryId
from ledger_projections.contemporaneity import disputes_in, is_disputed, lag
from ledger_projections.sentences import what

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


class Cause(NamedTuple):
    """What there is to say of the entry at *position*; of a correction, its target and what it says of it."""

    position: int
    id: str
    type: str
    what: str
    recorded: str
    actor: str
    actor_name: str | None
    reason: str | None
    evidence: Sequence[Any]
    since: str | None
    """What its delay is counted from: aware (as corrected), or occurred."""
    lag_hours: Decimal | None
    grade: str | None
    after_dispute: bool
    """Whether it was recorded after a dispute on its subject was raised."""
    disputes: tuple[str, ...]
    """Those disputes; where there is none, the ones that were raised on it later."""
    kind: str | None
    """amend, withdraw or reinstate, of a correction."""
    target: int | None
    after_target_hours: Decimal | None
    """How long after its target a correction was recorded."""
    paths: tuple[str, ...]
    visibility: str
    """shared, private or privileged, as it is marked now."""

    def written(self) -> dict[str, Any]:
        """Return it as JSON."""
        numbers = {
            name: float(value)
            for name in ("lag_hours", "after_target_hours")
            if (value := getattr(self, name)) is not None
        }
        return {**self._asdict(), **numbers, "disputes": list(self.disputes), "paths": list(self.paths)}


def cause_of(fact: Fact[Event], view: View) -> Cause:
    """Return what there is to say of *fact*, as first recorded; *view* is of its stream, with all that is known now."""
    facts = corrected(view.state.history)
    target = _target(fact, facts)
    named: dict[int, str] = {f.entry.position: f.event.dispute_id for f in facts if isinstance(f.event, DisputeRaised)}
    about = [(named[each[0]], each) for each in disputes_in(facts)]
    before = tuple(name for name, each in about if is_disputed(fact, target, [each]))
    later = tuple(name for name, each in about if _is_about(fact, target, each))
    actor, entry = view.practice.actors.get(fact.entry.actor), fact.entry
    now = next((each for each in facts if each.entry.id == entry.id), fact)
    late = lag(view, fact)
    return Cause(
        position=entry.position,
        id=entry.id,
        type=fact.event.short_name,
        what=what(fact, view),
        recorded=fact.recorded,
        actor=entry.actor,
        actor_name=actor.event.name if actor else None,
        reason=fact.event.reason if isinstance(fact.event, EntryCorrected) else None,
        evidence=fact.event.evidence or (),
        since=_since(fact, tuple(paths_of(fact))),
        lag_hours=late["lag_hours"],  # type: ignore[arg-type]  # a number, or none
        grade=late["grade"],  # type: ignore[arg-type]  # a letter, or none
        after_dispute=bool(before),
        disputes=before or later,
        kind=fact.event.kind if isinstance(fact.event, EntryCorrected) else None,
        target=target.entry.position if target else None,
        after_target_hours=_hours(target, fact) if target else None,
        paths=tuple(paths_of(fact)),
        visibility="privileged" if now.privileged else now.visibility,
    )


def paths_of(fact: Fact[Event]) -> Iterable[str]:
    """Return the paths that a correction changes."""
    if not isinstance(fact.event, EntryCorrected):
        return ()
    return [change["path"] for change in (*fact.event.changes, *(fact.event.text_changes or ()))]


def values_of(fact: Fact[EntryCorrected]) -> list[tuple[str, Any, Any]]:
    """Return each path that a correction changes, with what it said before and after."""
    changes = (*fact.event.changes, *(fact.event.text_changes or ()))
    sides = [(change["path"], change.get("before"), change.get("after")) for change in changes]
    return [(path, *(orjson.loads(side) if side else None for side in both)) for path, *both in sides]


def _target(fact: Fact[Event], facts: Iterable[Fact[Event]]) -> Fact[Event] | None:
    if not isinstance(fact.event, EntryCorrected):
        return None
    return next((each for each in facts if each.entry.id == EntryId(fact.event.entry)), None)


def _is_about(fact: Fact[Event], target: Fact[Event] | None, dispute: tuple[int, frozenset[tuple[str, str]]]) -> bool:
    """Return whether a dispute, whenever it was raised, is on what *fact* refers to."""
    return is_disputed(fact, target, [(0, dispute[1])])


def _since(fact: Fact[Event], paths: Iterable[str]) -> str | None:
    if fact.aware or "aware" in paths:
        return "aware"
    return "occurred" if fact.occurred else None


def _hours(target: Fact[Event], fact: Fact[Event]) -> Decimal:
    since, until = (microseconds(parse_instant(each.recorded)) for each in (target, fact))
    return hours(max(until - since, 0))
