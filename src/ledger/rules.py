"""The rules that hold for every stream: what is refused because it is structurally false (domain 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.aggregate import Act, identity_of
from ledger.calendars import is_day, surely_before
from ledger.errors import Duplicate, Refused, Unknown, near
from ledger.facts import Fact, amended, corrected
from ledger.references import defined, references
from ledger.values import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ledger.aggregate import Aggregate, Elsewhere
    from ledger.events import EntryAnnotated, EntryCorrected, Event

_AGREED = {"milestone", "obligation"}
_NAMED = 12
"""So many are named."""


def already(state: Aggregate, event: Event) -> bool:
    """Return whether the fact stands already; refuse one that says something else under the same id."""
    first = state.identities.get(identity_of(event))
    if first is None:
        return False
    if first.event.plain == event.plain:
        return True
    raise _taken(first, event)


def check_number(state: Aggregate, event: Event) -> None:
    """Refuse a typed number that is not the next of its kind."""
    kind, name = defined(event)
    if kind in PREFIXES and name not in state.things.get(kind, {}) and name != state.next_id(kind):
        raise Refused(f"{name} cannot be used: the next {kind} is {state.next_id(kind)}.", advice="Leave the id out.")


def check_references(
    state: Aggregate, event: Event, elsewhere: Elsewhere, known: Collection[tuple[str, str]] = ()
) -> None:
    """Refuse a reference to nothing; *known* are those that need no second look."""
    for kind, name in references(event):
        if (kind, name) in known or name in state.things.get(kind, {}) or (kind == "entry" and name in state.facts):
            continue
        if not elsewhere.holds(kind, name):
            names = {*state.things.get(kind, {}), *elsewhere.named(kind)}
            advice = _instead(kind, name, sorted(state.things.get(kind, {})))
            raise Unknown(kind, name, candidates=near(name, sorted(names)), advice=advice)


def check_told_after(known: Fact[Event] | None, act: Act) -> None:
    """Refuse something told before it was known."""
    aware = act.aware or (known.aware if known else None)
    _check_order(act.occurred, aware)


def check_known_before(told: Iterable[Fact[Event]], act: Act) -> None:
    """Refuse something known only after it was *told*."""
    for fact in told:
        _check_order(fact.occurred, act.aware)


def check_answered_after(asked: str | None, answered: str | None) -> None:
    """Refuse an answer from before the request."""
    if asked and answered and _is_before(answered, asked):
        raise Refused(
            f"Answered {_to_minutes(answered)}, before it was asked {_to_minutes(asked)}.",
            advice="Give --at the right time.",
        )


def check_annotated(state: Aggregate, event: EntryAnnotated) -> None:
    """Refuse a remark on an entry that stands in another stream, or nowhere."""
    if all(fact.entry.id != event.entry for fact in state.history):
        raise Unknown("entry", event.entry, advice="A remark stands in the stream of the entry it is about.")


def check_correction(state: Aggregate, event: EntryCorrected, elsewhere: Elsewhere) -> Act | None:
    """Return the act as an amendment or a reinstatement leaves it; refuse what cannot be corrected, or not into that."""
    target = next((fact for fact in corrected(state.history) if fact.entry.id == event.entry), None)
    if target is None:
        raise Unknown("entry", event.entry, advice="A correction stands in the stream of the entry it corrects.")
    if target.event.short_name == event.short_name:
        raise Refused(f"#{target.entry.position} is a correction itself.", advice="Correct the entry that it corrects.")
    if event.kind == "withdraw" or (event.kind == "reinstate" and not target.withdrawn):
        return None
    fact = amended(target, event) if event.kind == "amend" else target
    _check_id(state, fact, target)
    check_references(state, fact.event, elsewhere, set(references(target.event)))
    return Act(fact.event, fact.occurred, fact.aware)


def place(fact: Fact[Event]) -> str:
    """Say where *fact* stands."""
    return f"#{fact.entry.position}" if fact.entry.position else "an earlier line of the same batch"


def _instead(kind: str, name: str, own: Sequence[str]) -> str:
    """Say which things of a kind the stream has of its *own*, or how the first comes to be."""
    if kind == "calendar":
        return "engage policy --set - < policy.json"
    if kind in _AGREED and not own:
        return f'There is no {kind} yet: engage agreed {name} "TITLE" --due WHEN, or leave {name} out.'
    if kind not in PREFIXES and kind not in _AGREED:
        return ""
    return f"There are: {', '.join(own[:_NAMED])}." if own else f"There is no {kind} yet."


def _check_order(told: str | None, aware: str | None) -> None:
    if told and aware and _is_before(told, aware):
        raise Refused(
            f"Told {_to_minutes(told)}, before it was known {_to_minutes(aware)}.",
            advice="Give --at or --aware the right time.",
        )


def _to_minutes(moment: str) -> str:
    """Write a day as it is, an instant without what no person reads of it."""
    return moment if is_day(moment) else f"{moment[:10]} {moment[11:16]} UTC"


def _is_before(earlier: str, later: str) -> bool:
    both_days = is_day(earlier) and is_day(later)  # of one calendar then, whichever it is
    return earlier < later if both_days else surely_before(earlier, later)


def _check_id(state: Aggregate, fact: Fact[Event], target: Fact[Event]) -> None:
    """Refuse an id that another fact has, or that was never given out; *target* may keep one that it stands under."""
    first = state.identities.get(identity_of(fact.event))
    kept = not target.withdrawn and identity_of(target.event) == identity_of(fact.event)  # as a second draft does
    if first is not None and first.entry.id != fact.entry.id and not kept:
        raise _taken(first, fact.event)
    opened = next((f for f in state.facts.values() if f.event.opens), None) if fact.event.opens else None
    if opened is not None and opened.entry.id != fact.entry.id:
        raise Duplicate(f"This {fact.entry.stream.partition('/')[0]} was opened anew in {place(opened)}.")
    kind, name = defined(fact.event)
    if kind in PREFIXES and int(name[1:]) > state.given.get(kind, 0):
        raise Refused(f"{name} cannot be used: the next {kind} is {state.next_id(kind)}.")


def _taken(first: Fact[Event], event: Event) -> Duplicate:
    number = first.entry.position
    other = "" if first.event.plain == event.plain else " with other content"
    return Duplicate(
        f"{event.short_name} {', '.join(identity_of(event)[1:])} was recorded as {place(first)}{other}.",
        advice=f"engage show {number}   (to change it: engage correct {number})" if number else "",
    )
