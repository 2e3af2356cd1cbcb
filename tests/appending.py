"""Processes that append to one file, for tests: what each prints is what it was promised.

python -m tests.appending alone PATH          appends for ever, and prints each position once it is acknowledged
python -m tests.appending shared PATH NAME N  appends N to a stream of its own and N to a shared one
python -m tests.appending opening PATH AT     opens one client and one engagement once the clock says AT
"""

import sys
import time
from itertools import count

from ledger.drafts import Draft, Identity
from ledger.errors import Conflict
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal, system_clock
from ledger.testing.proposals import proposal
from ledger.values import Stream

SHARED = Stream("account/shared")


def alone(path: str) -> None:
    """Append one, three or three hundred at a time, until somebody kills us."""
    journal = SqliteJournal.open(path, system_clock)
    stream = Stream("engagement/alone")
    head = journal.head()
    for turn in count():
        batch = [proposal(head + n, stream) for n in range(1, (1, 1, 3, 1, 300)[turn % 5] + 1)]
        head = journal.append(batch, {stream: head})[-1].position
        print(head, flush=True)  # noqa: T201 -- the promise


def shared(path: str, name: int, times: int) -> None:
    """Append to a stream of our own, and to one that others append to too; print the worst wait in milliseconds."""
    journal = SqliteJournal.open(path, system_clock)
    own, worst = Stream(f"engagement/own{name}"), 0.0
    for n in range(times):
        began = time.perf_counter()
        journal.append([proposal(name << 20 | n, own)], {own: n})
        worst = max(worst, time.perf_counter() - began)
        _append_until_it_fits(journal, name << 20 | 1 << 19 | n)
    print(round(worst * 1000))  # noqa: T201 -- the answer


def opening(path: str, start: float) -> None:
    """Open what others open at the same moment."""
    with SqliteJournal.open(path, system_clock) as journal:
        drafts = (
            Draft("account-opened", "account/same-co", {"kind": "organisation", "alias": "same-co", "name": "Same Co"}),
            Draft("engagement-opened", "engagement/same", {"account": "same-co", "alias": "same"}),
        )
        ledger = Ledger(journal, Identity("lead@example.org", "Lead"))
        time.sleep(max(0.0, start - time.time()))
        ledger.record(*drafts)


def _append_until_it_fits(journal: SqliteJournal, number: int) -> None:
    while True:
        try:
            journal.append([proposal(number, SHARED)], {SHARED: journal.version(SHARED)})
        except Conflict:
            continue
        return


if __name__ == "__main__":
    if sys.argv[1] == "alone":
        alone(sys.argv[2])
    elif sys.argv[1] == "opening":
        opening(sys.argv[2], float(sys.argv[3]))
    else:
        shared(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
