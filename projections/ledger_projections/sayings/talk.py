"""What was said between the sides, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import CommunicationAcknowledged, FeedbackReceived, NewsLearned, NewsReported, StatusReportSent
from ledger_projections.wording import entry_words, named, people, person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


def _report(fact: Fact[StatusReportSent], view: View) -> str:
    event = fact.event
    what = f"{event.cadence_id} report" if event.cadence_id else "status report"
    period = f" for {event.period}" if event.period else ""
    to = f" to {people(view, event.to)}" if event.to else ""
    return f"{what}{period} sent{to}{_by(event.channel)}{': no change' if event.no_change else ''}"


def _acknowledged(fact: Fact[CommunicationAcknowledged], view: View) -> str:
    by, ours = person(view, fact.event.by), fact.entry.party == "provider"
    said = "   (according to us)" if ours and fact.event.leaf_hash is None else ""
    return f"{by} acknowledged {entry_words(view, fact.event.acknowledges)}{said}"


def _learned(fact: Fact[NewsLearned], view: View) -> str:
    event = fact.event
    word = "news" if event.polarity == "neutral" else f"{event.polarity} news"
    return f"{word} {named(event.news_id, event.summary)} learned, severity {event.severity}"


def _told(fact: Fact[NewsReported], view: View) -> str:
    event = fact.event
    who = people(view, event.to) or "the client"
    end = f"{_by(event.channel)}{', admitting fault' if event.admits_fault else ''}"
    if event.kind == "retraction":
        return f"retracted {event.news_id} to {who}{end}"
    return f"{'told' if event.kind == 'report' else 'updated'} {who} of {event.news_id}{end}"


def _feedback(fact: Fact[FeedbackReceived], view: View) -> str:
    event = fact.event
    scores = ", ".join(f"{score['dimension']} {score['score']}" for score in event.scores)
    scale = f"of {event.scale['min']} to {event.scale['max']}"
    closing = ", closing" if event.closing else ""
    return f"feedback {event.wave} from {person(view, event.from_contact)}: {scores} ({scale}{closing})"


def _by(channel: str | None) -> str:
    return f" by {channel}" if channel else ""


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    StatusReportSent: _report,
    CommunicationAcknowledged: _acknowledged,
    NewsLearned: _learned,
    NewsReported: _told,
    FeedbackReceived: _feedback,
}
