"""Words for days, times, people and amounts, in English and in the zone of a calendar."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day, parse_instant
from ledger.values import EntryId
from ledger.values.currencies import digits
from ledger_projections.days import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.engagement import Engagement
    from ledger.facts import Fact
    from ledger.values.records import Money, Scale, Score
    from ledger_projections.view import View


def moment_words(moment: str, calendar: Calendar, beside: str = "") -> str:
    """Return `6 Jun 09:00` for an instant in the zone of *calendar*, `6 Jun` for a day."""
    if is_day(moment):
        return day_words(moment, beside)
    local = on_the_wall(parse_instant(moment), calendar)
    return f"{day_words(local.date().isoformat(), beside)} {local:%H:%M}"


def on_the_wall(when: datetime, calendar: Calendar) -> datetime:
    """Return *when* in the zone of *calendar*; on the first and the last day there is, in UTC."""
    try:
        return when.astimezone(calendar.zone)
    except OverflowError:
        return when


def person(view: View, contact_id: str) -> str:
    """Return the role of a contact, else the name, else the id."""
    fact = view.account.contacts.get(contact_id) if view.account else None
    return (fact.event.role or fact.event.name or contact_id) if fact else contact_id


def people(view: View, contact_ids: Iterable[str]) -> str:
    """Return contacts as `client sponsor and finance lead`."""
    names = [person(view, contact_id) for contact_id in contact_ids]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[2:] else names)


def actor(view: View, actor_id: str) -> str:
    """Return the name of somebody of ours who records, else the id."""
    fact = view.practice.actors.get(actor_id)
    return (fact.event.name or actor_id) if fact else actor_id


def who(view: View, name: str) -> str:
    """Return what an actor or a contact is called."""
    return actor(view, name) if name.startswith("a") else person(view, name)


def span_words(begins: str, ends: str, beside: str = "") -> str:
    """Return `2 Jun to 5 Jun`; a day alone where it begins and ends on it."""
    first, last = day_words(begins, beside), day_words(ends, beside)
    return first if begins == ends else f"{first} to {last}"


def scores_words(scores: Iterable[Score], scale: Scale) -> str:
    """Return `trust 8, pace 6 (of 0 to 10)`."""
    said = ", ".join(f"{score['dimension']} {score['score']}" for score in scores)
    return f"{said} (of {scale['min']} to {scale['max']})"


def money_words(money: Money) -> str:
    """Return `18,400.00 GBP`."""
    places = digits(money["currency"])
    whole, rest = divmod(money["minor"], 10**places)
    return f"{whole:,}{f'.{rest:0{places}d}' if places else ''} {money['currency']}"


def quoted(text: str | None) -> str:
    """Return a text on one line in quotation marks, cut at 80 characters; nothing for none."""
    line = " ".join((text or "").split())
    return f'"{line if len(line) <= 80 else f"{line[:79]}…"}"' if line else ""


def named(name: str, title: str | None) -> str:
    """Return `M2 "dress rehearsal"`; without a title, or once it is erased, the name alone."""
    return f"{name} {quoted(title)}" if title else name


def when_words(fact: Fact[Any], view: View, moment: str) -> str:
    """Return a moment that *fact* speaks of, in the zone of the calendar that holds for it."""
    calendar = view.known.calendar(view.known.at(fact)) if view.known else view.calendar("default", fact.when[:10])
    return moment_words(moment, calendar, fact.when)


def entry_words(view: View, entry_id: str) -> str:
    """Return `#34` for an entry of the stream, its account, what was opened for it or the practice, else how its id begins."""
    own = [state for state in (view.engagement, view.account, view.practice) if state]
    # A grant is said of an account and ratifies what was done in its engagements.
    for state in chain(own, _engagements(view)):
        facts = [state.facts[EntryId(entry_id)]] if entry_id in state.facts else state.history
        if found := next((fact for fact in facts if fact.entry.id == entry_id), None):
            return f"#{found.entry.position}"
    return f"entry {entry_id[:13]}…"


def thing_words(view: View, ref: str) -> str:
    """Return `M2` for `milestone:M2`, of this engagement or another; `#34` for an entry, `v1` for a version."""
    kind, _, name = ref.rpartition("#")[2].partition(":")
    return entry_words(view, name) if kind == "entry" else f"v{name}" if kind == "version" else name


def _engagements(view: View) -> Iterator[Engagement]:
    """Yield what was opened for an account, folded only once somebody asks."""
    yield from view.opened_engagements
