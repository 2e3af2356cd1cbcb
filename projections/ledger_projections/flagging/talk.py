"""Flags on what was said: contacts, promises, news, concerns (P23, P29, P32, P36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import ContactMade, NewsLearned
from ledger.references import parse_ref
from ledger.standing import falls
from ledger.values import EntryId
from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import when_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.dialogue import Action, Request
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

THIN = 10
"""A substance of fewer characters says next to nothing (P29)."""
SIDES = {"client": "of the client", "provider": "of ours"}
"""Each side, in words."""


def talk_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on what was said in an engagement or with an account."""
    yield from _contacts(view, known)
    for request_id, request in view.dialogue.requests.items():
        if view.concerns("request", request_id):
            yield from _promises(view, known, request, f"request:{request_id}")
    for news_id, verified in view.dialogue.verified.items():
        for fact in verified if view.concerns("news", news_id) else ():
            if fact.event.verdict == "confirmed" and not fact.event.implications_stated:
                yield Flag(fact, "confirmed-without-implications", f"news:{news_id}", "what it implies was not stated")
    for concern_id, concern in view.dialogue.concerns.items():
        raised = concern.raised if view.concerns("concern", concern_id) else None
        if raised and raised.event.raised_by == "provider" and not raised.event.client_view_stated:
            said = "how the client sees it was not stated"
            yield Flag(raised, "concern-without-client-view", f"concern:{concern_id}", said)
    for action_id, action in view.dialogue.actions.items():
        if view.concerns("action", action_id):
            yield from _unverified(view, known, action, f"action:{action_id}")


def absent_sides(known: Known, fact: Fact[Any], contacts: Iterable[str]) -> list[str]:
    """Return the sides that none of *contacts* stands on, in words; not ours where none of us could have been named."""
    there = {known.side(contact) for contact in contacts}
    missing = [side for side in SIDES if side not in there]
    return [SIDES[side] for side in missing if side != "provider" or _one_of_us_before(known, fact)]


def _contacts(view: View, known: Known) -> Iterator[Flag]:
    for fact in _made(view):
        subject = f"entry:{fact.entry.id}"
        if absent := absent_sides(known, fact, fact.event.participants):
            yield Flag(fact, "one-side-missing", subject, f"nobody {' nor '.join(absent)} took part")
        substance = fact.event.substance  # None once it was erased
        if fact.event.substantive and substance is not None and len(substance.strip()) < THIN:
            yield Flag(fact, "thin-substance", subject, f"its substance is shorter than {THIN} characters")


def _made(view: View) -> Iterable[Fact[ContactMade]]:
    """Return the contacts that are asked for: of a long engagement looking at each would cost what all its rows do."""
    if view.only is None:
        return view.dialogue.contacts_made
    named = (EntryId(name) for kind, name in map(parse_ref, sorted(view.only)) if kind == "entry")
    found = (view.dialogue.facts.get(name) for name in named)
    return [fact.saying(event) for fact in found if fact and isinstance(event := fact.event, ContactMade)]


def _promises(view: View, known: Known, request: Request, subject: str) -> Iterator[Flag]:
    for held in request.held:
        when = known.at(held)
        if falls(known.calendar(when), held.event.promised_by) <= when:
            said = f"promised by {when_words(held, view, held.event.promised_by)}, which had passed"
            yield Flag(held, "promise-not-ahead", subject, said)


def _unverified(view: View, known: Known, action: Action, subject: str) -> Iterator[Flag]:
    where, news_id = _news(view, action)
    if action.agreed is None or not news_id:
        return
    verified = (known.account if where else view.dialogue).verified.get(news_id, [])
    if not any(known.at(fact) <= known.at(action.agreed) for fact in verified):
        said = f"{news_id} was not verified when it was agreed"
        yield Flag(action.agreed, "action-on-unverified-news", subject, said, verified)


def _news(view: View, action: Action) -> tuple[str, str]:
    """Return the news that set *action* off, named by its id or by its entry: its account, if it is there, and its id."""
    kind, name = parse_ref(action.agreed.event.trigger) if action.agreed else ("", "")
    where, _, own = name.rpartition("#")
    state = view.standing.account if where else view.dialogue
    fact = state.facts.get(EntryId(own)) if kind == "entry" else None
    if fact is not None and isinstance(fact.event, NewsLearned):
        return where, fact.event.news_id
    return (where, own) if kind == "news" else ("", "")


def _one_of_us_before(known: Known, fact: Fact[Any]) -> bool:
    ours = (added for added in known.account.contacts.values() if added.event.side == "provider")
    return any(added.entry.position < fact.entry.position for added in ours)
