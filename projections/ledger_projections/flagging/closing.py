"""Flags on the close: what it leaves open (P13, P42)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing import released_by
from ledger_projections.flagging.flag import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import EngagementClosed
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

SUBJECT = "engagement"


def closing_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on the close of an engagement."""
    closed = known.engagement.closed
    if closed is not None and view.concerns(SUBJECT):
        yield from _unmarked(known, closed)
        yield from _unlisted(known, closed)
        yield from _unsaid(known, closed)


def _unmarked(known: Known, closed: Fact[EngagementClosed]) -> Iterator[Flag]:
    version = known.version_in_force(known.at(closed))
    draft = known.engagement.drafts.get(version or max(known.engagement.drafts, default=0))
    if draft is None:
        return
    marked = {result["result_id"] for result in closed.event.results}
    left = [result["result_id"] for result in draft.event.results if result["result_id"] not in marked]
    if left:
        yield Flag(closed, "closed-with-unmarked-results", SUBJECT, f"unmarked: {', '.join(left)}", [draft])


def _unlisted(known: Known, closed: Fact[EngagementClosed]) -> Iterator[Flag]:
    left = [name for name in known.engagement.obligations if name not in closed.event.open_obligations]
    owed = [name for name in left if _open_at_the_close(known, closed, name)]
    if owed:
        facts = [known.engagement.obligations[name] for name in owed]
        yield Flag(
            closed, "closed-with-unlisted-obligations", SUBJECT, f"still owed, not listed: {', '.join(owed)}", facts
        )


def _open_at_the_close(known: Known, closed: Fact[EngagementClosed], obligation_id: str) -> bool:
    when, fulfilled = known.at(closed), known.engagement.fulfilled.get(obligation_id)
    given = fulfilled is not None and known.at(fulfilled) <= when
    agreed = known.engagement.obligations[obligation_id]
    since = known.in_force_from(agreed.event.agreement_version, known.at(agreed))
    in_force = since is not None and since <= when
    return in_force and not given and released_by(known, known.engagement, "obligation", obligation_id, when) is None


def _unsaid(known: Known, closed: Fact[EngagementClosed]) -> Iterator[Flag]:
    """Yield a flag until both sides have said, at the end, how it was: it may be said after the close."""
    state = known.engagement
    ours = [*(f for f in state.given_feedback if f.event.closing), *(f for f in state.assessed if f.event.closing)]
    theirs = [fact for fact in state.feedback if fact.event.closing]
    lacks = [*([] if ours else ["ours"]), *([] if theirs else ["the client"])]
    if lacks:
        yield Flag(
            closed, "missing-exit-feedback", SUBJECT, f"no closing word of {' nor of '.join(lacks)}", [*ours, *theirs]
        )
