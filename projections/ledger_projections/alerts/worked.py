"""Days of work at the cap that the agreement sets (P05)."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from ledger.standing.talk import in_time
from ledger_projections.alerts.alert import Alert, first
from ledger_projections.alerts.flagged import amending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import AgreementDrafted, WorkRecorded
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def cap_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each version whose days are used up, until a later one is signed by both."""
    for version, draft in known.engagement.drafts.items():
        if draft.event.day_cap is None or not view.concerns("version", version):
            continue
        worked = _worked(known, version)
        sums = list(accumulate(Decimal(fact.event.days) for fact in worked))
        used = next((number for number, days in enumerate(sums) if days >= Decimal(draft.event.day_cap)), None)
        if used is not None:
            yield _alert(view, known, draft, worked[: used + 1])


def _worked(known: Known, version: int) -> list[Fact[WorkRecorded]]:
    """Return the work on *version*: what names none is on the version in force when it was done."""
    recorded = in_time(known, known.engagement.work.recorded)
    named = (f.event.agreement_version or known.version_in_force(known.at(f)) or 1 for f in recorded)
    return [fact for fact, name in zip(recorded, named, strict=True) if name == version]


def _alert(view: View, known: Known, draft: Fact[AgreementDrafted], worked: Sequence[Fact[WorkRecorded]]) -> Alert:
    version, since = draft.event.version, known.at(worked[-1])
    later = [when for number, when in known.signed_by_both.items() if number > version]
    return Alert(
        "A-day-cap",
        "P05",
        f"version:{version}",
        raised=since,
        since=since,
        says=f"all {draft.event.day_cap} days of v{version} are worked",
        command=amending(view),
        cleared=first(*later),
        calendar=known.calendar(since).name,
        facts=[draft, *worked],
    )
