"""One agreement has one currency: what work is worth under a version is said in that version's (domain 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger.events import AgreementDrafted, WorkRecorded, WorkStarted

if TYPE_CHECKING:
    from ledger.aggregate import Elsewhere
    from ledger.engagement.drawers import Engagement
    from ledger.events import Event


def check_currency(state: Engagement, event: Event, elsewhere: Elsewhere) -> None:
    """Refuse work under a version in another currency than it."""
    if isinstance(event, WorkStarted | WorkRecorded):
        _check_work(_currencies(state, event.agreement_version, elsewhere), event)


def check_other_currency(state: Engagement, event: Event, own: str) -> None:
    """Refuse the draft that *own* names, as it is to be corrected, if it leaves work in a currency of no draft."""
    if not isinstance(event, AgreementDrafted):
        return
    others = [fact.event.currency for fact in state.drafted(event.version) if fact.entry.id != own]
    currencies = [event.currency, *others]
    works: list[WorkStarted | WorkRecorded] = [fact.event for fact in state.work.started]
    works += [fact.event for fact in state.work.recorded]
    for work in works:
        if work.agreement_version == event.version:
            _check_work(currencies, work)


def _currencies(state: Engagement, version: int | None, elsewhere: Elsewhere) -> list[str]:
    """Return the currencies that *version* was drafted in: one, unless it was drafted again after a signature."""
    if version is None:
        return []
    coming = elsewhere.coming(version)
    drafts = [fact.event for fact in state.drafted(version)]
    return [draft.currency for draft in (*drafts, coming) if isinstance(draft, AgreementDrafted)]


def _check_work(currencies: list[str], event: WorkStarted | WorkRecorded) -> None:
    if event.value and currencies and event.value["currency"] not in currencies:
        raise Refused(
            f"Work worth {event.value['currency']}, under version {event.agreement_version} in {currencies[0]}.",
            advice=f"Say its worth in {currencies[0]}, or leave the version out.",
        )
