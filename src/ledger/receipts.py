"""What became of the drafts of a batch: a receipt for each, or whose fault it was that there is none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.deciding import Decided
from ledger.drafts import Receipt
from ledger.errors import IdConflict, LedgerError, Malformed, Refused, TooLarge
from ledger.values import EntryId, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.entry import Proposal
    from ledger.journal import Appended, Writing


def receipts(
    decided: Sequence[Decided | Position],
    proposals: Sequence[Proposal],
    appended: Sequence[Appended],
    writing: Writing,
) -> list[Receipt]:
    """Return a receipt for each of *decided*, whose *proposals* were *appended*."""
    where: dict[EntryId, Position] = {}
    for proposal, answer in zip(proposals, appended, strict=True):
        where.setdefault(proposal.id, answer.position)

    def position(entry_id: EntryId) -> Position:
        return where.get(entry_id) or writing.find(entry_id) or Position(0)

    answers = iter(appended)
    return [receipt(each, answers, position) for each in decided]


def receipt(
    decided: Decided | Position, answers: Iterator[Appended], position: Callable[[EntryId], Position]
) -> Receipt:
    """Return the receipt of one draft: the next of *answers* if it was new, else where it stands."""
    if not isinstance(decided, Decided):
        return Receipt(decided, new=False)
    if decided.proposal:
        answer = next(answers)
        return Receipt(answer.position, answer.new, decided.event)
    stands = decided.stands
    return Receipt(stands.position or position(stands.id) if stands else Position(0), new=False, event=decided.event)


@contextmanager
def numbered_from(before: int) -> Iterator[None]:
    """Count the draft that an error is about from the first of all, of which *before* stand in earlier chunks."""
    try:
        yield
    except LedgerError as error:
        error.ordinal = None if error.ordinal is None else error.ordinal + before
        raise


@contextmanager
def blaming(own: Sequence[Decided | Position]) -> Iterator[None]:
    """Say in an error of the store, which knows no drafts, which of them it is about."""
    try:
        yield
    except (Malformed, TooLarge, IdConflict) as error:
        proposals = {i: d.proposal for i, d in enumerate(own) if isinstance(d, Decided) and d.proposal}
        error.ordinal = next((i for i, proposal in proposals.items() if _refused(proposal, error)), None)
        raise


def _refused(proposal: Proposal, error: LedgerError) -> bool:
    if isinstance(error, IdConflict):
        return proposal.id == error.entry_id
    try:
        proposal.check()
    except Refused:
        return True
    return False
