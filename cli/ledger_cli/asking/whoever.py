"""People on either side, as they are named: `me`, one of us who records, or somebody the account knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown
from ledger.names import called, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_cli.app import App


def me(app: App) -> str:
    """Return the id of whoever sits here: whoever records for the first time gets the next one."""
    return app.names.actor(app.identity) or app.names.practice.next_id("actor")


def one_of_us(app: App, name: str) -> str:
    """Return the id of the one of us who is called *name*."""
    if name.casefold() == "me":
        return me(app)
    try:
        return pick(_us(app), name)
    except Unknown as error:
        known = ", ".join(f"{actor} ({', '.join(texts)})" for actor, texts in _us(app).items())
        raise Unknown("one of us", name, candidates=error.candidates, advice=f"Those who record: {known}.") from error


def anyone(app: App, account: str, name: str) -> str:
    """Return the id of the one of us, else of the contact of *account*, who is called *name*."""
    if name.casefold() == "me":
        return me(app)
    try:
        return pick(_us(app), name)
    except Unknown as error:
        return _contact(app, account, name, error)


def with_ours(app: App, account: str, named: Sequence[str]) -> list[str]:
    """Return who took part: those *named*, and whoever records, where the account knows them and none of us is named."""
    people = app.names.account(account).contacts
    ours = {contact: fact.event for contact, fact in people.items() if fact.event.side == "provider"}
    here = list(dict.fromkeys(named))
    if ours.keys() & here:
        return here
    me = {app.identity.email.casefold(), app.identity.name.casefold()} - {""}
    mine = [name for name, card in ours.items() if {str(text).casefold() for text in (card.email, card.name)} & me]
    of_us = mine if len(mine) == 1 else list(ours)
    return [*here, *of_us] if len(of_us) == 1 else here


def _contact(app: App, account: str, name: str, unknown: Unknown) -> str:
    """Return the id of the contact called *name*; where there is none, refuse it with what is near on both sides."""
    try:
        return pick(called(app.names.account(account)), name)
    except Unknown as error:
        candidates = dict.fromkeys([*unknown.candidates, *error.candidates])
        raise Unknown("person", name, candidates=list(candidates), advice=error.advice) from error


def _us(app: App) -> dict[str, list[str]]:
    return {
        actor: [text for text in (fact.event.name, fact.event.email, fact.event.role) if text]
        for actor, fact in app.names.practice.actors.items()
    }
