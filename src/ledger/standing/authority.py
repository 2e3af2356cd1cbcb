"""Who may act: authorities from a day on, for one engagement or for all, granted by those who may grant (P49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import is_day, parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.account import Account
    from ledger.events import AuthorityChanged
    from ledger.facts import Fact
    from ledger.practice import Practice

    Change = Fact[AuthorityChanged]


def may(changes: Iterable[Change], contact: str, scope: str, day: str, engagement_id: str | None = None) -> bool:
    """Return whether *contact* holds *scope* on *day*: the last change in the log of those valid on that day decides.

    *changes* are those that count; without *engagement_id* only those made for all engagements are looked at.
    """
    valid = [
        change.event.granted
        for change in changes
        if (change.event.contact, change.event.scope) == (contact, scope)
        and change.event.engagement in {None, engagement_id}
        and change.event.valid_from <= day <= (change.event.valid_until or day)
    ]
    return bool(valid) and valid[-1]


def counting_changes(account: Account, practice: Practice) -> list[Change]:
    """Return the changes that count, in the order of the log.

    One counts if whoever made it held the scope on the same side when it was made, if it is the first by which somebody
    of that side takes the scope (otherwise nobody could begin), or once another that counts ratifies it (domain 3.3.5).
    """
    return _judged(account, practice)[0]


def lacking_changes(account: Account, practice: Practice) -> list[Change]:
    """Return the changes made by somebody who may not, ratified since or not."""
    return _judged(account, practice)[1]


def first_grants(account: Account) -> set[str]:
    """Return the ids of the entries by which somebody takes a scope for the first time on a side."""
    firsts: dict[tuple[str, str], str] = {}
    for change in account.authorities:
        side = _side(account, change.event.contact)
        if change.event.granted and side is not None and change.event.granted_by == change.event.contact:
            firsts.setdefault((side, change.event.scope), change.entry.id)
    return set(firsts.values())


def ratified(changes: Sequence[Change]) -> frozenset[str]:
    """Return the ids of the entries that a grant among *changes* cures."""
    return frozenset(entry for change in changes if change.event.granted for entry in change.event.ratifies)


def day_in(practice: Practice, moment: str) -> str:
    """Return the day of *moment* in the zone of the calendar `default`."""
    if is_day(moment):
        return moment
    return practice.calendar("default", moment[:10]).day_of(parse_instant(moment))


def _judged(account: Account, practice: Practice) -> tuple[list[Change], list[Change]]:
    """Return the changes that count and those made without authority: what is ratified may ratify in its turn."""
    cured: frozenset[str] = frozenset()
    while True:
        counting, lacking = _sorted(account, practice, cured)
        if (found := ratified(counting)) <= cured:
            return counting, lacking
        cured |= found


def _sorted(account: Account, practice: Practice, cured: frozenset[str]) -> tuple[list[Change], list[Change]]:
    firsts = first_grants(account)
    counting: list[Change] = []
    lacking: list[Change] = []
    for change in account.authorities:
        event, day = change.event, day_in(practice, change.when)
        own = _side(account, event.granted_by) == _side(account, event.contact)
        held = own and may(counting, event.granted_by, event.scope, day, event.engagement)
        if not held and change.entry.id not in firsts:
            lacking.append(change)
        if held or change.entry.id in firsts | cured:
            counting.append(change)
    return counting, lacking


def _side(account: Account, contact: str) -> str | None:
    fact = account.contacts.get(contact)
    return fact.event.side if fact else None
