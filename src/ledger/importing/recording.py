"""All rows or none; or every row that can be, in batches, with those that cannot be named.

record_all        one commit of at most 100,000 rows: a refused row refuses them all
record_what_can   batches; a row that the ledger refuses is left out and the rest of its batch decided again
try_all           the same account, with nothing recorded
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.entry import LARGEST_BATCH
from ledger.errors import IdConflict, LedgerError, Refused, TooLarge, Unknown
from ledger.importing.account import Counts, RefusedRow, Row, Unplanned
from ledger.importing.known import recorded_here
from ledger.importing.shelf import Shelf
from ledger.uncollected import uncollected
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ledger.drafts import Draft, Receipt
    from ledger.service import Ledger

    Rows = Iterable[Unplanned | RefusedRow]
    Plan = Callable[[Iterable[Unplanned]], Iterable[Row | RefusedRow]]

LARGEST_PART = 5_000
SMALLEST_PART = 16
MOST_TRIES = 200
"""Rows that a dry run lets the ledger refuse before it stops looking: each costs deciding all others again."""


class Split(NamedTuple):
    """A row, its drafts that are not in the ledger under their own id, and whether any is *there*."""

    row: Row
    new: list[Draft]
    there: bool


def record_all(ledger: Ledger, rows: Rows, plan: Plan) -> Counts:
    """Record all *rows* or none: where one is refused nothing is recorded, and the account names those refused."""
    counts, unplanned = Counts(), []
    with uncollected(), Shelf[Split]() as shelf:
        for row in plan(_readable(rows, counts)):
            if isinstance(row, RefusedRow):
                unplanned.append(row)
            elif not unplanned:
                shelf.put(_split(ledger, row), sum(len(draft.source.original) for draft in row.drafts if draft.source))
        if not counts.refused:
            counts.refused += unplanned or _record_shelf(ledger, shelf, counts)
            counts.readable -= len(counts.refused)
    return counts


def try_all(ledger: Ledger, rows: Rows, plan: Plan) -> Counts:
    """Return the account of what would be recorded, and record nothing."""
    counts = Counts()
    kept = _sorted_out(rows, counts, LARGEST_BATCH + 1)
    if len(kept) > LARGEST_BATCH:
        raise _too_many()
    _Part(ledger, plan, counts, ledger.rehearse).settle(kept, most_refused=MOST_TRIES)
    return counts


def record_what_can(ledger: Ledger, rows: Rows, plan: Plan, progress: Callable[[int], object] = int) -> Counts:
    """Record every row that can be recorded, a part at a time; *progress* hears how many rows each part had."""
    counts = Counts()
    waiting: list[Unplanned] = []
    part = _Part(ledger, plan, counts, ledger.record, waiting=waiting)
    size, source = LARGEST_PART, iter(rows)
    while batch := _sorted_out(source, counts, size):
        refused = len(counts.refused) + len(waiting)
        part.settle(batch)
        calm = refused == len(counts.refused) + len(waiting)
        size = min(LARGEST_PART, size * 2) if calm else max(SMALLEST_PART, size // 2)
        progress(len(batch))
    before = -1
    while waiting and len(waiting) != before:  # what referred to a row that came later may stand by now
        before, again = len(waiting), list(waiting)
        waiting.clear()
        part.settle(again)
    _Part(ledger, plan, counts, ledger.record).settle(list(waiting))
    return counts


class _Part:
    """Rows decided together; what is refused is taken out and the rest decided again.

    Those that refer to nothing go to *waiting*, where there is one.
    """

    def __init__(
        self,
        ledger: Ledger,
        plan: Plan,
        counts: Counts,
        record: Callable[..., Sequence[Receipt]],
        *,
        waiting: list[Unplanned] | None = None,
    ) -> None:
        self._ledger, self._plan, self._counts, self._record, self._waiting = ledger, plan, counts, record, waiting

    def settle(self, rows: Sequence[Unplanned], *, most_refused: int | None = None) -> None:
        """Record *rows* but those that are refused; give up where more than *most_refused* are."""
        left, refused = {row.where: row for row in rows}, 0
        while left:
            refusals = self._attempt(list(left.values()))
            for refusal in refusals:
                row = left.pop(refusal.where)
                if self._waiting is not None and isinstance(refusal.error, Unknown):
                    self._waiting.append(row)
                else:
                    self._counts.refused.append(refusal)
            refused += len(refusals)
            if not refusals or (most_refused is not None and refused > most_refused):
                return

    def _attempt(self, rows: Sequence[Unplanned]) -> list[RefusedRow]:
        """Record *rows* and return nothing, or return what stands in the way of it."""
        planned = list(self._plan(rows))
        refusals = [row for row in planned if isinstance(row, RefusedRow)]
        if refusals:
            return refusals
        kept = [_split(self._ledger, row) for row in planned if isinstance(row, Row)]
        drafts = [draft for _, new, _ in kept for draft in new]
        try:
            with uncollected():
                answers = iter(self._record(*drafts) if drafts else ())
        except (Refused, IdConflict) as error:
            if error.ordinal is None:
                raise
            return [RefusedRow(_owner(kept, error.ordinal), error)]
        _take(self._counts, kept, answers)
        return []


class _Drafts:
    """The drafts of the rows on a *shelf*, and the account of what became of them."""

    def __init__(self, shelf: Shelf[Split], counts: Counts) -> None:
        self._shelf, self._counts = shelf, counts
        self._now: list[Split] = []

    def __iter__(self) -> Iterator[list[Draft]]:
        for together in self._shelf:
            self._now = together
            yield [draft for split in together for draft in split.new]

    def take(self, receipts: Sequence[Receipt]) -> None:
        """Count the rows whose drafts were answered with *receipts*."""
        _take(self._counts, self._now, iter(receipts))


def _record_shelf(ledger: Ledger, shelf: Shelf[Split], counts: Counts) -> list[RefusedRow]:
    """Record the rows on *shelf*, count them and return nothing, or return what stands in the way of it."""
    taken = Counts()
    drafts = _Drafts(shelf, taken)
    try:
        ledger.record_all(drafts, drafts.take)
    except (Refused, IdConflict) as error:
        if error.ordinal is None:
            raise
        return [RefusedRow(_owner((split for chunk in shelf for split in chunk), error.ordinal), error)]
    counts.recorded, counts.already, counts.nothing = taken.recorded, taken.already, taken.nothing
    counts.types, counts.left_out = taken.types, taken.left_out
    return []


def _take(counts: Counts, kept: Iterable[Split], answers: Iterator[Receipt]) -> None:
    for row, new, there in kept:
        counts.take(row, [next(answers) for _ in new], there=there)


def _split(ledger: Ledger, row: Row) -> Split:
    new = [draft for draft in row.drafts if not (draft.id and recorded_here(ledger.journal, draft))]
    return Split(row, new, len(new) < len(row.drafts))


def _owner(kept: Iterable[Split], ordinal: int) -> str:
    for row, drafts, _ in kept:
        if ordinal < len(drafts):
            return row.where
        ordinal -= len(drafts)
    raise AssertionError("every draft has a row")


def _readable(rows: Rows, counts: Counts) -> Iterator[Unplanned]:
    """Yield the rows that can be read until one cannot: from there on they are only counted."""
    for row in rows:
        if isinstance(row, RefusedRow):
            counts.refused.append(row)
            continue
        counts.readable += 1
        if counts.readable > LARGEST_BATCH:
            raise _too_many()
        if not counts.refused:
            yield row


def _sorted_out(rows: Rows, counts: Counts, most: int) -> list[Unplanned]:
    """Return the next rows that can be read, at *most* so many, and count those that cannot."""
    kept: list[Unplanned] = []
    for row in rows:
        if isinstance(row, RefusedRow):
            counts.refused.append(row)
        else:
            kept.append(row)
        if len(kept) == most:
            break
    return kept


def _too_many() -> LedgerError:
    return TooLarge(
        f"More than {LARGEST_BATCH:,} rows cannot be recorded all or none.",
        advice="Split the file (split -l 100000 FILE), or record what can be, in batches: --keep-going",
    )
