"""The answers that are most likely, offered in brackets, and the checks that an answer typed at a terminal must pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.engagement import Engagement
from ledger_cli.asking.about import thing
from ledger_cli.asking.moments import parse_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ledger.dialogue import Dialogue, Request
    from ledger_cli.app import App

    Check = Callable[[App, Dialogue, str], object]
    Likely = Callable[[App, Dialogue], str | None]

_SPOKEN = ("from_contact", "to", "participants", "by", "attendees")
"""The fields that name whom something was said to, or who said it."""


def last_spoken_to(app: App, state: Dialogue) -> str | None:
    """Return the name of the last of the client's people that something was said to or came from; else the only one."""
    account = app.names.account(account_of(state))
    clients = {contact: fact.event.name for contact, fact in account.contacts.items() if fact.event.side == "client"}
    for fact in reversed(state.facts.values()):
        for contact in _named(getattr(fact.event, field, None) for field in _SPOKEN):
            if contact in clients:
                return clients[contact] or contact
    return only(name or contact for contact, name in clients.items())


def account_of(state: Dialogue) -> str:
    """Return the id of the account that *state* is of or for."""
    if isinstance(state, Engagement):
        return state.account
    return next((fact.entry.stream.partition("/")[2] for fact in state.history), "")


def only_milestone(app: App, state: Dialogue) -> str | None:
    """Return the milestone that is not accepted yet, if there is one."""
    if not isinstance(state, Engagement):
        return None
    judged = {name: any(f.event.verdict == "accepted" for f in m.judged) for name, m in state.milestones.items()}
    return only(name for name, accepted in judged.items() if not accepted)


def untold(app: App, state: Dialogue) -> str | None:
    """Return the one slip, or piece of news, that nobody was told of."""
    if not isinstance(state, Engagement):
        return None
    slips = [name for name, slip in state.slips.items() if not slip.reported and not slip.averted]
    return only([*slips, *(name for name, news in state.news.items() if not news.reported)])


def last_told(app: App, state: Dialogue) -> str | None:
    """Return the number of the last entry that told them something and was not acknowledged."""
    if not isinstance(state, Engagement):
        return None
    told = (fact for fact in reversed(state.facts.values()) if getattr(fact.event, "to", None))
    waiting = (fact for fact in told if fact.entry.id not in state.acknowledgements)
    return next((f"#{fact.entry.position}" for fact in waiting), None)


def open_request(app: App, state: Dialogue) -> str | None:
    """Return the one request that waits for an answer."""
    waiting = {name: request for name, request in state.requests.items() if not request.answered}
    return only(name for name, request in waiting.items() if _needs_reply(request))


def unverified(app: App, state: Dialogue) -> str | None:
    """Return the one piece of news that was not looked into."""
    return only(name for name in state.things.get("news", {}) if name not in state.verified)


def said(text: str) -> Likely:
    """Return what offers *text*."""
    return lambda _app, _state: text


def a_thing(kind: str) -> Check:
    """Return what refuses an answer that is no thing of *kind*."""
    return lambda _app, state, answer: thing(state, kind, answer)


def a_date(app: App, state: Dialogue, answer: str) -> object:
    """Refuse an answer that is no date."""
    return parse_moment(answer, app.clock(), app.zone, ahead=True)


def only(names: Iterable[str]) -> str | None:
    """Return the one of *names*, if there is but one."""
    found = list(names)
    return found[0] if len(found) == 1 else None


def _named(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        yield from value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _needs_reply(request: Request) -> bool:
    """Return whether *request* wants a reply: what we ask always does."""
    return request.asked is not None and bool(getattr(request.asked.event, "needs_reply", True))
