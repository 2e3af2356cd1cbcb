"""People, what they may do, and our own rules, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import ActorAdded, AuthorityChanged, ContactAdded, PolicySet
from ledger_projections.days import day_words
from ledger_projections.wording import entry_words, money_words, person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


def _contact(fact: Fact[ContactAdded], view: View) -> str:
    event = fact.event
    called = ", ".join(dict.fromkeys(text for text in (event.name, event.role) if text)) or event.contact_id
    side = "ours" if event.side == "provider" else "of the client"
    return f"contact {event.contact_id} added: {called} ({event.level}, {side})"


def _authority(fact: Fact[AuthorityChanged], view: View) -> str:
    event = fact.event
    can = "may" if event.granted else "may no longer"
    limit = f" up to {money_words(event.limit)}" if event.limit else ""
    until = f" until {day_words(event.valid_until, fact.when)}" if event.valid_until else ""
    cures = f", ratifies {', '.join(entry_words(view, e) for e in event.ratifies)}" if event.ratifies else ""
    by = "" if event.granted_by == event.contact else f", granted by {person(view, event.granted_by)}"
    scope = event.scope.replace("_", " ")
    return f"{person(view, event.contact)} {can} {scope}{limit} from {day_words(event.valid_from, fact.when)}{until}{by}{cures}"


def _actor(fact: Fact[ActorAdded], view: View) -> str:
    event = fact.event
    return f"{event.actor} records{f': {event.name}' if event.name else ''}"


def _policy(fact: Fact[PolicySet], view: View) -> str:
    event = fact.event
    values = [f"{policy['policy']} = {policy['value']}" for policy in event.policies]
    calendars = [f"calendar {calendar['calendar']} ({calendar['zone']})" for calendar in event.calendars]
    return f"from {day_words(event.valid_from, fact.when)}: {', '.join([*values, *calendars]) or 'nothing set'}"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    ContactAdded: _contact,
    AuthorityChanged: _authority,
    ActorAdded: _actor,
    PolicySet: _policy,
}
