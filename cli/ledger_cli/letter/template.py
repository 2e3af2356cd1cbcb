"""The letter to fill in: written in the first week of March 2025, its dates moved by whole weeks to the week it is.

So a Friday stays a Friday, what lay eleven weeks ahead lies eleven weeks ahead, and nothing in it is overdue on the day
that somebody signs it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files

WRITTEN = date(2025, 3, 3)
"""The Monday of the week that the template was written in."""
_WEEK = timedelta(weeks=1)
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}")
_OF_A_MONTH = re.compile(r'(BYDAY=1[A-Z]{2}"\s+starts\s*= )(\d{4}-\d{2}-\d{2})')


def raw() -> str:
    """Return the letter with the dates that it was written with."""
    return files("ledger_cli.letter").joinpath("template.toml").read_text("utf-8")


def template(today: date) -> str:
    """Return the letter as somebody fills it in *today*."""
    return _OF_A_MONTH.sub(_first_of_its_kind, moved(raw(), today))


def moved(text: str, today: date) -> str:
    """Return *text* with its days as many whole weeks later as *today* is; a day before the template leaves them."""
    later = max((today - WRITTEN) // _WEEK, 0) * _WEEK
    return _DAY.sub(lambda day: (date.fromisoformat(day[0]) + later).isoformat(), text)


def _first_of_its_kind(found: re.Match[str]) -> str:
    """Move a start on to the first such weekday of a month: from any other, a rule of months would begin a period late."""
    day = date.fromisoformat(found[2])
    while day.day > 7:
        day += _WEEK
    return f"{found[1]}{day}"
