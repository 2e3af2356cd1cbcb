"""Ledgers of any size, in which each entry makes a row of milestones or slips: as many rows as there can be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bench.proposed import THEN, Clock, proposed
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ledger.canonical import JSON
    from ledger.entry import Proposal

ORIGIN = "bench.example/engagements/tables"
AS_OF = "2025-07-01T00:00:00.000000Z"
ENTRIES_A_STREAM = 20
STREAMS_AN_ACCOUNT = 10
BATCH = 10_000


def make(path: Path, most: int) -> None:
    """Make a ledger of *most* entries."""
    with SqliteJournal.create(path, ORIGIN, Clock()) as journal:
        fill(journal, most)


def entry(
    number: int, stream: str, kind: str, data: Mapping[str, JSON], texts: Mapping[str, JSON], places: int
) -> Proposal:
    """Return one entry of *kind* about to be appended."""
    return proposed(ORIGIN, number, stream, kind, data, texts, places, occurred=THEN, aware=THEN)


def entries(most: int) -> Iterator[Proposal]:
    """Yield an actor, then accounts with a contact, each with ten engagements of twenty entries."""
    yield entry(0, "practice", "actor-added", {"actor": "a1"}, {"name": "Ann"}, 5)
    number, serial = 1, 0
    while number < most:
        for proposal in account(serial, number):
            if number < most:
                yield proposal
                number += 1
        serial += 1


def account(serial: int, number: int) -> Iterator[Proposal]:
    """Yield an account, its contact and its engagements."""
    name = f"a{serial:011d}"
    stream = f"account/{name}"
    yield entry(
        number, stream, "account-opened", {"kind": "organisation", "key": False}, {"alias": name, "name": name}, 4
    )
    contact: dict[str, JSON] = {"contact_id": "c1", "side": "client", "level": "executive"}
    yield entry(number + 1, stream, "contact-added", contact, {"name": "Ann", "role": "sponsor"}, 7)
    number += 2
    for ordinal in range(STREAMS_AN_ACCOUNT):
        engagement = f"engagement/e{serial * STREAMS_AN_ACCOUNT + ordinal:011d}"
        opened: dict[str, JSON] = {"account": name, "sensitive": False}
        yield entry(number, engagement, "engagement-opened", opened, {"alias": engagement[11:]}, 4)
        number += 1
        for milestone in range(1, ENTRIES_A_STREAM // 2 + 1):
            agreed: dict[str, JSON] = {"milestone_id": f"M{milestone}", "due": "2025-06-27", "depends_on": []}
            yield entry(number, engagement, "milestone-agreed", agreed, {"title": "dress rehearsal"}, 4)
            if milestone < ENTRIES_A_STREAM // 2:
                yield entry(number + 1, engagement, "slip-foreseen", foreseen(milestone), {"why": "late"}, 3)
            number += 2 if milestone < ENTRIES_A_STREAM // 2 else 1


def foreseen(milestone: int) -> dict[str, JSON]:
    """Return the data of a slip of *milestone*."""
    return {"slip_id": f"S{milestone}", "milestone_id": f"M{milestone}", "forecast": "2025-07-18", "causes": []}


def fill(journal: SqliteJournal, most: int) -> None:
    """Append *most* entries in batches."""
    versions: dict[Stream, int] = defaultdict(int)
    batch: list[Proposal] = []
    for proposal in entries(most):
        batch.append(proposal)
        if len(batch) == BATCH:
            _append(journal, batch, versions)
            batch = []
    _append(journal, batch, versions)


def _append(journal: SqliteJournal, batch: list[Proposal], versions: dict[Stream, int]) -> None:
    if batch:
        journal.append(batch, {p.stream: versions[p.stream] for p in batch})
        for proposal in batch:
            versions[proposal.stream] += 1
