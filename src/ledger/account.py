"""One account: the client as an organisation, its people and ours, and what each may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never, cast

from ledger.aggregate import complete, folded
from ledger.dialogue import Dialogue, DialogueEvent, check_dialogue, converse
from ledger.errors import Duplicate, Refused
from ledger.events import (
    AccountOpened,
    AccountPlanApproved,
    AuthorityChanged,
    CadenceAgreed,
    ClientFitAssessed,
    CommunicationAcknowledged,
    ContactAdded,
    ContactDeparted,
    EntryCorrected,
    ExitConsidered,
    ExitDecided,
    FeedbackReceived,
    GiftRecorded,
    KnowledgeNoted,
    NewsLearned,
    NewsReported,
    PreferenceRecorded,
    ProspectDeclined,
    StatusReportSent,
)
from ledger.facts import Fact
from ledger.rules import (
    already,
    check_correction,
    check_known_before,
    check_number,
    check_references,
    check_told_after,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.aggregate import Act, Elsewhere
    from ledger.events import Event

__all__ = ["Account", "add", "complete", "decide", "evolve", "fold"]

ClientEvent = (
    ContactDeparted
    | PreferenceRecorded
    | ClientFitAssessed
    | AccountPlanApproved
    | GiftRecorded
    | ProspectDeclined
    | KnowledgeNoted
    | ExitConsidered
    | ExitDecided
)
AccountEvent = (
    AccountOpened
    | ContactAdded
    | AuthorityChanged
    | CadenceAgreed
    | StatusReportSent
    | CommunicationAcknowledged
    | NewsLearned
    | NewsReported
    | FeedbackReceived
    | EntryCorrected
    | ClientEvent
    | DialogueEvent
)


class Account(Dialogue):
    """The drawers that the facts of one account are filed in."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: Fact[AccountOpened] | None = None
        self.contacts: dict[str, Fact[ContactAdded]] = {}
        self.authorities: list[Fact[AuthorityChanged]] = []
        self.news: dict[str, Fact[NewsLearned]] = {}
        self.told: list[Fact[NewsReported]] = []
        self.departures: dict[str, Fact[ContactDeparted]] = {}
        self.preferences: dict[str, list[Fact[PreferenceRecorded]]] = {}
        self.fits: list[Fact[ClientFitAssessed]] = []
        self.plans: dict[int, Fact[AccountPlanApproved]] = {}
        self.gifts: dict[str, Fact[GiftRecorded]] = {}
        self.declined: list[Fact[ProspectDeclined]] = []
        self.knowledge: list[Fact[KnowledgeNoted]] = []
        self.exits: list[Fact[ExitConsidered] | Fact[ExitDecided]] = []


def fold(facts: Iterable[Fact[Event]]) -> Account:
    """Return the state that *facts*, in the order of the log, amount to once corrected."""
    return folded(Account(), facts, add)


def add(state: Account, fact: Fact[Event]) -> None:
    """Add a fact that stands."""
    state.file(fact)
    evolve(state, cast("Fact[AccountEvent]", fact))


def evolve(state: Account, fact: Fact[AccountEvent]) -> None:
    """File *fact* in its drawer; never refuses."""
    match fact.event:
        case AccountOpened() as event:
            state.opened = fact.saying(event)
        case ContactAdded() as event:
            state.contacts[event.contact_id] = fact.saying(event)
        case AuthorityChanged() as event:
            state.authorities.append(fact.saying(event))
        case NewsLearned() as event:
            state.news[event.news_id] = fact.saying(event)
        case NewsReported() as event:
            state.told.append(fact.saying(event))
        case (
            CadenceAgreed() | StatusReportSent() | CommunicationAcknowledged() | FeedbackReceived()
            | EntryCorrected()
        ):  # fmt: skip
            pass  # read from the facts themselves
        case (
            ContactDeparted() | PreferenceRecorded() | ClientFitAssessed() | AccountPlanApproved() | GiftRecorded()
            | ProspectDeclined() | KnowledgeNoted() | ExitConsidered() | ExitDecided()
        ) as event:  # fmt: skip
            _file_client(state, fact, event)
        case event:
            converse(state, fact, event)


def decide(state: Account, act: Act, elsewhere: Elsewhere) -> list[Event]:
    """Return what *act* adds: the event, or nothing where the fact stands; refuse what is structurally false."""
    event = act.event
    if isinstance(event, EntryCorrected):
        amended = check_correction(state, event, elsewhere)
        if amended:
            _check_order(state, amended)
        return [event]
    if already(state, event):
        return []
    if state.opened is None and not event.opens:
        raise Refused("This account has not been opened.", advice="engage open ALIAS --account NAME")
    if state.opened is not None and isinstance(event, AccountOpened):
        if state.opened.event.plain == event.plain:
            return []
        raise Duplicate(f"This account was opened in {place(state.opened)} with other content.")
    check_number(state, event)
    _check_order(state, act)
    check_references(state, event, elsewhere)
    return [event]


def _file_client(state: Account, fact: Fact[AccountEvent], event: ClientEvent) -> None:
    match event:
        case ContactDeparted():
            state.departures[event.contact] = fact.saying(event)
        case PreferenceRecorded():
            state.preferences.setdefault(event.contact, []).append(fact.saying(event))
        case ClientFitAssessed():
            state.fits.append(fact.saying(event))
        case AccountPlanApproved():
            state.plans[event.version] = fact.saying(event)
        case GiftRecorded():
            state.gifts[event.gift_id] = fact.saying(event)
        case ProspectDeclined():
            state.declined.append(fact.saying(event))
        case KnowledgeNoted():
            state.knowledge.append(fact.saying(event))
        case ExitConsidered():
            state.exits.append(fact.saying(event))
        case ExitDecided():
            state.exits.append(fact.saying(event))
        case _:
            assert_never(event)


def _check_order(state: Account, act: Act) -> None:
    check_dialogue(state, act)
    match act.event:
        case NewsReported(news_id=news_id):
            check_told_after(state.news.get(news_id), act)
        case NewsLearned(news_id=news_id):
            check_known_before((fact for fact in state.told if fact.event.news_id == news_id), act)
        case _:
            pass
