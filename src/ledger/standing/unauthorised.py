"""Acts that need an authority: who did them, what that person might do then, and what cured the lack of it (P49).

An authority is held on the day of the act, by what had been recorded before the act: what is recorded later gives and
takes nothing back, whatever day it says it is valid from. It may ratify, by naming the entry that it cures. That works
back to the act, which then counts from when it was done, and is known from when the ratification was recorded (domain
3.3.5); nothing else cures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import RequestReceived
from ledger.standing.acts import AGREES_DATES
from ledger.standing.authority import day_in, lacking_changes
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.dialogue import Dialogue
    from ledger.engagement import Milestone
    from ledger.events import AuthorityChanged, Event
    from ledger.facts import Fact
    from ledger.standing.known import Known


class Act(NamedTuple):
    """What somebody did who needs an authority for it: one of *scopes*, any of which is enough."""

    kind: str
    """`signature`, `judgement`, `new date`, `instruction` or `grant`."""
    fact: Fact[Event]
    who: str | None
    """The contact who did it; None where nobody is named."""
    scopes: tuple[str, ...]
    subject: str
    lacks: bool
    """Whether it was done without authority, cured since or not."""
    cure: Fact[AuthorityChanged] | None = None

    @property
    def counts(self) -> bool:
        """Whether it has the effect that it says."""
        return not self.lacks or self.cure is not None


def acts_of(known: Known) -> Iterator[Act]:
    """Yield the acts of an engagement and the changes of authority that concern it, by kind, then as they were recorded."""
    milestones = known.engagement.milestones.items()
    yield from signed(known)
    yield from (act for name, milestone in milestones for act in judged(known, name, milestone))
    yield from (act for name, milestone in milestones for act in moved(known, name, milestone))
    yield from instructed(known, known.engagement)
    yield from granted(known, own=True)


def signed(known: Known) -> Iterator[Act]:
    """Yield the signatures."""
    for fact in known.engagement.signatures:
        subject, lacks = f"version:{fact.event.version}", known.lacks_sign(fact)
        yield _act(known, "signature", fact, fact.event.signatory, ("sign",), subject, lacks)


def judged(known: Known, name: str, milestone: Milestone) -> Iterator[Act]:
    """Yield the acceptances and rejections of a milestone."""
    for fact in milestone.judged:
        subject, lacks = f"milestone:{name}", known.lacks_accept(fact)
        yield _act(known, "judgement", fact, fact.event.by, ("accept",), subject, lacks)


def moved(known: Known, name: str, milestone: Milestone) -> Iterator[Act]:
    """Yield the new dates of a milestone."""
    for fact in milestone.moves:
        subject, lacks = f"milestone:{name}", known.lacks_agreement(fact)
        yield _act(known, "new date", fact, fact.event.agreed_by, AGREES_DATES, subject, lacks)


def instructed(known: Known, dialogue: Dialogue) -> Iterator[Act]:
    """Yield the instructions of the client."""
    for name, request in dialogue.requests.items():
        asked = request.asked
        if asked is not None and isinstance(event := asked.event, RequestReceived) and event.kind == "instruction":
            who = event.from_contact
            lacks = known.side(who) != "client" or not known.held(who, "instruct", asked)
            yield _act(known, "instruction", asked, who, ("instruct",), f"request:{name}", lacks)


def granted(known: Known, *, own: bool = False) -> Iterator[Act]:
    """Yield the changes of authority; only those for the engagement of its *own*, or for all, if that is wanted."""
    lacking = {change.entry.id for change in lacking_changes(known.account, known.practice)}
    for fact in known.account.authorities:
        event = fact.event
        if not own or event.engagement in {None, known.engagement_id}:
            subject, lacks = f"contact:{event.contact}", fact.entry.id in lacking
            yield _act(known, "grant", fact, event.granted_by, (event.scope,), subject, lacks)


def held_by(known: Known, act: Act) -> Fact[AuthorityChanged] | None:
    """Return the change that decided on the day of *act* whether who did it held one of the scopes it needs.

    Where several scopes are enough, the change that gave one; else the one that took one away, or refused it.
    """
    found = [change for scope in act.scopes if (change := _deciding(known, act, scope)) is not None]
    return next((change for change in found if change.event.granted), found[0] if found else None)


def scopes_on(known: Known, act: Act) -> list[str]:
    """Return all that who did *act* might do on that day, by what had been recorded before it."""
    scopes = dict.fromkeys(change.event.scope for change in known.changes if change.event.contact == act.who)
    return [scope for scope in scopes if act.who and known.held(act.who, scope, act.fact)]


def _act(
    known: Known, kind: str, fact: Fact[Event], who: str | None, scopes: tuple[str, ...], subject: str, lacks: bool
) -> Act:
    return Act(kind, fact, who, scopes, subject, lacks, _cure(known, fact) if lacks else None)


def _cure(known: Known, fact: Fact[Event]) -> Fact[AuthorityChanged] | None:
    """Return the first grant that counts and ratifies the entry of *fact*."""
    cures = (change for change in known.changes if change.event.granted and fact.entry.id in change.event.ratifies)
    return next(cures, None)


def _deciding(known: Known, act: Act, scope: str) -> Fact[AuthorityChanged] | None:
    day = day_in(known.practice, act.fact.when)
    valid = (
        change
        for change in reversed(known.changes)
        if (change.event.contact, change.event.scope) == (act.who, scope)
        and change.entry.position < act.fact.entry.position
        and change.event.engagement in {None, known.engagement_id}
        and change.event.valid_from <= day <= (change.event.valid_until or day)
    )
    return next(valid, None)
