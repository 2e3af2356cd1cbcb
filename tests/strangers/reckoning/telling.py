"""The facts of an export as they were known on one day and true on another: 3.5 of the domain, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from tests.strangers.reckoning.minutes import Clock, is_day, moment

FOREKNOWN = {"slip-foreseen", "news-learned"}


@dataclass(frozen=True)
class Fact:
    """One entry, put right."""

    position: int
    id: str
    type: str
    stream: str
    recorded: datetime
    occurred: str
    aware: str | None
    party: str
    data: dict[str, Any]
    is_stated: bool = True
    """Whether anybody said when it was so; else it is taken to be when it was written down."""

    def __getitem__(self, name: str) -> Any:
        return self.data.get(name)


@dataclass
class Told:
    """What an export tells, to somebody who knows what had been recorded by one time of what was so by another."""

    facts: list[Fact]
    as_of: datetime
    entries: list[Fact]
    """As they were first recorded, corrections among them; nothing put right."""
    so: set[str]
    """The ids of those that were so by then, withdrawn or not."""
    righted: dict[str, Fact]
    """Each of the entries put right, by its id, withdrawn or not."""
    clocks: dict[str, Clock] = field(default_factory=dict)

    def of(self, stream: str, *types: str) -> list[Fact]:
        """List the facts of a stream in the order of the log."""
        return [fact for fact in self.facts if fact.stream == stream and (not types or fact.type in types)]

    def one(self, type_: str, test: Callable[[Fact], bool]) -> list[Fact]:
        """List the facts of a type in any stream that pass."""
        return [fact for fact in self.facts if fact.type == type_ and test(fact)]

    def policy(self, name: str, default: str, day: date | None = None) -> str:
        """Return what a policy says on a day, such as that of an answer; today, if none is named."""
        today = day or self.clocks["default"].day(self.as_of.isoformat())
        said = [
            one["value"]
            for fact in self.facts
            if fact.type == "policy-set" and date.fromisoformat(fact["valid_from"]) <= today
            for one in fact["policies"]
            if one["policy"] == name
        ]
        return str([default, *said][-1])


def tell(lines: Iterable[str], known_on: datetime | None, true_on: datetime | None, now: datetime) -> Told:
    """Read the lines of an export as they were known and true."""
    entries = _entries([json.loads(line) for line in lines])
    known = [one for one in entries if known_on is None or one.recorded <= known_on]
    clocks = _clocks([fact for fact, stands in _put_right(known) if stands])
    true_on = true_on or known_on
    righted = _put_right(known)
    every = [(fact, stands) for fact, stands in righted if true_on is None or _so_by(fact, true_on, clocks)]
    so = {fact.id for fact, _ in every}
    so |= {one.id for one in known if one.type == "entry-corrected" and one["entry"] in so}
    standing = [fact for fact, stands in every if stands]
    clocks |= _clocks(standing)
    return Told(standing, true_on or now, known, so, {fact.id: fact for fact, _ in righted}, clocks)


def _entries(lines: list[dict[str, Any]]) -> list[Fact]:
    shifts = [one["data"] for one in lines if one["type"] == "clock-corrected"]
    return [_fact(line, sum(_shift(one, line["position"]) for one in shifts)) for line in lines]


def _shift(correction: dict[str, Any], position: int) -> int:
    within = correction["first_position"] <= position <= correction["last_position"]
    return int(correction["offset_seconds"]) if within else 0


def _fact(line: dict[str, Any], shift: int) -> Fact:
    recorded = moment(line["time"]) + timedelta(seconds=shift)
    return Fact(
        line["position"],
        line["id"],
        line["type"],
        line["subject"],
        recorded,
        line.get("occurred") or recorded.isoformat(),
        line.get("aware"),
        line["party"],
        line["data"],
        "occurred" in line,
    )


def _put_right(known: list[Fact]) -> list[tuple[Fact, bool]]:
    corrections: dict[str, list[Fact]] = {}
    for fact in known:
        if fact.type == "entry-corrected":
            corrections.setdefault(fact["entry"], []).append(fact)
    return [_corrected(fact, corrections.get(fact.id, [])) for fact in known]


def _corrected(fact: Fact, corrections: list[Fact]) -> tuple[Fact, bool]:
    stands, changed = True, dict(vars(fact), data=dict(fact.data))
    for one in corrections:
        stands = stands if one["kind"] == "amend" else one["kind"] == "reinstate"
        for change in one["changes"]:
            first, _, name = change["path"].partition(".")
            where = changed["data"] if first == "data" else changed
            value = json.loads(change["after"]) if change.get("after") is not None else None
            where[name or first] = value
    return Fact(**{name: changed[name] for name in Fact.__dataclass_fields__}), stands


def _so_by(fact: Fact, true_on: datetime, clocks: dict[str, Clock]) -> bool:
    foreknown = fact.type in FOREKNOWN and fact.aware
    when = (fact.aware if foreknown else fact.occurred) or fact.occurred
    if not is_day(when):
        return moment(when) <= true_on
    return date.fromisoformat(when) <= clocks["default"].day(true_on.isoformat())


def _clocks(standing: list[Fact]) -> dict[str, Clock]:
    versions: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for fact in standing:
        for one in fact["calendars"] or [] if fact.type == "policy-set" else []:
            versions.setdefault(one["calendar"], []).append((fact["valid_from"], one))
    return {name: _clock(json.dumps(each)) for name, each in versions.items()}


@cache
def _clock(versions: str) -> Clock:
    """Make a calendar once: to list its minutes takes a while."""
    return Clock(tuple((date.fromisoformat(since), one) for since, one in json.loads(versions)))
