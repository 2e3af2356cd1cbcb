"""The ledger as programs use it: the only writer. Load, fold, decide, append."""

from __future__ import annotations

import hmac
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import uuid_utils

from ledger.batch import Batch
from ledger.deciding import Decided, Deciding, Writer
from ledger.drafts import Draft, Identity, Receipt, Source
from ledger.entry import LARGEST_BATCH
from ledger.errors import Conflict, IdConflict, LedgerError, Malformed, Refused, TooLarge
from ledger.journal import Appended
from ledger.names import PRACTICE, Names
from ledger.values import EntryId, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.entry import Proposal
    from ledger.events import Event
    from ledger.journal import Journal

    Clock = Callable[[], datetime]

TRIES = 20
"""How often a decision is made again when somebody else wrote in between."""


class Ledger:
    """A journal with the rules of the domain in front of it; *who* records, and how (*provenance*)."""

    def __init__(
        self,
        journal: Journal,
        who: Identity,
        *,
        clock: Clock = lambda: datetime.now(UTC),
        provenance: str = "api",
        entropy: Callable[[int], bytes] = os.urandom,
        new_id: Callable[[], str] = lambda: str(uuid_utils.uuid7()),
    ) -> None:
        self.journal, self.who, self.clock = journal, who, clock
        self._provenance, self._entropy, self._new_id = provenance, entropy, new_id

    @property
    def names(self) -> Names:
        """The names in the ledger as they are now."""
        return Names(self.journal)

    def record(self, *drafts: Draft) -> list[Receipt]:
        """Record all *drafts* or none; decide again, up to twenty times, when somebody else wrote in between.

        Raises Refused and what stands below it, Conflict when the ledger never stood still, Unreachable.
        """
        for left in reversed(range(TRIES)):
            try:
                return self._record(drafts)
            except Conflict as conflict:
                # an id that says two things will not say one thing later; but it may just have been recorded
                if not left or (isinstance(conflict, IdConflict) and left < TRIES - 1):
                    raise
        raise AssertionError("the last try returns or raises")

    def check(self, *drafts: Draft) -> list[Event]:
        """Return the events that *drafts* would record, without recording them; refuse as `record` does."""
        decided = self._decide(Batch(self.journal, self.names), drafts)
        events = []
        for each in decided[len(decided) - len(drafts) :]:
            if isinstance(each, Decided) and each.proposal:
                each.proposal.check()
                events.append(each.event)
        return events

    def rehearse(self, *drafts: Draft) -> list[Receipt]:
        """Return what `record` would answer, recording nothing: an entry that would be new stands at position 0."""
        decided = self._decide(Batch(self.journal, self.names), drafts)
        own = decided[len(decided) - len(drafts) :]
        proposals = [each.proposal for each in own if isinstance(each, Decided) and each.proposal]
        with _blaming(own):
            for proposal in proposals:
                proposal.check()
        answers = iter([Appended(Position(0), new=True)] * len(proposals))
        where = dict.fromkeys((proposal.id for proposal in proposals), Position(0))
        return [_receipt(each, answers, where) for each in own]

    @cached_property
    def _secret(self) -> bytes:
        return self.journal.secret

    def sourcekey(self, source: Source) -> str:
        """Return the key under which *source* is known again (HMAC-SHA-256 under a secret of the ledger)."""
        message = sha256(source.original).digest() + source.repeat.to_bytes(8, "big") + source.part.to_bytes(8, "big")
        return hmac.new(self._secret, message, sha256).hexdigest()

    def _record(self, drafts: Sequence[Draft]) -> list[Receipt]:
        batch = Batch(self.journal, self.names)
        decided = self._decide(batch, drafts)
        own = decided[len(decided) - len(drafts) :]
        if drafts and not any(isinstance(d, Decided) and d.proposal for d in own):
            decided = own  # whoever adds nothing need not be introduced
        proposals = [d.proposal for d in decided if isinstance(d, Decided) and d.proposal]
        with _blaming(own):
            appended = self.journal.append(proposals, batch.read_at) if proposals else ()
        where: dict[EntryId, Position] = {}
        for proposal, answer in zip(proposals, appended, strict=True):
            where.setdefault(proposal.id, answer.position)
        answers = iter(appended)
        receipts = [_receipt(d, answers, where) for d in decided]
        return receipts[len(receipts) - len(drafts) :]

    def _decide(self, batch: Batch, drafts: Sequence[Draft]) -> list[Decided | Position]:
        if len(drafts) > LARGEST_BATCH:
            raise TooLarge(f"{len(drafts):,} events in one batch; the most is {LARGEST_BATCH:,}.", advice="Split it.")
        actor = batch.names.actor(self.who)
        introduction = [] if actor else [Draft("actor-added", PRACTICE, _card(self.who))]
        writer = Writer(
            origin=self.journal.origin,
            actor=actor or batch.state(PRACTICE).next_id("actor"),
            provenance=self._provenance,
            now=self.clock(),
            entropy=self._entropy,
            new_id=self._new_id,
        )
        keys = {i: self.sourcekey(d.source) for i, d in enumerate(drafts, len(introduction)) if d.source}
        seen = self.journal.seen(list(keys.values()))
        try:
            return Deciding(batch, writer).decide([*introduction, *drafts], keys, seen)
        except LedgerError as error:
            error.ordinal = None if error.ordinal is None else max(0, error.ordinal - len(introduction))
            raise


def _card(who: Identity) -> Mapping[str, str]:
    return {"name": who.name, "email": who.email} if who.email else {"name": who.name}


@contextmanager
def _blaming(own: Sequence[Decided | Position]) -> Iterator[None]:
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


def _receipt(decided: Decided | Position, answers: Iterator[Appended], where: Mapping[EntryId, Position]) -> Receipt:
    if not isinstance(decided, Decided):
        return Receipt(decided, new=False)
    if decided.proposal:
        answer = next(answers)
        return Receipt(answer.position, answer.new, decided.event)
    stands = decided.stands
    return Receipt(stands.position or where[stands.id] if stands else Position(0), new=False, event=decided.event)
