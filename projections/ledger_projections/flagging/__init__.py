"""Flags: what was recorded although a rule speaks against it (domain 3.3.5). Nothing is refused for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.flagging.agreement import agreement_flags
from ledger_projections.flagging.amendments import amendment_flags
from ledger_projections.flagging.authority import authority_flags, granting_flags, instructing_flags
from ledger_projections.flagging.closing import closing_flags
from ledger_projections.flagging.corrections import changing_flags, correction_flags
from ledger_projections.flagging.flag import FLAGS, Flag
from ledger_projections.flagging.gifts import gift_flags, near_flags
from ledger_projections.flagging.milestones import milestone_flags
from ledger_projections.flagging.plans import plan_flags
from ledger_projections.flagging.releases import release_flags
from ledger_projections.flagging.reviews import review_flags
from ledger_projections.flagging.talk import talk_flags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.view import View

__all__ = ["FLAGS", "Flag", "flags"]

OF_BOTH = (talk_flags, instructing_flags, changing_flags)
OF_AN_ENGAGEMENT = (
    agreement_flags, amendment_flags, authority_flags, milestone_flags, review_flags, closing_flags, near_flags,
    release_flags, correction_flags,
)  # fmt: skip
OF_AN_ACCOUNT = (granting_flags, gift_flags, plan_flags)


def flags(view: View) -> Sequence[Flag]:
    """Return the flags of the stream of *view*, found once for all who ask; those of the practice are none."""
    return view.standing.once(("flags", view.only), lambda: [*_flags(view)])


def _flags(view: View) -> Iterator[Flag]:
    if view.engagement is None and view.account is None:
        return
    for find in (*OF_BOTH, *(OF_AN_ENGAGEMENT if view.engagement else OF_AN_ACCOUNT)):
        yield from (flag for flag in find(view, view.standing) if view.concerns(flag.subject))
