"""Versions of the agreement that a side has not signed, and work that goes on all the same (P09, M16)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ledger.engagement import Amendment
from ledger.standing.unsigned import begun
from ledger_projections.alerts.alert import Alert, command, first, known_by_then
from ledger_projections.wording import money_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.standing import Known
    from ledger.standing.unsigned import Work
    from ledger_projections.view import View

OURS = ("--for", "provider")
"""What the command says where our own signature is the one that is missing."""
SIGNED_BY = {"": "nobody", "provider": "us only", "client": "the client only"}


def unsigned_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each version, until both have signed it or a later one, or a side will not have it."""
    for version, draft in known.engagement.drafts.items():
        if not view.concerns("version", version):
            continue
        sides = known.signatures.get(version, {})
        since = known.at(draft)
        declined = known.engagement.amendments.get(version, Amendment()).declined
        signed = [when for number, when in known.signed_by_both.items() if number >= version]
        yield Alert(
            "A-unsigned",
            "P09",
            f"version:{version}",
            raised=since,
            since=since,
            says=f"v{version} signed by {SIGNED_BY[''.join(sides) if len(sides) < 2 else '']}",
            command=_signing(view, known, version),
            cleared=first(*signed, *map(known.at, declined)),
            calendar=draft.event.calendar,
            facts=[draft, *(fact for fact in known.engagement.signatures if fact.event.version >= version), *declined],
        )


def working_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each version that was worked on before both had signed it, or a later one."""
    work = known.engagement.work
    for version, all_work in begun(known).items() if work.started or work.recorded else ():
        if not view.concerns("version", version):
            continue
        signed = first(*(when for number, when in known.signed_by_both.items() if number >= version))
        since, started = all_work[0]
        unsigned = [fact for when, fact in all_work if signed is None or when < signed]
        yield Alert(
            "A-unsigned-work",
            "P09",
            f"version:{version}",
            raised=known_by_then(since, started),
            since=since,
            says=f"work goes on, v{version} is not signed by both",
            also=_worth(unsigned),
            command=_signing(view, known, version),
            cleared=signed,
            calendar=known.calendar(since).name,
            facts=[
                started,
                *(fact for fact in unsigned if fact.event.value and fact is not started),
                *(f for f in known.engagement.signatures if f.event.version >= version),
            ],
        )


def _worth(work: Iterable[Work]) -> str:
    """Return `worth 1,200.00 GBP and 300.00 EUR` for *work* of which that is said (M16)."""
    sums: Counter[str] = Counter()
    for money in (fact.event.value for fact in work if fact.event.value):
        sums[money["currency"]] += money["minor"]
    said = [money_words({"currency": currency, "minor": minor}) for currency, minor in sorted(sums.items())]
    return f"worth {' and '.join(said)}" if said else ""


def _signing(view: View, known: Known, version: int) -> str:
    """Return the command for the signature that is missing, theirs where both are; of no letter yet, what drafts one."""
    if version not in known.engagement.drafts:
        return command(view, "agreed", "--interview")
    ours = OURS if "client" in known.signatures.get(version, {}) else ()
    return command(view, "signed", f"--version {version}", *ours)
