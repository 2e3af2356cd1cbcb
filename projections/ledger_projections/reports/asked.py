"""The question that a report answers: everything, beside the ledger itself, that its words depend on.

A report carries it in each of its forms, so that the ledger can be asked again:

    {"report": "chronology", "engagement": "k7h2mmsw3qpd", "options": {"since": "2025-06-01"}, "known_on": null, …}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day, parse_instant
from ledger.errors import Malformed
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
ID = re.compile(r"[a-z0-9]{4,32}")
MOST_TEXT = 1_000


class Asked(NamedTuple):
    """A question to the ledger as it stood at *position*, judged at the instant *as_of*."""

    report: str
    engagement: str
    """Its id, not what people call it."""
    position: int
    as_of: str
    options: Mapping[str, str] = {}
    """What else was said: `since`, `subject`, `dispute`; instants are in UTC."""
    known_on: str | None = None
    true_on: str | None = None
    trust_claimed: bool = False
    named: tuple[int, ...] = ()
    """The positions of entries that are shown although they are private or privileged."""
    private: bool = False
    """Whether all that is private, and not privileged, is shown."""

    def written(self) -> dict[str, Any]:
        """Return the question as JSON."""
        return {**self._asdict(), "options": dict(sorted(self.options.items())), "named": list(self.named)}

    def shortened(self) -> dict[str, Any]:
        """Return the question as JSON, without what nobody said; `whole` puts it back."""
        return {name: value for name, value in self.written().items() if value}

    @classmethod
    def whole(cls, value: object) -> object:
        """Return a shortened question as `read` reads it; what is no such question as it is."""
        return {**cls("", "", 0, "").written(), **value} if isinstance(value, dict) else value

    @classmethod
    def read(cls, value: object) -> Asked:
        """Read a question that somebody hands us; raise Malformed for what this would not have written."""
        if not isinstance(value, dict) or value.keys() != set(cls._fields):
            raise Malformed("It does not say what was asked.")
        _check(value)
        return cls(**{**value, "named": tuple(_listed(value["named"]))})


def _listed(value: object) -> list[int]:
    whole = isinstance(value, list) and all(type(number) is int and 0 < number < 2**53 for number in value)
    if not isinstance(value, list) or not whole or value != sorted(set(value)):
        raise Malformed("The entries that it names are no list of numbers.", field="named")
    return value


def _check(asked: Mapping[str, Any]) -> None:
    names = (NAME, asked["report"]), (ID, asked["engagement"])
    if not all(isinstance(name, str) and form.fullmatch(name) for form, name in names):
        raise Malformed("It does not name a report and an engagement.", field="report")
    if type(asked["position"]) is not int or not 0 < asked["position"] < 2**53:
        raise Malformed("Its position is no number of entries.", field="position")
    if type(asked["private"]) is not bool or type(asked["trust_claimed"]) is not bool:
        raise Malformed("It does not say yes or no.", field="private")
    _check_instant(asked["as_of"])
    for moment in (asked["known_on"], asked["true_on"]):
        if moment is not None:
            _check_instant(moment)
    _check_options(asked["options"])


def _check_instant(moment: object) -> None:
    if not isinstance(moment, str) or len(moment) != len("2025-06-06T08:00:00.000000Z") or is_day(moment):
        raise Malformed("It names no instant in UTC.", field="as_of")
    parse_instant(moment)


def _check_options(options: object) -> None:
    if not isinstance(options, dict) or len(options) > 32:
        raise Malformed("Its options are no options.", field="options")
    for name, value in options.items():
        if not NAME.fullmatch(str(name)) or not isinstance(value, str) or len(value) > MOST_TEXT:
            raise Malformed("Its options are no options.", field="options")
