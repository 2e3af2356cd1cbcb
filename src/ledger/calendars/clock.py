"""Instants and days as the ledger writes them: text that sorts in the order of time.

2025-06-06T08:00:00.000000Z     an instant: always UTC, always six digits of microseconds
2025-06-27                      a day: in no zone until a calendar gives it one
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from ledger.errors import Malformed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_RFC3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,6}))?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST, _LAST = "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"
_EARLIEST, _LATEST = timedelta(hours=-14), timedelta(days=1, hours=12) - MICROSECOND
_EPOCH_ORDINAL = 719_163
_MIN, _MAX = -719_162 * 86_400_000_000, 2_932_897 * 86_400_000_000 - 1


def instant(when: datetime) -> str:
    """Write an aware datetime as an instant."""
    if (
        when.tzinfo is UTC
    ):  # of another zone, two times that are equal may differ by their fold: they are not remembered
        return _written(when)
    if when.utcoffset() is None:
        raise ValueError(f"an instant needs an aware datetime, not {when!r}")
    # isoformat pads the year; strftime("%Y") does not on every platform.
    return f"{when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


@lru_cache(maxsize=16_384)  # an entry says the same time several times, and all that is made of it does
def parse_instant(text: str) -> datetime:
    """Read the one canonical form of an instant, the inverse of `instant`."""
    if not _INSTANT.fullmatch(text):
        raise Malformed(f"Not an instant: {text!r} has not the form 2025-06-06T08:00:00.000000Z.")
    try:
        return datetime.fromisoformat(text)  # Z is read as UTC
    except ValueError as error:
        raise Malformed(f"Not an instant: {text!r}: {error}.") from error


@lru_cache(maxsize=16_384)
def normalise_instant(text: str) -> str:
    """Bring any RFC 3339 date-time (section 5.6) to the canonical form; no leap seconds, no more than six digits."""
    parts = _RFC3339.fullmatch(text)
    if parts is None:
        raise Malformed(
            f"Not an instant: {text!r}.",
            advice="Write RFC 3339 with seconds and an offset: 2025-06-06T09:00:00+01:00 or 2025-06-06T08:00:00Z.",
        )
    day, time, fraction, offset = parts.groups()
    try:
        return instant(datetime.fromisoformat(f"{day}T{time}.{fraction or '':0<6}{offset.upper()}"))
    except (ValueError, OverflowError) as error:
        raise Malformed(f"Not an instant: {text!r}: {error}.") from error


@lru_cache(maxsize=16_384)
def is_day(text: str) -> bool:
    """Say whether *text* is a day that exists, written as 2025-06-27."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=16_384)
def earliest(moment: str) -> str:
    """Answer the first instant that *moment* can mean: a day begins first at UTC+14."""
    return _shifted(moment, _EARLIEST, _FIRST) if is_day(moment) else _checked(moment)


@lru_cache(maxsize=16_384)
def latest(moment: str) -> str:
    """Answer the last instant that *moment* can mean: a day ends last at UTC-12."""
    return _shifted(moment, _LATEST, _LAST) if is_day(moment) else _checked(moment)


def surely_before(a: str, b: str) -> bool:
    """Say whether moment *a* lies before moment *b* whatever zones their days are in."""
    return latest(a) < earliest(b)


@lru_cache(maxsize=65_536)
def day_number(day: str) -> int:
    """Count the days from 1970-01-01 to *day*."""
    if not is_day(day):
        raise Malformed(f"Not a day: {day!r}.", advice="Write it as 2025-06-27.")
    return date.fromisoformat(day).toordinal() - _EPOCH_ORDINAL


def day_text(number: int) -> str:
    """Write the day that lies *number* days after 1970-01-01, the inverse of `day_number`, or the nearest there is."""
    ordinal = max(date.min.toordinal(), min(number + _EPOCH_ORDINAL, date.max.toordinal()))
    return date.fromordinal(ordinal).isoformat()


def shifted(text: str, seconds: int) -> str:
    """Return the instant that lies *seconds* after the instant *text*, or before it; the nearest there is."""
    return instant(from_microseconds(microseconds(parse_instant(text)) + seconds * 1_000_000))


def microseconds(when: datetime) -> int:
    """Count the microseconds from 1970 to an aware datetime, exactly."""
    # Two datetimes of one tzinfo subtract as wall time, so ours is UTC, where the two are the same.
    since = when - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_microseconds(count: int) -> datetime:
    """Give the UTC datetime *count* microseconds after 1970, the inverse of `microseconds`, or the nearest there is."""
    # The last day of year 9999 closes in year 10000 UTC in a zone behind it, and people write that day for "never".
    return EPOCH + timedelta(microseconds=max(_MIN, min(count, _MAX)))


@lru_cache(maxsize=16_384)
def _written(when: datetime) -> str:
    return f"{when.isoformat(timespec='microseconds')[:-6]}Z"


def _shifted(day: str, by: timedelta, limit: str) -> str:
    try:
        return instant(datetime.fromisoformat(day).replace(tzinfo=UTC) + by)
    except OverflowError:
        return limit


def _checked(moment: str) -> str:
    parse_instant(moment)
    return moment
