"""Reminders as an iCalendar object (RFC 5545): the same UID each time, so that a calendar moves what it has already.

SEQUENCE is the newest entry that a reminder stands on, DTSTAMP and LAST-MODIFIED when that was recorded (section 3.8.7.2:
without a METHOD they are one): the same ledger gives the same bytes. What is no longer due is CANCELLED.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger_cli.morning.reminders import Reminder

PRODUCT = "-//Engagement ledger//engage remind//EN"
AHEAD = (timedelta(days=-1), timedelta(hours=-1))
"""How long before it is due a calendar says so."""
ROOM = 25
"""So many letters of a summary a calendar shows in the view of a month, beside the hour; the rest stands in the description."""
FEWEST = 8
"""So many letters of the thing are shown beside the longest alias."""
SEPARATOR = " · "


def calendar_of(reminders: Iterable[Reminder], origin: str) -> bytes:
    """Return *reminders* of the ledger called *origin* as the bytes of a calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "What is due")
    for reminder in reminders:
        calendar.add_component(_event(reminder, origin))
    return bytes(calendar.to_ical())


def _event(reminder: Reminder, origin: str) -> Event:
    event, says = Event(), safe(f"{reminder.whose}: {reminder.says}")
    event.add("uid", f"{reminder.name}@{origin}")
    event.add("summary", _summary(safe(reminder.short), safe(reminder.whose)))
    event.add("dtstart", datetime.fromisoformat(reminder.due).replace(microsecond=0))
    event.add("dtstamp", datetime.fromisoformat(reminder.revised))
    event.add("last-modified", datetime.fromisoformat(reminder.revised))
    event.add("sequence", reminder.revision)
    event.add("description", f"{says}\n{' '.join(f'#{position}' for position in reminder.positions)}")
    event.add("categories", [reminder.practice])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if reminder.over else "CONFIRMED")
    for before in () if reminder.over else AHEAD:
        event.add_component(_alarm(before, says))
    return event


def _summary(thing: str, whose: str) -> str:
    """Return `M2 due · northwind`: where there is no room for both the thing is cut first, to a few letters."""
    whose = _cut(whose, ROOM - len(SEPARATOR) - min(len(thing), FEWEST))
    return f"{_cut(thing, ROOM - len(SEPARATOR) - len(whose))}{SEPARATOR}{whose}"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _alarm(before: timedelta, says: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", says)
    alarm.add("trigger", before)
    return alarm
