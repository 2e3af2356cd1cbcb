"""Which agreement was in force on the days that matter: by what it held, and what of the dispute fell within it (P09)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ledger.calendars import instant
from ledger.facts import corrected
from ledger_projections.about import about
from ledger_projections.reports.form import Line, Section
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source

    Moment = tuple[datetime, str, int]
    """When, in words what, by which entry."""

COLUMNS = ("In force", "From", "To", "Signed for the provider", "Signed for the client", "Notices", "What fell within")
TOGETHER = (("In force", "From", "To"), *((name,) for name in COLUMNS[3:]))
LABELS = {"From": "from", "To": "to"}
SIDES = ("provider", "client")
ON = {"slip": "a slip", "bad_news": "bad news", "client_delay": "a delay of the client"}
FIRST = datetime.min.replace(tzinfo=UTC)


def in_force(source: Source, refs: Sequence[str]) -> Section:
    """Return the agreements in force on the days on which something about *refs* happened or came to be known."""
    moments = sorted(_moments(source, refs))
    known = source.known
    starts: list[tuple[datetime, int | None]] = [
        (FIRST, None),
        *sorted((w, v) for v, w in known.signed_by_both.items()),
    ]
    newest = [start for n, start in enumerate(starts) if all((start[1] or 0) > (s[1] or 0) for s in starts[:n])]
    rows = []
    for number, (since, version) in enumerate(newest):
        until = newest[number + 1][0] if number + 1 < len(newest) else None
        within = [moment for moment in moments if since <= moment[0] and (until is None or moment[0] < until)]
        if within:
            rows.append(_line(source, version, since, until, within))
    said = (
        "A version holds from the moment at which both sides had signed it, by somebody who might sign, until both had "
        "signed a later one. What its letter says: engage letter.",
    )
    return Section(
        "The agreement in force on the days that matter", said, COLUMNS, rows, together=TOGETHER, labels=LABELS
    )


def _moments(source: Source, refs: Sequence[str]) -> Iterator[Moment]:
    history = source.view.state.history
    ids = about(history, refs)
    for fact in corrected(history):
        if fact.entry.id in ids and not fact.withdrawn:
            number = int(fact.entry.position)
            yield source.known.at(fact), "happened", number
            if fact.aware:
                yield source.known.instant_of(fact.aware), "known", number


def _line(
    source: Source, version: int | None, since: datetime, until: datetime | None, within: Iterable[Moment]
) -> Line:
    known, state = source.known, source.known.engagement
    signed = known.signatures.get(version, {}) if version else {}
    moments = [*within]
    cells = (
        f"v{version}" if version else "none",
        source.said(instant(since)) if version else "",
        source.said(instant(until)) if until else "",
        *(_signature(source, signed[side]) if side in signed else "" for side in SIDES),
        _notices(source, version) if version else "",
        "\n".join(dict.fromkeys(f"#{number} {what}, {source.said(instant(when))}" for when, what, number in moments)),
    )
    signatures = [int(signed[side].entry.position) for side in SIDES if side in signed]
    drafted = [int(state.drafts[version].entry.position)] if version in state.drafts else []
    return Line(cells, (*drafted, *signatures, *dict.fromkeys(number for _, _, number in moments)))


def _signature(source: Source, fact: Fact[Event]) -> str:
    who = person(source.view, str(getattr(fact.event, "signatory", "")))
    return f"{who}, {source.said(fact.when)} (#{fact.entry.position})"


def _notices(source: Source, version: int) -> str:
    notices = source.known.engagement.drafts[version].event.notices
    return "\n".join(f"of {ON[n['on']]} within {n['within_bh']} business hours" for n in notices) or "none are agreed"
