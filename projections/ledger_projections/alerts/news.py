"""Bad news to be told, or that nobody has acknowledged (P31); news that was told and was not so (P32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Tidings, tidings_of
from ledger_projections.alerts.alert import Alert, first, named
from ledger_projections.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

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
                yield _unacknowledged(view, news)
        if news.refuted is not None and news.told is not None:
            yield _refuted(view, news, max(news.refuted, news.told))


def _unreported(view: View, news: Tidings) -> Alert:
    event, since = news.learned.event, news.aware or news.known.at(news.learned)
    return Alert(
        "A-unreported-bad-news",
        "P31",
        f"news:{event.news_id}",
        raised=since,
        since=since,
        says=f"{event.news_id} bad news not told",
        also=quoted(event.summary),
        command=f"engage told {named(view)} {event.news_id} WHO --by CHANNEL",
        deadline=news.term.deadline if news.term else None,
        cleared=first(news.told, news.refuted),
        calendar=news.calendar.name,
        facts=news.facts,
    )


def _unacknowledged(view: View, news: Tidings) -> Alert:
    event, told, report = news.learned.event, news.told or news.as_of, news.report or news.learned
    return Alert(
        "A-unacknowledged",
        "P31",
        f"news:{event.news_id}",
        raised=told,
        since=told,
        says=f"{event.news_id} bad news reported, not acknowledged",
        also=quoted(event.summary),
        command=f"engage ack {named(view)} {report.entry.position} --by WHO",
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
        command=f"engage told {named(view)} {event.news_id} WHO --retract",
        cleared=news.retracted,
        calendar=news.calendar.name,
        facts=news.facts,
    )
