"""What the letter is read with: the ledger's zone and time, the folder of the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ledger.calendars import instant
from ledger.errors import Malformed
from ledger_cli.asking.moments import parse_moment

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Reading:
    """The time it is, the zone that dates are in, and where the letter lies."""

    now: datetime
    zone: ZoneInfo
    folder: Path
    agreed_on: str | None = None
    """The day on which the letter was agreed, where that was not today."""

    @property
    def day(self) -> str:
        """Return the day from which people may do what the letter says, where it names no other."""
        return self.agreed_on or self.now.astimezone(self.zone).date().isoformat()

    def moment(self, value: str | date) -> str:
        """Return the day or the instant that *value* says: a TOML date, or text as people type it."""
        if isinstance(value, datetime) and value.tzinfo:
            return instant(value.replace(microsecond=0))
        if isinstance(value, datetime):
            return parse_moment(value.isoformat(timespec="seconds"), self.now, self.zone)
        text = value.isoformat() if isinstance(value, date) else value
        return parse_moment(text, self.now, self.zone, ahead=True)

    def local(self, moment: str) -> str:
        """Return the day, or the time on the wall, that `moment` reads as *moment*; else the instant itself."""
        if "T" not in moment:
            return moment
        wall = datetime.fromisoformat(moment).astimezone(self.zone).replace(tzinfo=None)
        typed = wall.isoformat(timespec="minutes" if wall.second == 0 else "seconds")
        try:
            return typed if self.moment(typed) == moment else moment
        except Malformed:  # clocks showed it twice
            return moment
