"""When something happened and when it was written down, side by side: what came later never looks as if it had not (M19)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger_projections.contemporaneity import disputes_in, is_disputed, lag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.events import DisputeRaised
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source

HOURS = Decimal(48)
"""What came later than that is told in days."""


def writing(source: Source, fact: Fact[Any]) -> str:
    """Return when *fact* was written down, with its grade, and that it was after a dispute on it if it was."""
    grade = lag(source.view, fact)["grade"]
    after = ", after a dispute on it was raised" if after_dispute(source, fact) else ""
    return f"{source.said(fact.recorded)}{f', grade {grade}' if grade else ', at no stated time'}{after}"


def late_words(source: Source, fact: Fact[Any], what: str) -> str:
    """Return a sentence on something that was written down more than a day after it is said to have been so."""
    found = lag(source.view, fact)
    raised = [f"{d.event.dispute_id} (#{d.entry.position})" for d in disputes_before(source, fact)]
    if found["grade"] in {None, "A"} and not raised:
        return ""
    after = f" It was written down after dispute {' and '.join(raised)} was raised." if raised else ""
    late = "" if found["grade"] in {None, "A"} else (
        f"#{fact.entry.position}: {what} is said to be of {source.said(fact.when)} and was written down "
        f"{source.said(fact.recorded)}, {lag_words(found['lag_hours'])} later: grade {found['grade']}."
    )  # fmt: skip
    return f"{late or f'#{fact.entry.position}: {what}.'}{after}"


def ahead_words(source: Source, fact: Fact[Any], what: str) -> str:
    """Return a sentence on an import that is dated after its original says that it was written, which cannot both be so."""
    claimed = fact.entry.text("claimedtime")
    if claimed is None or not fact.occurred:
        return ""
    ahead = source.known.instant_of(fact.occurred) - source.known.instant_of(claimed)
    if ahead <= timedelta():
        return ""
    after = lag_words(Decimal(ahead // timedelta(seconds=1)) / 3600)
    return (
        f"#{fact.entry.position}: {what} is dated {source.said(fact.occurred)}, {after} after its original says that it was "
        f"written ({source.said(claimed)})."
    )


def lag_words(hours: Any) -> str:  # noqa: ANN401 -- a Scalar that is a number
    """Return a lag as `5.2 hours`, or as `28.79 days` where it is longer than two."""
    value = Decimal(hours)
    return f"{value:.1f} hours" if value < HOURS else f"{value / 24:.2f} days"


def after_dispute(source: Source, fact: Fact[Any]) -> bool:
    """Return whether *fact* was recorded while a dispute was open on a thing that it refers to."""
    return is_disputed(fact, None, disputes_in(source.view.state.history))


def disputes_before(source: Source, fact: Fact[Any]) -> Sequence[Fact[DisputeRaised]]:
    """Return the disputes of the engagement that had been raised when *fact* was written down."""
    raised = source.known.engagement.disputes.values()
    return [dispute for dispute in raised if dispute.entry.position < fact.entry.position]
