"""Histories as of `tests/histories`, told in four zones: days and instants, back-dated or not, of versions and people."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ledger.calendars import default_calendar, instant
from ledger.drafts import Draft
from ledger.errors import Refused
from ledger.values import Position
from tests.histories import EVERY_KIND, Told, read

if TYPE_CHECKING:
    from ledger.canonical import JSON

ZONES = {"Europe/London": "GB", "America/New_York": "US", "Pacific/Auckland": "NZ", "Asia/Kathmandu": None}
KINDS = [kind for kind in EVERY_KIND if kind != "clock-corrected"]
RULES = ("FREQ=WEEKLY;BYDAY=FR", "FREQ=DAILY", "FREQ=WEEKLY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=-1")
PARTS = ("scope", "timeframe", "evaluation", "compensation", "relationship", "confidentiality", "retention")
POLICIES = {"parity_delta_bh": "1", "self_max_age_days": "3", "ewma_lambda": "0.3", "gift_limit": "50 EUR"}

ACTS = ("signed.v1", "rescheduled.v1", "judged.v1", "authority-changed.v1")
"""What needs an authority."""

EITHER = ("milestone-rescheduled", "commitment-released")
"""What either side may say."""

Chance = random.Random
More = Mapping[str, Any]


class Wandering(Told):
    """A ledger of one client more than four of whose people act, where anything may be said of any time."""

    def __init__(self, chance: Chance) -> None:
        self.chance, self.zone = chance, ZoneInfo("Europe/London")
        self.is_begun = False
        super().__init__()
        ours, theirs = (chance.choice(list(ZONES)) for _ in range(2))
        other: Any = {
            **default_calendar(theirs, years=[2025], open_from="08:30", open_to="18:15"),
            "calendar": "theirs",
        }
        first: Any = default_calendar(ours, country=ZONES[ours], years=[2025])
        self.record("policy-set", "practice", {"calendars": [first, other], "valid_from": "2025-01-01"})
        for account in ("account/acme", "account/apex"):
            for level in ("manager", "operational"):
                person: Any = {"side": "client", "level": level, "name": level, "role": level}
                self.record("contact-added", account, person)
            for number, scope in enumerate(("sign", "sign", "accept"), start=1):
                name = f"c{number % 3 if number < 3 else 1}"
                granted: Any = {"contact": name, "granted_by": name, "granted": True, "valid_from": "2025-01-01"}
                self.record("authority-changed", account, {**granted, "scope": scope})
        self.zone, self.is_begun = ZoneInfo(ours), True

    def record(self, kind: str, subject: str, data: Mapping[str, JSON], days: int = 0, *, aware: bool = False) -> None:
        """Record one event, with more about it, so long ago as chance has it."""
        if not self.is_begun or kind == "entry-corrected":
            super().record(kind, subject, data, days, aware=aware)
            return
        self.clock.now += timedelta(minutes=self.chance.choice((1, 61, 400, 1000, 1440, 2900)))
        more = {**VARIED.get(kind, _nothing)(self.chance), **self._ratified(kind)}
        party = "client" if kind in EITHER and self.chance.random() < 0.3 else "provider"
        known = (self._ago(days) or instant(self.clock.now)) if aware else None
        with suppress(Refused):
            draft = Draft(kind, subject, {**data, **more}, occurred=self._ago(days), aware=known, party=party)
            self.ledger.record(draft)

    def _target(self, kind: str, which: int) -> Mapping[str, JSON]:
        """Return an entry to correct; where the stories have none but of a policy or an opening, the newest that is neither."""
        fitting = [stored for stored in self.journal.since(Position(0), 1_000) if _is_free(read(stored))]
        return super()._target(kind, which) if _is_free(super()._target(kind, which)) else read(fitting[-1])

    def _ratified(self, kind: str) -> More:
        """Return some acts that an authority ratifies."""
        acts = [one for one in map(read, self.journal.since(Position(0), 1_000)) if str(one["type"]).endswith(ACTS)]
        ratifying = kind == "authority-changed" and acts and self.chance.random() < 0.5
        return {"ratifies": [self.chance.choice(acts)["id"]]} if ratifying else {}

    def _ago(self, days: int) -> str | None:
        """Return nothing, a day or an instant."""
        back = timedelta(days=days % 7, minutes=self.chance.choice((0, 7, 90, 600)))
        then = self.clock.now - back
        day = str(then.astimezone(self.zone).date())
        return self.chance.choice((None, day, instant(then), instant(then)))


def wandered(seed: int) -> Wandering:
    """Return a ledger to which much happened, of many kinds or of few."""
    chance = Chance(seed)
    history = Wandering(chance)
    kinds = KINDS if chance.random() < 0.4 else chance.sample(KINDS, chance.choice((6, 10, 14)))
    for _ in range(chance.randint(15, 70)):
        history.take((chance.choice(kinds), chance.randint(0, 40), chance.randint(0, 9)))
    return history


def _is_free(entry: Mapping[str, JSON]) -> bool:
    """Return whether an entry can be withdrawn, and a ledger with its calendars and engagements be left."""
    return not any(word in str(entry["type"]) for word in ("opened", "policy", "corrected"))


def _day(chance: Chance) -> str:
    return str(date(2025, 6, 1) + timedelta(days=chance.randint(0, 45)))


def _due(chance: Chance) -> str:
    minutes = f"T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00.000000Z"
    return _day(chance) + ("" if chance.random() < 0.75 else minutes)


def _nothing(_: Chance) -> More:
    return {}


def _maybe(chance: Chance, **more: Any) -> More:
    return more if chance.random() < 0.4 else {}


def _version(chance: Chance) -> More:
    return _maybe(chance, agreement_version=chance.randint(1, 3))


def _money(chance: Chance) -> More:
    return {"currency": chance.choice(("GBP", "EUR")), "minor": chance.randint(0, 30_000)}


def _person(chance: Chance) -> str:
    return chance.choice(("c1", "c2", "c3", "c4"))


def _causes(chance: Chance) -> list[More]:
    begun = [_day(chance) for _ in range(chance.randint(0, 2))]
    parties = ("provider", "client", "third_party")
    return [
        {"party": chance.choice(parties), "from_on": day, **_maybe(chance, to_on=max(day, _day(chance)))}
        for day in begun
    ]


def _slip(chance: Chance) -> More:
    return {"forecast": _due(chance), "causes": _causes(chance), **_maybe(chance, slip_id=f"S{chance.randint(1, 4)}")}


def _scores(chance: Chance) -> More:
    dimensions = chance.sample(("trust", "overall", "price"), chance.randint(1, 3))
    return {"scores": [{"dimension": name, "score": str(chance.randint(0, 10))} for name in dimensions]}


def _policy(chance: Chance) -> More:
    name = chance.choice(sorted(POLICIES))
    return {"policies": [{"policy": name, "value": POLICIES[name]}], "valid_from": _day(chance)}


VARIED: Mapping[str, Callable[[Chance], More]] = {
    "milestone-agreed": lambda r: {"due": _due(r), **_version(r), **_maybe(r, depends_on=["M1"])},
    "milestone-rescheduled": lambda r: {"to_due": _due(r), "agreed_by": _person(r), **_version(r)},
    "milestone-judged": lambda r: {"by": _person(r)},
    "commitment-released": _version,
    "obligation-agreed": lambda r: {"due": _due(r), "blocks": r.sample(("M1", "M2", "M3"), r.randint(0, 2)), **_version(r)},
    "slip-foreseen": _slip,
    "slip-reported": _slip,
    "work-started": lambda r: {**_version(r), **_maybe(r, value=_money(r))},
    "work-recorded": lambda r: {**_version(r), **_maybe(r, value=_money(r))},
    "agreement-drafted": lambda r: {"parts": r.sample(PARTS, r.randint(1, 7))},
    "agreement-signed": lambda r: _maybe(r, signatory=_person(r)),
    "authority-changed": lambda r: {
        "contact": _person(r), "scope": r.choice(("sign", "accept", "instruct")), "valid_from": _day(r),
        "granted_by": _person(r), **_maybe(r, valid_until="2025-07-01")},
    "contact-made": lambda r: {
        "participants": r.sample(("c1", "c2", "c3", "c4"), r.randint(0, 3)), "kind": r.choice(("meeting", "email")),
        "substantive": r.random() < 0.8},
    "cadence-agreed": lambda r: {
        "rrule": r.choice(RULES), "starts": f"{_day(r)}T{r.choice(('17:00', '09:00'))}", "tolerance_bd": r.randint(0, 2),
        "calendar": r.choice(("default", "theirs")), **_version(r)},
    "holding-reply-sent": lambda r: {"promised_by": _due(r)},
    "action-agreed": lambda r: {"due": _due(r)},
    "feedback-received": lambda r: {"from_contact": _person(r), **_scores(r)},
    "self-assessed": lambda r: {"closing": False, **_scores(r)},
    "gift-recorded": lambda r: {"value": _money(r), "counterpart": _person(r)},
    "exit-considered": lambda r: {"pain": r.randint(0, 100), "benefit": r.randint(0, 100)},
    "policy-set": _policy,
}  # fmt: skip
