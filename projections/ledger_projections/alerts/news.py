"""Bad news to be told, or that nobody has acknowledged (P31); news to be looked into, or that was not so (P32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Tidings, tidings_of
from ledger_projections.alerts.alert import Alert, command, first, known_by_then
from ledger_projections.alerts.telling import acknowledging, retracting
from ledger_projections.alerts.unsaid import unsaid, unsaid_words
from ledger_projections.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.events import NewsReported
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def news_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what each piece of news calls for."""
    if not view.concerns_any("news"):
        return
    for news in tidings_of(known, view.state, parse_instant(view.as_of)):
        if news.learned.event.polarity == "bad":
            yield _unreported(view, news)
            if news.report is not None:
                yield _unacknowledged(view, news, news.report)
        if news.refuted is not None and news.told is not None:
            yield _refuted(view, news, max(news.refuted, news.told))
        yield _unverified(view, news)


def _unreported(view: View, news: Tidings) -> Alert:
    event, since = news.learned.event, news.aware or news.known.at(news.learned)
    gone = unsaid(view, f"news:{event.news_id}") if news.told is None else ()
    return Alert(
        "A-unreported-bad-news",
        "P31",
        f"news:{event.news_id}",
        raised=known_by_then(since, news.learned),
        since=since,
        says=f"{event.news_id} bad news not told",
        also=" · ".join(filter(None, (quoted(event.summary), unsaid_words(view, gone)))),
        command=command(view, "told", event.news_id),
        deadline=news.term.deadline if news.term else None,
        cleared=first(news.told, news.refuted),
        calendar=news.calendar.name,
        facts=[*news.facts, *gone],
    )


def _unverified(view: View, news: Tidings) -> Alert:
    """Return what calls for a look before anybody reacts, to good news too (P32)."""
    event, since = news.learned.event, news.aware or news.known.at(news.learned)
    return Alert(
        "A-unverified-news",
        "P32",
        f"news:{event.news_id}",
        raised=known_by_then(since, news.learned),
        since=since,
        says=f"{event.news_id} {event.polarity} news not verified",
        also=quoted(event.summary),
        command=command(view, "verified", event.news_id),
        cleared=news.verified,
        calendar=news.calendar.name,
        facts=news.facts,
    )


def _unacknowledged(view: View, news: Tidings, report: Fact[NewsReported]) -> Alert:
    event, told = news.learned.event, news.told or news.as_of
    return Alert(
        "A-unacknowledged",
        "P31",
        f"news:{event.news_id}",
        raised=told,
        since=told,
        says=f"{event.news_id} bad news reported, not acknowledged",
        also=quoted(event.summary),
        command=acknowledging(view, report),
        cleared=news.known.at(news.acknowledgement) if news.acknowledgement else None,
        calendar=news.calendar.name,
        facts=news.facts,
    )


def _refuted(view: View, news: Tidings, since: datetime) -> Alert:
    event = news.learned.event
    return Alert(
        "A-needs-retraction",
        "P32",
        f"news:{event.news_id}",
        raised=since,
        since=since,
        says=f"{event.news_id} was told and is refuted: to be retracted",
        also=quoted(event.summary),
        command=retracting(view, event.news_id, news.report.event.to if news.report else ()),
        cleared=news.retracted,
        calendar=news.calendar.name,
        facts=news.facts,
    )
