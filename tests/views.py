"""A ledger on a scratch file whose clock a test moves, and views of its streams as known on a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ledger_projections.view import View

from ledger import account, engagement, practice
from ledger.calendars import default_calendar, instant, parse_instant
from ledger.drafts import Draft, Identity, Receipt
from ledger.names import PRACTICE, Names, read_stream
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger_projections.table import Table

    from ledger.events import Event
    from ledger.facts import Fact

LONDON = ZoneInfo("Europe/London")
CALENDAR = default_calendar("Europe/London", country="GB", subdivision="ENG", years=[2025])
HASH = "1" * 64
PARTS = ["scope", "timeframe", "evaluation", "compensation", "relationship"]


def london(text: str) -> str:
    """Return `2025-06-06T09:00` on the wall clock of London as an instant."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=LONDON))


def _contact(role: str, side: str) -> tuple[str, str, dict[str, Any]]:
    return "contact-added", "account/acme", {"side": side, "level": "senior", "name": role.title(), "role": role}


def _grant(contact: str, scope: str) -> tuple[str, str, dict[str, Any]]:
    grant = {"contact": contact, "scope": scope, "granted": True, "valid_from": "2025-03-03", "granted_by": contact}
    return "authority-changed", "account/acme", grant


BEGINNING: list[tuple[str, str, dict[str, Any]]] = [
    ("policy-set", "practice", {"calendars": [CALENDAR], "valid_from": "2025-01-01"}),
    ("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "ACME"}),
    _contact("client sponsor", "client"),
    _grant("c1", "sign"),
    _grant("c1", "accept"),
    _contact("director", "provider"),
    _grant("c2", "sign"),
    ("engagement-opened", "engagement/northwind", {"account": "acme", "alias": "northwind", "title": "Northwind rollout"}),
]  # fmt: skip


class World:
    """A ledger with one account, `acme`, and one engagement, `northwind`; c1 is the client sponsor, c2 stands for us."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2025, 1, 1, tzinfo=UTC)
        self.journal = SqliteJournal.create(folder / "ledger.db", "demo.example/engagements/abcd", lambda: self.now)
        self.ledger = Ledger(self.journal, Identity("lead@example.org", "Lead"), clock=lambda: self.now)

    def begin(self) -> World:
        """Open everything on 3 March 2025: the sponsor may sign and accept, our director may sign."""
        self.at("2025-03-03T08:00")
        self.ledger.record(*(Draft(event_type, subject, data) for event_type, subject, data in BEGINNING))
        return self

    def at(self, local: str) -> World:
        """Move the clock to a wall time in London."""
        self.now = parse_instant(london(local))
        return self

    def record(
        self,
        event_type: str,
        subject: str = "engagement/northwind",
        /,
        *,
        occurred: str | None = None,
        aware: str | None = None,
        party: str = "provider",
        **data: Any,
    ) -> Receipt:
        """Record one event."""
        return self.ledger.record(Draft(event_type, subject, data, occurred=occurred, aware=aware, party=party))[-1]

    def person(self, role: str, side: str, *scopes: str, granted_by: str | None = None) -> str:
        """Add a contact, with what they may do, and return the id."""
        added = self.record("contact-added", "account/acme", side=side, level="senior", name=role.title(), role=role)
        contact = str(getattr(added.event, "contact_id", ""))
        for scope in scopes:
            self.grant(contact, scope, granted_by=granted_by or contact)
        return contact

    def grant(self, contact: str, scope: str, **data: Any) -> Receipt:
        """Change an authority; a grant from 3 March by the person themselves unless said otherwise."""
        grant = {"granted": True, "valid_from": "2025-03-03", "granted_by": contact, **data}
        return self.record("authority-changed", "account/acme", contact=contact, scope=scope, **grant)

    def draft(self, version: int, **data: Any) -> Receipt:
        """Draft a version of the agreement."""
        agreement = {"drafted_by": "provider", "document_sha256": HASH, "currency": "GBP", "calendar": "default",
                     "parts": PARTS, "notices": [], "results": [], **data}  # fmt: skip
        return self.record("agreement-drafted", version=version, **agreement)

    def sign(self, version: int, side: str, signatory: str, **data: Any) -> Receipt:
        """Sign a version for a side."""
        signature = {"signatory": signatory, "document_sha256": HASH, "method": "e_signature", **data}
        return self.record("agreement-signed", version=version, signed_for=side, **signature)

    def signed(self, version: int, **data: Any) -> World:
        """Draft a version and sign it for both sides, now."""
        self.draft(version, **data)
        self.sign(version, "provider", "c2")
        self.sign(version, "client", "c1")
        return self

    def entry(self, receipt: Receipt) -> str:
        """Return the id of the entry that a receipt names."""
        return next(f.entry.id for f in self.facts() if f.entry.position == receipt.position)

    def facts(self) -> list[Fact[Event]]:
        """Return every fact of the ledger as recorded."""
        return [fact for head in self.journal.streams() for fact in read_stream(self.journal, head.stream, texts=True)]

    def view(self, as_of: str | None = None, stream: str = "engagement/northwind") -> View:
        """Return a view as known on *as_of*, a wall time in London; now, if it is left out."""
        when = london(as_of) if as_of else instant(self.now)
        kind, _, name = stream.partition("/")
        named = Names(self.journal).stream(kind, name)
        state = engagement.fold(self._known(named, when)) if kind == "engagement" else None
        owner = Stream(f"account/{state.account}") if state else named
        ours = practice.fold(self._known(PRACTICE, when))
        owned = account.fold(self._known(owner, when))
        return View(named, when, state, owned, ours, find_engagements=lambda: self._engagements(owner, when))

    def rows(
        self, table: Table, as_of: str | None = None, stream: str = "engagement/northwind"
    ) -> list[dict[str, Any]]:
        """Return the rows of *table*, checked to have exactly its columns."""
        rows = [dict(row.values) for row in table.rows(self.view(as_of, stream))]
        names = {column.name for column in table.columns}
        assert all(set(row) == names for row in rows), [set(row) ^ names for row in rows]
        return rows

    def _engagements(self, owner: Stream, when: str) -> list[engagement.Engagement]:
        streams = (head.stream for head in self.journal.streams() if head.stream.startswith("engagement/"))
        states = (engagement.fold(self._known(stream, when)) for stream in streams)
        return [state for state in states if f"account/{state.account}" == owner]

    def _known(self, stream: Stream, when: str) -> list[Fact[Event]]:
        return [f for f in read_stream(self.journal, stream, texts=True) if f.entry.recorded <= when]


def northwind(folder: Path, until: str = "2025-12-31T00:00") -> World:
    """Tell story ST1 (domain.md Part 4), as far as it was recorded *until* then."""
    world = World(folder).begin()
    for when, tell in STORY:
        if when <= until:
            tell(world.at(when))
    return world


def _foresee(world: World) -> None:
    world.record("slip-foreseen", milestone_id="M2", forecast="2025-07-18", why="vendor interface late",
                 aware=london("2025-06-06T09:00"))  # fmt: skip


def _correct(world: World) -> None:
    foreseen = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "slip-foreseen")
    before, after = (f'"{london(text)}"' for text in ("2025-06-06T09:00", "2025-06-03T14:20"))
    world.record("entry-corrected", entry=foreseen, kind="amend", reason="vendor e-mail found",
                 changes=[{"path": "aware", "before": before, "after": after}],
                 evidence=[{"sha256": "9f2c" * 16, "bytes": 4096, "media_type": "message/rfc822"}])  # fmt: skip


def _acknowledge(world: World) -> None:
    told = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "slip-reported")
    world.record("communication-acknowledged", acknowledges=told, by="c1", occurred=london("2025-06-12T16:40"))


STORY: list[tuple[str, Callable[[World], object]]] = [
    ("2025-03-03T09:00", lambda w: w.draft(1, notices=[{"on": "slip", "within_bh": "16", "clause": "4.2"}])),
    ("2025-03-03T10:00", lambda w: w.sign(1, "provider", "c2")),
    ("2025-03-03T10:30", lambda w: w.record("milestone-agreed", milestone_id="M2", due="2025-06-27",
                                            agreement_version=1, title="dress rehearsal")),
    ("2025-03-05T11:00", lambda w: w.sign(1, "client", "c1")),
    ("2025-06-06T09:20", _foresee),
    ("2025-06-11T10:05", lambda w: w.record("slip-reported", milestone_id="M2", forecast="2025-07-18", to=["c1"],
                                            channel="email", impact_stated=True, options_count=2)),
    ("2025-06-12T16:41", _acknowledge),
    ("2025-06-13T09:00", lambda w: w.draft(2, notices=[{"on": "slip", "within_bh": "40"}], amends=1)),
    ("2025-06-16T09:00", lambda w: w.sign(2, "provider", "c2")),
    ("2025-06-18T09:00", lambda w: w.sign(2, "client", "c1")),
    ("2025-07-02T09:15", _correct),
    ("2025-08-04T11:00", lambda w: w.record("dispute-raised", raised_by="client",
                                            items=[{"item_id": "i1", "about": ["milestone:M2"]}])),
]  # fmt: skip
"""What was recorded, and when, on the wall clock of London."""
