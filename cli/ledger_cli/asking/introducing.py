"""Somebody whom nobody knows yet is introduced in passing, on a terminal, in the same batch as what they took part in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown
from ledger_cli.asking.missing import Need, answered, confirmed, meant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.account import Account
    from ledger.engagement import Engagement
    from ledger_cli.app import App

LEVELS = ("executive", "senior", "manager", "operational")


def contacts(app: App, state: Engagement, names: Iterable[str]) -> list[str]:
    """Return the ids of the people called *names*; on a terminal, of those too whom nobody knew."""
    return people(app, state.account, names)


def people(app: App, account: str, names: Iterable[str]) -> list[str]:
    """Return the ids of the people of *account* called *names*."""
    return [_person(app, account, name) for name in names]


def side_of(app: App, account: str, contact: str) -> str:
    """Return the side that *contact* stands on."""
    known = {str(card.data["contact_id"]): str(card.data["side"]) for card in app.newcomers.values()}
    return known.get(contact) or app.names.account(account).contacts[contact].event.side


def _person(app: App, account: str, name: str) -> str:
    known = app.newcomers.get(name)
    if known is not None:
        return str(known.data["contact_id"])
    try:
        return meant(app, lambda text: app.names.contact(account, text), name)
    except Unknown:
        if app.ask is None or not confirmed(app, f'Nobody is called "{name}". Add them?'):
            raise
        return _introduced(app, account, name)


def _introduced(app: App, account_id: str, name: str) -> str:
    """Ask who *name* is, and keep what makes them known to be recorded with what they are named in."""
    from ledger.drafts import Draft

    account = app.names.account(account_id)
    contact = _next(app, account)
    card = {
        "contact_id": contact,
        "side": answered(app, account, Need("Whose side?", "--side", among=("client", "provider"), likely=_client)),
        "level": answered(app, account, Need("How high?", "--level", among=LEVELS, likely=_manager)),
        "name": name,
        "role": answered(app, account, Need("What are they there?", "--role", likely=lambda _app, _state: name)),
    }
    app.newcomers[name] = Draft("contact-added", f"account/{account_id}", card)
    return contact


def _next(app: App, account: Account) -> str:
    return f"c{int(account.next_id('contact')[1:]) + len(app.newcomers)}"


def _client(app: App, state: object) -> str:
    return "client"


def _manager(app: App, state: object) -> str:
    return "manager"
