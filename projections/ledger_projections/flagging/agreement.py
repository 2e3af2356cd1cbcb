"""Flags on the agreement: its versions and its parts (P01 to P08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import AgreementDrafted
from ledger.standing import Known, lacking
from ledger_projections.flagging.flag import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.facts import Fact
    from ledger_projections.view import View


def agreement_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on drafts."""
    earlier = 0
    for version, draft in known.engagement.drafts.items():
        subject = f"version:{version}"
        if version != earlier + 1:
            after = f"after v{earlier}" if earlier else "first"
            yield Flag(draft, "version-skipped", subject, f"v{version} comes {after}")
        earlier = max(earlier, version)
        if lacks := _lacks(known, draft.event):
            cadences = [f for f in known.engagement.cadences.values() if f.event.kind == "review"]
            yield Flag(draft, "agreement-incomplete", subject, f"lacks {', '.join(lacks)}", cadences)
        yield from _redrafts(known, draft)


def _lacks(known: Known, draft: AgreementDrafted) -> list[str]:
    sensitive = bool(known.engagement.opened and known.engagement.opened.event.sensitive)
    reviews = [f for f in known.engagement.cadences.values() if f.event.kind == "review"]
    return lacking(draft.parts, draft.results, reviews=bool(reviews), sensitive=sensitive)


def _redrafts(known: Known, draft: Fact[AgreementDrafted]) -> Iterator[Flag]:
    """Yield a flag on a draft that was changed, or drafted anew, after a signature of its version."""
    version = draft.event.version
    signed = [fact for fact in known.engagement.signatures if fact.event.version == version]
    if not signed:
        return
    first, subject = min(signed, key=lambda fact: fact.entry.position), f"version:{version}"
    if draft.entry.position > first.entry.position:
        yield Flag(
            draft, "redraft-after-signature", subject, f"drafted after #{first.entry.position} signed it", [first]
        )
    for change in draft.corrections:
        if change.entry.position > first.entry.position:
            said = f"corrected in #{change.entry.position}, after #{first.entry.position} signed it"
            yield Flag(draft, "redraft-after-signature", subject, said, [change, first])
            return
