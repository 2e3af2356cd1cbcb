"""One client that too much of our income comes from: its agreed value over that of all (P56)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger_projections.alerts.alert import Alert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import AgreementDrafted
    from ledger.facts import Fact
    from ledger_projections.view import View

    Agreed = tuple[View, Fact[AgreementDrafted], int]


def dependent(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each client above the share that our policy allows, currency by currency."""
    by_currency: dict[str, list[Agreed]] = defaultdict(list)
    for view in views:
        if (draft := _in_force(view)) and draft.event.value:
            by_currency[draft.event.value["currency"]].append((view, draft, draft.event.value["minor"]))
    for currency, agreed in sorted(by_currency.items()):
        total = sum(value for _, _, value in agreed)
        for account in dict.fromkeys(view.engagement.account for view, _, _ in agreed if view.engagement):
            own = [row for row in agreed if row[0].engagement and row[0].engagement.account == account]
            yield from _alert(own, currency, total)


def _alert(own: Sequence[Agreed], currency: str, total: int) -> Iterator[tuple[View, Alert]]:
    view, limit = own[0][0], Decimal(own[0][0].practice.policy("dependency_share", own[0][0].as_of[:10]))
    share = Decimal(sum(value for _, _, value in own)) / total if total else Decimal(0)
    if share > limit:
        facts = [draft for _, draft, _ in own]
        since = max(view.standing.at(fact) for view, fact, _ in own)
        yield (
            view,
            Alert(
                "A-dependency",
                "P56",
                "account",
                raised=since,
                since=since,
                says=f"{share:.0%} of what is agreed in {currency} is of one client",
                also=f"our policy: no more than {limit:.0%}",
                command="engage open",
                occurrence=currency,
                facts=facts,
            ),
        )


def _in_force(view: View) -> Fact[AgreementDrafted] | None:
    """Return the version in force of an engagement that is open."""
    if view.known is None or view.known.engagement.closed is not None:
        return None
    version = view.known.version_in_force(parse_instant(view.as_of))
    return view.known.engagement.drafts[version] if version else None
