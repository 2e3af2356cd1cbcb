"""Arbitrary histories of a small portfolio in memory: clients and prospects, values, effort, capacity, talk, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ledger.values import Position
from tests.histories import Told, read

if TYPE_CHECKING:
    from ledger.canonical import JSON
    from ledger.testing.fakes import MemoryJournal

Step = tuple[str, int, int]
"""What is done, to which engagement and how, and how many days before it was written down it was so."""
KINDS = (
    *("spoke", "spoke", "spoke", "wrote", "signed", "signed", "open", "effort", "effort", "moved", "delivered"),
    *("capacity", "reserves", "answered", "answered", "learned", "person", "authority", "left", "closed", "policy"),
    *("withdraw", "withdraw", "later", "later"),
)
NEGLECTED: Sequence[Step] = (("signed", 6, 0), ("wrote", 0, 0), ("open", 0, 0), ("later", 30, 0), ("spoke", 5, 0))
"""One engagement is signed and hears of us; a month later we talk with another client, who has signed nothing yet."""
_some = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 150)), max_size=40)
steps = _some | _some.map(lambda taken: [*NEGLECTED, *taken])
HASH = "1" * 64


class Portfolio(Told):
    """A ledger of which every step concerns what is judged over all."""

    def __init__(self) -> None:
        super().__init__("2025-03-03T08:00:00Z")
        for account in ("acme", "apex"):
            for contact, scope in (("c1", "sign"), ("c1", "accept"), ("c2", "sign")):
                self._grant(account, contact, scope)
        self.versions: dict[str, int] = {}

    def take(self, step: Step) -> None:
        """Do what *step* says, if it can be done."""
        kind, which, days = step
        if kind in {"open", "milestone", "withdraw"}:
            super().take((kind, which, days % 10))
        elif kind == "later":
            self.clock.now += timedelta(days=which)
        elif kind == "signed":
            self._sign(which % self.opened + 1, which)
        elif kind == "authority":
            account, scope = ("acme", "apex")[which % 2], ("sign", "accept")[which % 3 % 2]
            self._grant(account, f"c{which % 4 + 1}", scope, granted=which % 5 > 0, day=which % 28 + 1)
        else:
            self.record(*self._act(kind, which), days)

    def _act(self, kind: str, which: int) -> tuple[str, str, Mapping[str, JSON]]:
        engagement, account = f"engagement/e{which % self.opened + 1}", ("acme", "apex")[which % 2]
        talking, milestone = (engagement if which % 7 else f"account/{account}"), f"M{which % 3 + 5}"
        month = which % 6 + 4
        due = f"2025-0{month}-1{which % 9}"
        said: dict[str, JSON] = {
            "kind": ("call", "meeting")[which % 2], "direction": ("outbound", "inbound")[which % 3 % 2], "purpose": "update",
            "substance": "s" * 12, "participants": [["c1", "c2"], ["c1", "c3"], ["c3"], ["c1"], []][which % 5],
            **({"minutes": which * 5} if which % 4 else {})}  # fmt: skip
        one: Mapping[str, tuple[str, str, Mapping[str, JSON]]] = {
            "spoke": ("contact-made", talking, said),
            "wrote": ("status-report-sent", engagement, {"to": ["c1"], "no_change": True}),
            "effort": ("milestone-agreed", engagement, {
                "milestone_id": milestone, "due": due, "title": "t", "effort_days": f"{which}.5",
                **({"starts_on": f"2025-0{month - 1}-0{which % 9 + 1}"} if which % 2 else {})}),
            "moved": ("milestone-rescheduled", engagement, {
                "milestone_id": milestone, "from_due": due, "to_due": "2025-09-01", "agreed_by": "c1"}),
            "delivered": ("milestone-delivered", engagement, {"milestone_id": milestone}),
            "capacity": ("capacity-stated", "practice", {
                "from_on": f"2025-0{month}-01", "to_on": f"2025-0{month + which % 2}-28", "days": f"{which % 9}.25"}),
            "reserves": ("reserves-stated", "practice", {"months": f"{which}"}),
            "answered": ("feedback-received", talking, {
                "wave": f"w{which}", "from_contact": "c1", "scale": {"min": "0", "max": ("10", "7")[which % 2]},
                "solicited": True, "scores": [{"dimension": f"d{n}", "score": str(which % n)} for n in (7, 5, 3)]}),
            "learned": ("lesson-recorded", talking, {"source": f"entry:{self._answer(which)}", "lesson": "l"}),
            "person": ("contact-added", f"account/{account}", {
                "side": "client", "level": ("manager", "executive")[which % 2], "name": f"n{which}", "role": f"r{which}"}),
            "left": ("contact-departed", f"account/{account}", {
                "contact": f"c{which % 3 + 1}", "leaves_on": f"2025-0{month}-0{which % 9 + 1}"}),
            "closed": ("engagement-closed", engagement, {"reason": "mutual", "results": [], "open_obligations": []}),
            "policy": ("policy-set", "practice", {"valid_from": f"2025-0{month}-01", "policies": [
                {"policy": "silence_bd", "value": str(which + 1)}, {"policy": "overcommitted", "value": f"0.{which % 9}5"},
                {"policy": "dependency_share", "value": f"0.{which % 9}5"}]}),
        }  # fmt: skip
        return one[kind]

    def _sign(self, number: int, which: int) -> None:
        engagement, version = f"engagement/e{number}", self.versions.get(f"e{number}", 0) + 1
        self.versions[f"e{number}"] = version
        value: JSON = {"currency": ("GBP", "EUR")[which % 3 % 2], "minor": 1000 * which}
        draft: dict[str, JSON] = {
            "version": version, "drafted_by": "provider", "document_sha256": HASH, "currency": "GBP", "calendar": "default",
            "parts": ["scope"], "notices": [], "results": [], **({"value": value} if which % 5 else {})}  # fmt: skip
        self.record("agreement-drafted", engagement, draft)
        for side, who in (("client", "c1"), ("provider", "c2")):
            signature: dict[str, JSON] = {
                "version": version, "signed_for": side, "signatory": who, "document_sha256": HASH, "method": "email",
            }  # fmt: skip
            self.record("agreement-signed", engagement, signature)

    def _grant(self, account: str, contact: str, scope: str, *, granted: bool = True, day: int = 1) -> None:
        by = "c2" if contact == "c2" else "c1"
        data: dict[str, JSON] = {
            "contact": contact, "scope": scope, "granted": granted, "valid_from": f"2025-03-{day:02}", "granted_by": by,
            **({"valid_until": "2025-07-15"} if day % 3 == 0 else {})}  # fmt: skip
        self.record("authority-changed", f"account/{account}", data)

    def _answer(self, which: int) -> str:
        entries = [read(stored) for stored in self.journal.since(Position(0), 1_000)]
        answers = [entry for entry in entries if "feedback-received" in str(entry["type"])] or entries
        return str(answers[which % len(answers)]["id"])


def brought(taken: Sequence[Step]) -> MemoryJournal:
    """Return the journal of a portfolio to which these steps happened."""
    made = Portfolio()
    for step in taken:
        made.take(step)
    return made.journal
