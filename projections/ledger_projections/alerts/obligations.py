"""What the client owes: overdue, with a word of it or without, and what it is time to ask about (P17, P18)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.calendars import instant, parse_instant
from ledger.standing import Owed, days_after, days_before, falls, midnight, obligations_of
from ledger_projections.alerts.alert import Alert, command, first
from ledger_projections.wording import moment_words, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.standing import Known
    from ledger_projections.view import View


def obligation_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what each obligation of the client calls for, once it is in force."""
    for owed in obligations_of(known, parse_instant(view.as_of)):
        if owed.in_force is not None and view.concerns("obligation", owed.name):
            yield from _overdue(view, owed, max(owed.due_at, owed.in_force))
            yield from _unchecked(view, known, owed, owed.in_force)


def _overdue(view: View, owed: Owed, raised: datetime) -> Iterator[Alert]:
    """Yield what is overdue without a word of it, and from that word on, with one."""
    told = first(*(owed.known.at(fact) for fact in owed.delays[:1]))
    words = "is overdue, and the client said nothing of it"
    yield _alert(view, owed, "A-client-overdue-unnotified", words, raised, first(_over(owed), told))
    if told is not None:
        words = "is overdue, as the client said it would be"
        yield _alert(view, owed, "A-client-overdue-notified", words, max(raised, told), _over(owed))


def _unchecked(view: View, known: Known, owed: Owed, begins: datetime) -> Iterator[Alert]:
    """Yield the stretches before the due date in which nobody spoke of it, since it was agreed or last spoken of.

    That the client said it would be late is a word of it too.
    """
    calendar, day = known.calendar(owed.as_of), owed.calendar.day_of(owed.due_at)
    today = calendar.day_of(owed.as_of)
    soon = midnight(calendar, days_before(calendar, day, int(known.number("due_next_bd", today))))
    silent = int(known.number("check_obligation_bd", today))
    spoken = sorted({begins, *(max(begins, known.at(fact)) for fact in (*owed.contacts, *owed.delays))})
    last_of_day = {calendar.day_of(when): when for when in spoken}
    for (last, _), later in pairwise([*last_of_day.items(), ("", None)]):
        raised = max(soon, falls(calendar, days_after(calendar, last, silent)))
        ends = first(later[1], owed.due_at, _over(owed))
        yield _alert(view, owed, "A-check-obligation", "is due soon: is it coming?", raised, ends, last)


def _over(owed: Owed) -> datetime | None:
    """Return when it was given or let go."""
    return first(owed.given, owed.release.since if owed.release else None)


def _alert(
    view: View,
    owed: Owed,
    signal: str,
    words: str,
    raised: datetime,
    cleared: datetime | None,
    occurrence: str = "",
) -> Alert:
    return Alert(
        signal,
        "P18" if signal == "A-check-obligation" else "P17",
        f"obligation:{owed.name}",
        raised=raised,
        since=raised,
        says=f"{owed.name} {quoted(owed.agreed.event.title)} {words}".replace("  ", " "),
        also=_terms(owed, raised),
        command=_given(view, owed) if signal != "A-check-obligation" and _chased(owed, raised) else _chase(view, owed),
        cleared=cleared,
        occurrence=occurrence,
        calendar=owed.calendar.name,
        facts=owed.facts,
    )


def _terms(owed: Owed, raised: datetime) -> str:
    """Say when it was due, which day the client named instead, and when we asked for it last."""
    beside, calendar = instant(raised), owed.calendar
    said = [f"due {moment_words(owed.agreed.event.due, calendar, beside)}"]
    said += [f"now {moment_words(owed.new_date, calendar, beside)}"] if owed.new_date else []
    asked = owed.chases[-1:]
    said += [f"asked {moment_words(instant(owed.known.at(fact)), calendar, beside)}" for fact in asked]
    return " · ".join(said)


def _chased(owed: Owed, raised: datetime) -> bool:
    """Return whether we asked for it since it was overdue."""
    return any(owed.known.at(fact) >= raised for fact in owed.chases)


def _chase(view: View, owed: Owed) -> str:
    who = [owed.agreed.event.owner] if owed.agreed.event.owner else []
    asks = [f"'asked when {owed.name} is to come'"] if who else []  # without an owner both are asked for
    return command(view, "contact", *who, *asks, "--purpose chase", f"--about {owed.name}")


def _given(view: View, owed: Owed) -> str:
    return command(view, "delivered", owed.name)
