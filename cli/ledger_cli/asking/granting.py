"""Who may do what, as people say it, and who grants it where nobody says."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from ledger.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.account import Account

T = TypeVar("T")
SCOPES = ("sign", "accept", "instruct", "spend", "receive_notice", "inform", "make_changes")


def scopes(said: object) -> list[str]:
    """Return the scopes in `sign,accept`; hyphens will do for underscores."""
    words = [word.strip().replace("-", "_") for word in str(said or "").split(",") if word.strip()]
    for word in words:
        if word not in SCOPES:
            near = get_close_matches(word, SCOPES, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise Malformed(f'Nobody may "{word}".{hint}', advice=f"There are: {', '.join(SCOPES)}.")
    return words


def for_scope(scope: str, terms: Mapping[str, T]) -> dict[str, T]:
    """Return *terms* as they hold for *scope*: a limit is one of spending alone."""
    return {name: value for name, value in terms.items() if name != "limit" or scope == "spend"}


def first_holder(account: Account, scope: str, side: str) -> str | None:
    """Return who was granted *scope* first on *side*, if anybody was."""
    for change in account.authorities:
        person = account.contacts.get(change.event.contact)
        if change.event.granted and change.event.scope == scope and person and person.event.side == side:
            return change.event.contact
    return None
