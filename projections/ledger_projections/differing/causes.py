"""The entry that a change is put down to: who recorded it, when, why, on what evidence, how late, before which dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import hours, microseconds, parse_instant
from ledger.events import DisputeRaised, EntryCorrected
from ledger.facts import corrected
from ledger.values import EntryId
from ledger.values.named import NamedTuple
from ledger_projections.contemporaneity import Disputed, disputes_in, is_disputed, lag
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
    party: str
    """Whose word it is."""
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

    @property
    def recorder(self) -> str:
        """Who recorded it; of what is the client's word, that it is."""
        who = self.actor_name or self.actor
        return who if self.party == "provider" else f"the client, by {who}"

    def covered(self) -> Cause:
        """Return it without what it says, if it is private: that it is there stays to be seen."""
        if self.visibility == "shared":
            return self
        return self._replace(what=f"an entry that is {self.visibility}", reason=None, evidence=())

    def written(self) -> dict[str, Any]:
        """Return it as JSON."""
        numbers = {
            name: float(value)
            for name in ("lag_hours", "after_target_hours")
            if (value := getattr(self, name)) is not None
        }
        return {**self._asdict(), **numbers, "disputes": list(self.disputes), "paths": list(self.paths)}


class Trail:
    """The entries of one stream as they are known now, to say of each what there is to say."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.facts = {fact.entry.id: fact for fact in corrected(view.state.history)}
        facts = [*self.facts.values()]
        self._disputes = disputes_in(view.state.history)
        self._named: dict[int, str] = {
            f.entry.position: f.event.dispute_id for f in facts if isinstance(f.event, DisputeRaised)
        }

    def cause(self, fact: Fact[Event]) -> Cause:
        """Return what there is to say of *fact*, as first recorded."""
        entry, event = fact.entry, fact.event
        correction = event if isinstance(event, EntryCorrected) else None
        target = self.facts.get(EntryId(correction.entry)) if correction else None
        before, later = self._standing_to(fact, target)
        actor, now = self._view.practice.actors.get(entry.actor), self.facts.get(entry.id, fact)
        late: Any = lag(self._view, fact)
        return Cause(
            position=entry.position,
            id=entry.id,
            type=event.short_name,
            what=what(fact, self._view),
            recorded=fact.recorded,
            actor=entry.actor,
            actor_name=actor.event.name if actor else None,
            party=entry.party,
            reason=correction.reason if correction else None,
            evidence=event.evidence or (),
            since=_since(fact, paths_of(fact)),
            lag_hours=late["lag_hours"],
            grade=late["grade"],
            after_dispute=bool(before),
            disputes=before or later,
            kind=correction.kind if correction else None,
            target=target.entry.position if target else None,
            after_target_hours=_hours(target, fact) if target else None,
            paths=paths_of(fact),
            visibility="privileged" if now.privileged else now.visibility,
        )

    def _standing_to(self, fact: Fact[Event], target: Fact[Event] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the disputes that were open on what *fact* is about when it was recorded, and those raised later."""
        before = tuple(self._named[each.raised] for each in self._disputes if is_disputed(fact, target, [each]))
        later = tuple(
            self._named[each.raised]
            for each in self._disputes
            if each.raised > fact.entry.position and is_disputed(fact, target, [Disputed(0, each.about)])
        )
        return before, later


def paths_of(fact: Fact[Event]) -> tuple[str, ...]:
    """Return the paths that a correction changes."""
    if not isinstance(fact.event, EntryCorrected):
        return ()
    return tuple(change["path"] for change in (*fact.event.changes, *(fact.event.text_changes or ())))


def _since(fact: Fact[Event], paths: Iterable[str]) -> str | None:
    if fact.aware or "aware" in paths:
        return "aware"
    return "occurred" if fact.occurred else None


def _hours(target: Fact[Event], fact: Fact[Event]) -> Decimal:
    since, until = (microseconds(parse_instant(each.recorded)) for each in (target, fact))
    return hours(max(until - since, 0))
