"""From releases to drafts: what each says beyond what was said before it.

A release that was recorded is passed over. One that is older than the newest in the ledger may only say what stood then.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ledger.calendars import instant
from ledger.errors import LedgerError, Malformed, Refused
from ledger.importing.account import RefusedRow, Row
from ledger.importing.ocds.accounts import Accounts
from ledger.importing.ocds.contracts import plan_contract
from ledger.importing.ocds.drafting import Drafting, release_key
from ledger.importing.ocds.parties import everybody, plan_parties
from ledger.importing.ocds.process import Process
from ledger.importing.ocds.releases import Release
from ledger.importing.ocds.shelves import Shelves
from ledger.proposing import AHEAD

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from ledger.importing.account import Unplanned
    from ledger.service import Ledger

_TOGETHER = 1_000


class OcdsPlanner:
    """Makes drafts of releases, against what stands in *ledger*."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.notes: dict[str, None] = {}
        """What somebody should look at, each said once."""
        self.left_out: dict[str, Counter[str]] = {}
        """What was not read of each release, by its name."""

    def plan(self, rows: Iterable[Unplanned]) -> Iterator[Row | RefusedRow]:
        """Yield the drafts of *rows*, made anew from what the ledger says now."""
        run, left = _Run(self._ledger), iter(rows)
        while some := list(islice(left, _TOGETHER)):
            seen = run.seen(row for row in some if isinstance(row, Release))
            for row in some:
                if isinstance(row, Release):
                    yield self._planned(run, row, seen=row.digest in seen)
                else:
                    yield Row(row.where, left_out="linked to and read here")

    def _planned(self, run: _Run, release: Release, *, seen: bool) -> Row | RefusedRow:
        try:
            draft = run.planned(release, seen=seen)
        except LedgerError as error:
            return RefusedRow(release.where, error)
        if draft is None:
            return Row(release.where, already=True)
        self.notes |= dict.fromkeys(draft.notes)
        self.left_out[release.where] = release.left_out
        return Row(release.where, draft.drafts, left_out="" if draft.drafts else "nothing new")

    def said_of_what_was_left_out(self) -> list[str]:
        """Return, for the account of the import, how many things of each kind were not read."""
        total: dict[str, int] = {}
        for counts in self.left_out.values():
            for name, number in counts.items():
                total[name] = total.get(name, 0) + number
        return [f"Left out: {', '.join(f'{total[name]:,} {name}' for name in sorted(total))}."] if total else []


class _Run:
    """One going through releases, in their order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._shelves = Shelves(ledger.journal, ledger.sourcekey)
        self._processes: dict[str, Process] = {}
        self._accounts = Accounts(self._shelves)
        self._now = instant(ledger.clock() + AHEAD)

    def seen(self, releases: Iterable[Release]) -> set[bytes]:
        """Return the digests of those of *releases* that were recorded by an import before."""
        keys = {self._ledger.sourcekey(release_key(release)): release.digest for release in releases}
        return {keys[found] for found in self._ledger.journal.seen(list(keys))}

    def planned(self, release: Release, *, seen: bool) -> Drafting | None:
        """Return the drafts of *release*; None where it was read before."""
        process = self._processes.setdefault(release.ocid, Process(release.ocid, self._shelves))
        if release.date > self._now:
            raise Malformed(f"/date: {release.date} lies in the future.", advice="The publisher's clock is wrong.")
        if seen or process.digests.get(release.id) == release.digest:
            process.hear(release)
            return None
        if release.id in process.digests:
            raise _other_content(release)
        return self._compared(process, release)

    def _compared(self, process: Process, release: Release) -> Drafting | None:
        """Return what *release* adds to *process*; None where it says what stood at its date."""
        heard = process.peek(release)
        process.look(release)
        self._accounts.find(process, heard)
        if release.place < process.newest or release.id in process.recorded:
            self._check_late(process, release)
            process.hear(release)
            return None
        process.load(release, everybody(heard))
        process.hear(release)
        draft = Drafting(release, self._now)
        self._diff(draft, process)
        process.newest = release.place
        return draft

    def _check_late(self, process: Process, release: Release) -> None:
        """Refuse a release older than what is in the ledger that says anything but what stood at its date."""
        then = Process(release.ocid, self._shelves, until=release.place)
        then.account = process.account
        then.load(release, everybody(then.peek(release)))
        then.hear(release)
        draft = Drafting(release, self._now)
        self._diff(draft, then)
        if not draft.drafts:
            return
        if release.id in process.recorded:
            raise _other_content(release)
        raise Refused(
            f'it is older than release "{process.newest[1]}" ({process.newest[0][:10]}), which is in the ledger, '
            "and says something that was not said then.",
            advice="The log keeps its order: import the releases in theirs, oldest first, into a new ledger.",
        )

    def _diff(self, draft: Drafting, process: Process) -> None:
        """Add to *draft* what its release says beyond what was said before."""
        says, stated = process.says, draft.release.says
        account = process.account or self._accounts.open_for(draft, process)
        if account is None:
            return
        contracts = {one["id"] for one in stated.get("contracts") or ()}
        parties = everybody(says)
        plan_parties(draft, account, parties, process.parties, lambda: self._shelves.next_contact(account))
        for contract in says.get("contracts") or ():
            if contract["id"] in contracts:
                plan_contract(draft, process, contract, account)


def _other_content(release: Release) -> Refused:
    return Refused(
        f'another release with the id "{release.id}" was read that says something else.',
        advice="A release never changes (OCDS 1.1): its publisher must give the change an id of its own.",
    )
