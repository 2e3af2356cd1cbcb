"""T11: replay of one engagement of 10,000 entries at any time, beside reading and decoding them, in a ledger of many.

python -m bench.replaying                  one engagement of 10,000 entries, alone
python -m bench.replaying --others N       and beside N entries of other engagements: 990000 makes a ledger of 1,000,000

`state` is the replay of domain 3.5: what counts at that time, corrected and folded, and the rows of where it stands.
`rows` are those of all tables but the entries themselves: what `engage replay` reads before it prints.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from bench.harness import measure
from bench.ledgers import ORIGIN, entry, fill
from ledger.entry import Proposal, decode
from ledger.replay import Replay
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from ledger.canonical import JSON
    from ledger.journal import Reader

    Said = tuple[str, dict[str, JSON], dict[str, JSON], int]
    """A type, its plain fields, its texts, and the places for digests that an entry of the type has."""

SIZE, BATCH = 10_000, 20
NAME, OWNER = "b00000000000", "b00000000001"
ENGAGEMENT, ACCOUNT = Stream(f"engagement/{NAME}"), Stream(f"account/{OWNER}")
FIRST = 1 << 40
"""The number of the first entry here: the others have smaller ones."""
MOMENTS = {"early": 10, "half way": 50, "late": 90, "at the end": 100}
STATE = ("engagement_status", "agreements", "milestones", "slips")
T11 = 2.0


class Clock:
    """A clock that moves half an hour with each batch of entries."""

    def __init__(self) -> None:
        self.now = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=30)
        return self.now


def main() -> None:
    """Measure the replay at several moments."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--others", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        moments = written(path, asked.others)
        with SqliteReader(path) as reader:
            print(f"a ledger of {reader.head():,} entries, {reader.version(ENGAGEMENT):,} of them of the engagement")
            for name, known_on in moments.items():
                print(measured(reader, name, known_on, asked.runs))


def written(path: Path, others: int) -> dict[str, str]:
    """Write a ledger with one long engagement at its end; return moments early, half way and late in that engagement."""
    with SqliteJournal.create(path, ORIGIN, Clock()) as journal:
        fill(journal, max(others, 1))
        head = journal.head()
        journal.append(list(opening()), {ACCOUNT: 0})
        said = [of_engagement(number, what) for number, what in enumerate(happened())]
        for start in range(0, SIZE, BATCH):
            journal.append(said[start : start + BATCH], {ENGAGEMENT: start})
        stored = {name: journal.at(Position(head + 2 + SIZE * percent // 100)) for name, percent in MOMENTS.items()}
        return {name: orjson.loads(each.raw)["recordedtime"] for name, each in stored.items() if each}


def measured(reader: Reader, name: str, known_on: str, runs: int) -> str:
    """Return how long a replay takes at *known_on*, beside reading and decoding the entries of the engagement."""
    replay = Replay(known_on=known_on)
    rows = [table for table in TABLES.values() if table.name != "entries"]
    sides = {
        "read and decode": lambda: decoded(reader),
        "state": lambda: snapshot(reader, replay, known_on, [TABLES[t] for t in STATE], engagement=NAME),
        "rows": lambda: snapshot(reader, replay, known_on, rows, engagement=NAME),
    }
    return measure(f"T11 replay {name}", "read and decode", sides, runs=runs).report({"state": T11, "rows": T11})


def decoded(reader: Reader) -> Sequence[object]:
    """Read and decode the entries of the engagement, with their texts."""
    stored = reader.read(ENGAGEMENT)
    texts = reader.disclosures(each.position for each in stored)
    return [(decode(*each), _texts(texts.get(each.position, ()))) for each in stored]


def _texts(said: Sequence[bytes]) -> list[Any]:
    from ledger.disclosures import read

    return [read(each) for each in said]


def opening() -> Iterator[Proposal]:
    """Yield the account and its contact."""
    names: dict[str, JSON] = {"alias": "northwind-theatre", "name": "Northwind Theatre"}
    yield of(FIRST, ACCOUNT, ("account-opened", {"kind": "organisation", "key": False}, names, 4))
    plain: dict[str, JSON] = {"contact_id": "c1", "side": "client", "level": "executive"}
    yield of(FIRST + 1, ACCOUNT, ("contact-added", plain, {"name": "Client sponsor", "role": "sponsor"}, 7))


def happened() -> Iterator[Said]:
    """Yield what an engagement is made of: mostly talk, some promises, and one entry of fifty put right."""
    yield "engagement-opened", {"account": OWNER, "sensitive": False}, {"alias": "northwind"}, 4
    for number in range(1, SIZE):
        yield one(number)


def one(number: int) -> Said:
    """Return the entry of a number."""
    milestone, kind = f"M{number // 200 + 1}", number % 200
    if kind == 1:
        due = (datetime(2025, 2, 1, tzinfo=UTC) + timedelta(hours=number // 40)).date().isoformat()
        return "milestone-agreed", {"milestone_id": milestone, "due": due, "depends_on": []}, {"title": "rehearsal"}, 4
    if kind == 2:
        slip: dict[str, JSON] = {"slip_id": f"S{milestone[1:]}", "milestone_id": milestone, "forecast": "2025-12-01"}
        return "slip-foreseen", {**slip, "causes": []}, {"why": "the vendor is late"}, 3
    if kind % 50 == 49:
        change: dict[str, JSON] = {"path": "occurred", "after": '"2025-01-01T08:00:00.000000Z"'}
        wrong: dict[str, JSON] = {"entry": identity(number - 1), "kind": "amend", "changes": [change]}
        return "entry-corrected", wrong, {"reason": "the mail says so"}, 4
    return talk(number)


def talk(number: int) -> Said:
    """Return a question, its answer, a report or a call."""
    asked = f"R{number // 10 * 10}"
    match number % 10:
        case 3:
            plain: dict[str, JSON] = {"request_id": f"R{number // 10 * 10}", "from_contact": "c1", "kind": "question"}
            return "request-received", {**plain, "channel": "email", "needs_reply": True}, {"text": "Which one?"}, 3
        case 5 if number % 200 > 10:
            return "request-answered", {"request_id": asked, "channel": "email"}, {"answer": "The blue one."}, 3
        case 7:
            return "status-report-sent", {"to": ["c1"], "no_change": False}, {"summary": "All is on its way."}, 4
        case _:
            call: dict[str, JSON] = {"kind": "call", "direction": "outbound", "purpose": "update"}
            rest: dict[str, JSON] = {"participants": ["c1"], "substantive": True, "about": [], "minutes": 12}
            return "contact-made", {**call, **rest}, {"substance": "Went through the list together."}, 4


def of_engagement(number: int, said: Said) -> Proposal:
    """Return an entry of the engagement."""
    return of(FIRST + 2 + number, ENGAGEMENT, said)


def of(number: int, stream: Stream, said: Said) -> Proposal:
    """Return an entry, told at the time of its batch."""
    kind, plain, texts, places = said
    proposal = entry(number, stream, kind, plain, texts, places)
    since = Clock().now + timedelta(minutes=30 * ((number - FIRST) // BATCH))
    when: dict[str, JSON] = {"occurred": since.isoformat().replace("+00:00", ".000000Z")}
    return Proposal({**proposal.attributes, **when, "aware": when["occurred"]}, proposal.disclosures)


def identity(number: int) -> str:
    """Return the id of the entry of the engagement with a number."""
    return str(of_engagement(number, ("", {}, {}, 0)).attributes["id"])


if __name__ == "__main__":
    main()
