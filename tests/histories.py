"""Arbitrary histories of a small ledger in memory: two accounts, three engagements, corrections of all that happened."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from ledger.calendars import default_calendar, instant
from ledger.drafts import Draft, Identity
from ledger.entry import decode
from ledger.errors import Refused
from ledger.journal import Stored
from ledger.service import Ledger
from ledger.testing.fakes import MemoryJournal, SetClock
from ledger.values import Position
from tests.happenings import HAPPENINGS, ROOT, happening

if TYPE_CHECKING:
    from ledger.canonical import JSON

CALENDAR: Any = default_calendar("Europe/London", country="GB", subdivision="ENG", years=[2025])
LATER = "2025-12-31T00:00:00.000000Z"
NOTICES: Any = [{"on": on, "within_bh": "8"} for on in ("slip", "bad_news", "client_delay", "client_delay")]

REPORTED, TALKED = ("report", "review"), ("feedback", "check_in", "account_review")
"""The kinds of rhythm that are kept by a report or a meeting, and by talk."""

Step = tuple[str, int, int]
"""What is done, to which of the engagements or entries, and when it was so: days before it was written down."""

KINDS = (
    *("milestone", "foreseen", "foreseen", "reported", "moved", "news", "told", "delivered", "averted", "disputed"),
    *("judged", "cadence", "report", "answered", "owed", "acknowledged"),
    *("drafted", "signed", "person", "authority", "policy", "open"),
    *("given", "late", "asked", "questioned", "held", "replied", "spoke", "paused", "resumed", "released", "left"),
    *("aware", "aware", "occurred", "due", "withdraw", "withdraw", "reinstate", "alias", "onto", "onto"),
)
EVERY_KIND = (*KINDS, *HAPPENINGS, "annotated", "erased")


def _steps(kinds: Sequence[str]) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 40), st.integers(0, 9)), max_size=25)


_few = st.lists(st.sampled_from(EVERY_KIND), min_size=2, max_size=6, unique=True)
steps = (
    _steps(KINDS)
    | _steps(EVERY_KIND)
    | _few.flatmap(lambda few: _steps([*few, *few, "withdraw", "reinstate", "occurred"]))
)
"""Of all types; some histories hold a few kinds only, again and again, so that they meet."""

CORRECTING = frozenset({"aware", "occurred", "due", "alias", "onto", "withdraw", "reinstate"})
"""What corrects an entry."""
_FREE = [kind for kind in EVERY_KIND if kind not in CORRECTING]
eventful = st.builds(lambda seed: _eventful(random.Random(seed)), st.integers(0, 2**32))
"""So much that most of it meets, of many kinds or of few, and nothing corrected."""


class Told:
    """A ledger that takes one step after another; what is refused leaves no trace."""

    def __init__(self, start: str = "2025-06-02T08:00:00Z") -> None:
        self.clock = SetClock(start)
        self.journal = MemoryJournal(self.clock)
        self.ledger = Ledger(self.journal, Identity("lead@example.org", "Lead"), clock=self.clock)
        self.record("policy-set", "practice", {"calendars": [CALENDAR], "valid_from": "2025-01-01"})
        for name in ("acme", "apex"):
            account = f"account/{name}"
            self.record("account-opened", account, {"kind": "organisation", "alias": name, "name": name.title()})
            for side in ("client", "provider"):
                person: dict[str, JSON] = {
                    "side": side,
                    "level": "executive",
                    "name": f"{side} of {name}",
                    "role": side,
                }
                self.record("contact-added", account, person)
        self.opened = 0
        self.take(("open", 0, 0))

    def record(self, kind: str, subject: str, data: Mapping[str, JSON], days: int = 0, *, aware: bool = False) -> None:
        """Record one event, *days* after it was so, three hours after the last one."""
        self.clock.now += timedelta(hours=3)
        when = instant(self.clock.now - timedelta(days=days))
        with suppress(Refused):
            self.ledger.record(Draft(kind, subject, data, occurred=when, aware=when if aware else None))

    def take(self, step: Step) -> None:
        """Do what *step* says, if it can be done."""
        kind, which, days = step
        if kind == "open":
            account = "acme" if self.opened % 2 == 0 else "apex"
            self.opened += 1
            alias = f"e{self.opened}"
            self.record("engagement-opened", f"engagement/{alias}", {"account": account, "alias": alias}, days)
            for number in (0, 3):
                self.take(("milestone", number + self.opened - 1, days))
        elif kind in CHANGES or kind in {"withdraw", "reinstate"}:
            self._correct(kind, which, days)
        elif kind == "acknowledged":
            self._acknowledge(which, days)
        elif kind in {"annotated", "erased"}:
            self._remark(kind, which, days)
        elif kind in HAPPENINGS:
            engagement, account = f"engagement/e{which % self.opened + 1}", f"account/{('acme', 'apex')[which % 2]}"
            self.record(kind, *happening(kind, which, engagement, account), days)
        else:
            name, subject, data = self._event(kind, which)
            self.record(name, subject, data, days, aware=name in {"slip-foreseen", "news-learned"})

    def _event(self, kind: str, which: int) -> tuple[str, str, Mapping[str, JSON]]:
        number, account = which // 3 % 3 + 1, ("acme", "apex")[which % 2]
        milestone, engagement = f"M{number}", f"engagement/e{which % self.opened + 1}"
        talking = engagement if which % 4 else f"account/{account}"
        events: Mapping[str, tuple[str, str, Mapping[str, JSON]]] = {
            "milestone": ("milestone-agreed", engagement, {"milestone_id": milestone, "due": "2025-07-01", "title": "t"}),
            "foreseen": ("slip-foreseen", engagement, {"milestone_id": milestone, "forecast": f"2025-07-1{which % 9}"}),
            "reported": ("slip-reported", engagement, {"milestone_id": milestone, "forecast": "2025-07-21", "to": ["c1"]}),
            "moved": ("milestone-rescheduled", engagement, {"milestone_id": milestone, "from_due": "2025-07-01",
                                                             "to_due": "2025-08-01", "agreed_by": "c1"}),
            "news": ("news-learned", engagement, {"polarity": ("bad", "good")[which % 2], "summary": "s"}),
            "told": ("news-reported", engagement, {"news_id": f"N{number}", "to": ["c1"]}),
            "delivered": ("milestone-delivered", engagement, {"milestone_id": milestone}),
            "judged": ("milestone-judged", engagement, {
                "milestone_id": milestone, "verdict": ("accepted", "rejected")[which % 2], "by": "c1"}),
            "cadence": ("cadence-agreed", engagement, {
                "cadence_id": "weekly", "kind": REPORTED[which % 2] if which < 20 else TALKED[which % 3],
                "rrule": "FREQ=WEEKLY;BYDAY=FR", "starts": "2025-06-06T17:00", "calendar": "default"}),
            "report": ("status-report-sent", engagement, {"to": ["c1"], **({"cadence_id": "weekly"} if which % 3 else {})}),
            "answered": ("feedback-received", engagement, {
                "wave": f"w{number}", "from_contact": "c1", "scale": {"min": "0", "max": "10"}, "solicited": True,
                "scores": [{"dimension": "trust", "score": str(which % 11)}]}),
            "owed": ("obligation-agreed", engagement, {
                "obligation_id": f"O{number}", "kind": "access", "due": "2025-07-01", "title": "t"}),
            "given": ("obligation-fulfilled", engagement, {"obligation_id": f"O{number}"}),
            "late": ("obligation-delay-notified", engagement, {"obligation_id": f"O{number}", "new_date": "2025-07-15"}),
            "asked": ("request-received", talking, {
                "from_contact": "c1", "kind": "question", "channel": "call", "needs_reply": which % 5 > 0, "text": "t"}),
            "questioned": ("request-sent", talking, {"to": ["c1"], "kind": "document", "channel": "email", "text": "t"}),
            "held": ("holding-reply-sent", talking, {
                "request_id": f"R{number}", "channel": "call", "promised_by": "2025-07-01", "reason": "r"}),
            "replied": ("request-answered", talking, {"request_id": f"R{number}", "channel": "call"}),
            "spoke": ("contact-made", talking, {
                "kind": "call", "direction": ("inbound", "outbound")[which % 2], "purpose": "chase", "substance": "s" * 12,
                "participants": ["c1", "c2"][which % 3 :], **({"minutes": which} if which % 4 else {}),
                **({} if talking != engagement else {"cadence_id": "weekly"} if which > 20 and which % 3 == 0
                   else {"about": [f"obligation:O{number}"]})}),
            "paused": ("engagement-paused", engagement, {"by": "client", "reason": "r"}),
            "resumed": ("engagement-resumed", engagement, {"by": "client"}),
            "released": ("commitment-released", engagement, {
                "released": ("cadence:weekly", f"milestone:{milestone}", f"obligation:O{number}")[which % 3]}),
            "left": ("contact-departed", f"account/{account}", {"contact": "c1", "leaves_on": f"2025-07-0{number}"}),
            "averted": ("slip-averted", engagement, {"slip_id": f"S{number}"}),
            "drafted": ("agreement-drafted", engagement, {
                "version": number, "drafted_by": "provider", "document_sha256": "1" * 64, "currency": "GBP",
                "calendar": "default", "parts": ["scope"], "notices": NOTICES,
                "results": [{"result_id": "R1"}]}),
            "signed": ("agreement-signed", engagement, {
                "version": number, "signed_for": ("client", "provider")[which % 2], "signatory": f"c{which % 2 + 1}",
                "document_sha256": "1" * 64, "method": "email"}),
            "disputed": ("dispute-raised", engagement, {"raised_by": "client", "items": [
                {"item_id": "late", "about": [f"milestone:{milestone}"]}]}),
            "person": ("contact-added", f"account/{account}", {"side": "client", "level": "manager", "name": f"n{which}",
                                                               "role": f"r{which}"}),
            "authority": ("authority-changed", f"account/{account}", {
                "contact": "c1", "scope": "accept", "granted": which % 3 > 0, "valid_from": "2025-06-01", "granted_by": "c1"}),
            "policy": ("policy-set", "practice", {"policies": [{"policy": "slip_notice_bh", "value": str(which + 1)}],
                                                  "valid_from": "2025-06-01"}),
        }  # fmt: skip
        return events[kind]

    def _acknowledge(self, which: int, days: int) -> None:
        entries = [read(stored) for stored in self.journal.since(Position(0), 1_000)]
        words = [e for e in entries if str(e["type"]).endswith(("reported.v1", "report-sent.v1"))]
        if words:
            entry = words[-1 - which % len(words)]
            data: dict[str, JSON] = {"acknowledges": str(entry["id"]), "by": "c1"}
            self.record("communication-acknowledged", str(entry["subject"]), data, days)

    def _remark(self, kind: str, which: int, days: int) -> None:
        """Remark on an entry, or say that a text of it was erased."""
        entries = [read(stored) for stored in self.journal.since(Position(0), 1_000)]
        entry = entries[-1 - which % len(entries)]
        if kind == "annotated":
            self.record("entry-annotated", str(entry["subject"]), {"entry": str(entry["id"]), "text": "t"}, days)
        else:
            digest: dict[str, JSON] = {"entry": str(entry["id"]), "field": "why", "digest": ROOT[:-1].replace("+", "-")}
            self.record("disclosures-erased", "practice", {"erased": [digest], "ground": "request"}, days)

    def _correct(self, kind: str, which: int, days: int) -> None:
        entry = self._target(kind, which)
        data: dict[str, JSON] = {"entry": str(entry["id"]), "kind": kind, "reason": "found later"}
        if kind in CHANGES:
            field, (path, after) = ("text_changes" if kind == "alias" else "changes"), CHANGES[kind]
            data |= {"kind": "amend", field: [{"path": path, "after": f'"{after.format(9 - days, days % 3 + 1)}"'}]}
        self.record("entry-corrected", str(entry["subject"]), data)

    def _target(self, kind: str, which: int) -> Mapping[str, JSON]:
        """Return the *which*-th newest entry that can be corrected so."""
        entries = [read(stored) for stored in self.journal.since(Position(0), 1_000)]
        fitting = [entry for entry in entries if any(word in str(entry["type"]) for word in FITTING.get(kind, TOLD))]
        fitting = fitting or entries[:1]
        return fitting[-1 - which % len(fitting)]


TOLD = (
    *("slip", "news", "milestone", "agreement", "dispute", "authority", "policy"),
    *(
        "cadence",
        "obligation",
        "contact",
        "report-sent",
        "feedback",
        "opened",
        "request",
        "reply",
        "paused",
        "released",
    ),
)
FITTING = {
    "due": ("milestone-agreed",),
    "onto": ("slip-foreseen", "slip-reported"),
    "alias": ("-opened",),
    "aware": ("slip", "news", "policy"),
}
CHANGES = {
    "aware": ("aware", "2025-05-2{}T10:00:00.000000Z"),
    "occurred": ("occurred", "2025-05-2{}"),
    "due": ("data.due", "2025-07-0{}"),
    "alias": ("data.alias", "renamed-{}"),
    "onto": ("data.milestone_id", "M{1}"),
}


def _eventful(chance: random.Random) -> list[Step]:
    kinds = chance.sample(_FREE, chance.choice((4, 8, 12))) if chance.random() < 0.7 else _FREE
    return [(chance.choice(kinds), chance.randint(0, 40), chance.randint(0, 9)) for _ in range(chance.randint(5, 60))]


def told(taken: Sequence[Step]) -> MemoryJournal:
    """Return a journal in which all of *taken* was done."""
    history = Told()
    for step in taken:
        history.take(step)
    return history.journal


def read(stored: Stored) -> Mapping[str, JSON]:
    """Return the attributes of an entry."""
    return decode(*stored).attributes
