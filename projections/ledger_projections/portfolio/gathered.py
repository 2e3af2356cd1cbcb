"""The rows that what is judged over all is made of: of the read model, of a replay, or of what is published, alike.

Nothing that takes long to import is imported here, for the morning screen asks each time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from ledger_projections.open_time import calendar_row
from ledger_projections.open_time import unix as microseconds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ledger_projections.portfolio.open_days import OpenDays

    Row = dict[str, Any]

NEEDED = ("portfolio", "contacts_daily", "calendars")
"""The tables that rows over all are made of."""
WHOSE = ("engagement", "engagement_alias", "account", "account_alias")


PARTS = (
    "stream", *WHOSE, "part", "subject", "entry", "position", "since", "changes_at", "state", "is_open", "first_on", "last_on",
    "amount", "minor", "currency", "policy", "zone", "calendar", "words", "details",
)  # fmt: skip
BEHIND = ("positions", "entries", "last_position", "updated_at", "visibility")
"""What tells on what a row stands."""
NEVER = "9999-12-31T23:59:59.999999Z"
"""When time is over."""


class Read(Protocol):
    """What finds the rows of a table that still stand, of one *part* of it; *more*, and which columns, may be ignored."""

    def __call__(self, table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> Collection[Row]:
        """Return rows as dictionaries with values of the declared types, those of a stream beside each other.

        They are in the same order however often they are asked.
        """


class Gathered:
    """All that the streams bring, as it is *as_of* an instant."""

    def __init__(self, read: Read, as_of: str) -> None:
        self._read, self.as_of = read, as_of
        self._parts: dict[str, Collection[Row]] = {}
        self._today: dict[str, int] = {}
        self._ordinals: dict[str, int] = {}

    def part(self, name: str) -> Collection[Row]:
        """Return the rows of one part of the table `portfolio`."""
        if name not in self._parts:
            self._parts[name] = self._read("portfolio", part=name, columns=(*PARTS, *BEHIND))
        return self._parts[name]

    @property
    def until(self) -> str:
        """The instant from which time alone may make another of what was asked for: a day begins, or a row says so."""
        self.today("UTC")  # on which calendars and years change
        days = [_ends(today, zone, self.as_of) for zone, today in self._today.items()]
        said: Iterable[str | None] = (row["changes_at"] for rows in self._parts.values() for row in rows)
        return min([*days, *(moment for moment in said if moment is not None and moment > self.as_of)])

    def talk(self, days: int, *columns: str, more: str = "TRUE") -> Mapping[str, Sequence[tuple[int, Row]]]:
        """Return, by stream, the *columns* of the talk of the last *days*, each row with how many days ago it was."""
        found: dict[str, list[tuple[int, Row]]] = {}
        for age, row in self._talk(days, columns, more):
            found.setdefault(row["stream"], []).append((age, row))
        return found

    def talk_by_stream(self, days: int, *columns: str) -> Iterator[tuple[str, Sequence[tuple[int, Row]]]]:
        """Yield the same stream by stream, and hold no more than one: of all there is more than memory holds."""
        for stream, made in groupby(self._talk(days, columns, "TRUE"), key=lambda pair: str(pair[1]["stream"])):
            yield stream, [*made]

    def ordinal(self, day: str) -> int:
        """Return the ordinal of a day."""
        found = self._ordinals.get(day)
        if found is None:
            found = self._ordinals[day] = date.fromisoformat(day).toordinal()
        return found

    def today(self, zone: str) -> int:
        """Return the ordinal of the day that it is in *zone*."""
        if zone not in self._today:
            now = datetime.fromisoformat(self.as_of)
            try:
                self._today[zone] = now.astimezone(ZoneInfo(zone)).toordinal()
            except OverflowError:  # on the first and the last day there is
                self._today[zone] = now.toordinal()
        return self._today[zone]

    @cached_property
    def open_days(self) -> OpenDays:
        """The open days of the calendar `default` as in force."""
        from ledger_projections.portfolio.open_days import OpenDays

        rows = sorted(self._read("calendars"), key=lambda row: (row["valid_from"], row["last_position"]))
        return OpenDays(calendar_row(rows, "default", self.as_of[:10]))

    def _talk(self, days: int, columns: Sequence[str], more: str) -> Iterator[tuple[int, Row]]:
        earliest = date.fromordinal(max(1, self.today("UTC") - days - 1)).isoformat()
        zones = {row["stream"]: row["zone"] for row in self.part("talk")}
        asked = ("stream", "day", *columns, *(name for name in BEHIND if name not in columns))
        for row in self._read("contacts_daily", more=f"day >= '{earliest}' AND {more}", columns=asked):
            zone = zones.get(row["stream"]) or (self.open_days.zone if row["stream"].startswith("account/") else None)
            age = self.today(zone) - self.ordinal(row["day"]) if zone else days  # else its opening was withdrawn
            if 0 <= age < days:
                yield age, row


def midnight(day: int, zone: str, *, again: bool = False) -> str:
    """Return the instant at which the day with an ordinal begins in *zone*, or *again*: clocks may be put back over it."""
    begins = datetime.fromordinal(day).replace(tzinfo=ZoneInfo(zone), fold=again).astimezone(UTC)
    return f"{begins.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _ends(day: int, zone: str, as_of: str) -> str:
    """Return when the day that it is in *zone* ends; at once, where it begins again and may be the day before until then."""
    try:
        return as_of if midnight(day, zone, again=True) > as_of else midnight(day + 1, zone)
    except (OverflowError, ValueError):  # on the last day there is
        return NEVER


def twinned(row: Mapping[str, Any], names: Iterable[str]) -> Row:
    """Return *row* in the order of the columns called *names*, each time with its twin in seconds since 1970."""
    return {name: row[name] if name in row else _seconds(row[name.removesuffix("_unix")]) for name in names}


def _seconds(moment: str | None) -> int | None:
    return None if moment is None else microseconds(moment) // 1_000_000
