"""A client who hears nothing while we talk more with people who are none yet (P30)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import day_number, instant, parse_instant
from ledger.standing import spoken
from ledger_projections.alerts.alert import Alert, command
from ledger_projections.wording import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import ContactMade
    from ledger.facts import Fact
    from ledger_projections.view import View

SPAN = 90
"""Days that are held against as many before them."""


def neglected(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each client of an open engagement to whom nothing was said for longer than our policy lets it."""
    prospects = [pair for view in views if _is_prospect(view) for pair in _made(view)]
    now, before = (sum(f.event.minutes or 0 for age, f in prospects if age // SPAN == span) for span in (0, 1))
    if now <= before:
        return
    newer = [fact for age, fact in prospects if age < SPAN]
    for view in views:
        if view.known is not None and view.known.engagement.closed is None and not _is_prospect(view):
            yield from _alert(view, newer, now - before)


def _alert(view: View, prospects: Sequence[Fact[Any]], more: int) -> Iterator[tuple[View, Alert]]:
    known, now = view.standing, parse_instant(view.as_of)
    said = spoken(known, view.dialogue)
    calendar, today = known.calendar(now), known.calendar(now).day_of(now)
    if not said or calendar.bd(calendar.day_of(said[-1][0]), today) <= known.number("silence_bd", today):
        return
    yield (
        view,
        Alert(
            "A-neglected",
            "P30",
            "engagement",
            raised=said[-1][0],
            since=said[-1][0],
            says=f"nothing said since {moment_words(instant(said[-1][0]), calendar, view.as_of)}, and more to prospects",
            also=f"{more} minutes more with them in {SPAN} days than in the {SPAN} before",
            command=command(view, "contact", "--purpose check-in"),
            calendar=calendar.name,
            facts=[said[-1][1], *prospects],
        ),
    )


def _is_prospect(view: View) -> bool:
    """Return whether no version of an engagement is signed by both yet."""
    return view.known is not None and view.known.version_in_force(parse_instant(view.as_of)) is None


def _made(view: View) -> Iterator[tuple[int, Fact[ContactMade]]]:
    """Yield the contacts, each with how many days old it is."""
    known, now = view.standing, parse_instant(view.as_of)
    today = day_number(known.calendar(now).day_of(now))
    for fact in view.dialogue.contacts_made:
        age = today - day_number(known.calendar(now).day_of(known.at(fact)))
        if age >= 0:
            yield age, fact
