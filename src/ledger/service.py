"""The ledger as programs use it: the only writer. Load, fold, decide, append."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Self

import uuid_utils

from ledger.batch import Batch
from ledger.deciding import Decided, Deciding
from ledger.drafts import Draft, Identity, Receipt, Source
from ledger.entry import LARGEST_BATCH
from ledger.errors import Conflict, Erased, IdConflict, TooLarge
from ledger.facts import Fact, corrected
from ledger.journal import Appended
from ledger.names import PRACTICE, Names, read_stream
from ledger.proposing import Writer
from ledger.receipts import blaming, numbered_from, receipt, receipts
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from ledger.canonical import JSON
    from ledger.entry import Proposal
    from ledger.events import Event
    from ledger.journal import Journal, Writing
    from ledger.replay import Replay
    from ledger.standing import Known

    Clock = Callable[[], datetime]

TRIES = 20
"""How often a decision is made again when somebody else wrote in between."""


def utc_now() -> datetime:
    """Tell the time of this machine."""
    return datetime.now(UTC)


class Ledger:
    """A journal with the rules of the domain in front of it; *who* records, and how (*provenance*).

    *aliases* are those its owner has just read: a process that records once need not read them twice.
    """

    def __init__(
        self,
        journal: Journal,
        who: Identity,
        *,
        clock: Clock = utc_now,
        provenance: str = "api",
        entropy: Callable[[int], bytes] = os.urandom,
        new_id: Callable[[], str] = lambda: str(uuid_utils.uuid7()),
        aliases: Mapping[Stream, str] | None = None,
    ) -> None:
        self.journal, self.who, self.clock = journal, who, clock
        self._provenance, self._entropy, self._new_id, self._aliases = provenance, entropy, new_id, aliases or {}

    @classmethod
    def open(cls, path: Path | str, who: Identity, *, clock: Clock = utc_now) -> Self:
        """Open the ledger at *path*; raise Unreachable if there is none."""
        from ledger.stores.sqlite import SqliteJournal

        return cls(SqliteJournal.open(path, clock), who, clock=clock)

    @classmethod
    def create(
        cls,
        path: Path | str,
        who: Identity,
        calendar: Mapping[str, JSON],
        *,
        origin: str | None = None,
        clock: Clock = utc_now,
        provenance: str = "api",
    ) -> Self:
        """Make a ledger at *path* whose days and hours are those of *calendar*; raise Duplicate if one stands there.

        Without an *origin*, its name in every entry, it is named at random under a domain reserved for examples.
        """
        from ledger.stores.creating import random_origin
        from ledger.stores.sqlite import SqliteJournal

        journal = SqliteJournal.create(path, origin or random_origin(), clock)
        ledger = cls(journal, who, clock=clock, provenance=provenance)
        since = f"{clock().year - 1:04d}-01-01"
        ledger.record(Draft("policy-set", PRACTICE, {"calendars": [dict(calendar)], "valid_from": since}))
        return ledger

    def close(self) -> None:
        """Let go of the file."""
        self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def names(self) -> Names:
        """The names in the ledger as they are now."""
        return Names(self.journal, self._aliases)

    def facts(self, subject: str) -> list[Fact[Event]]:
        """Return what was recorded of *subject* (`engagement/northwind`, `practice`), as corrected, oldest first."""
        return corrected(read_stream(self.journal, self._stream(subject), texts=True))

    def replay(self, engagement: str, replay: Replay | None = None) -> Known:
        """Return what was known of the engagement of that name, as *replay* leaves it; today, if none is given."""
        from ledger.recall import recall
        from ledger.replay import TODAY

        return recall(self.journal, self._stream(f"engagement/{engagement}"), replay or TODAY)

    def record(self, *drafts: Draft) -> list[Receipt]:
        """Record all *drafts* or none; decide again, up to twenty times, when somebody else wrote in between.

        Raises Refused and what stands below it, Conflict when the ledger never stood still, Unreachable.
        """
        for left in reversed(range(TRIES)):
            answers: list[Receipt] = []
            try:
                self._record(self.journal, [drafts], answers.extend)
                return answers
            except Conflict as conflict:
                # an id that says two things will not say one thing later; but it may just have been recorded
                if not left or (isinstance(conflict, IdConflict) and left < TRIES - 1):
                    raise
        raise AssertionError("the last try returns or raises")

    def record_all(self, chunks: Iterable[Sequence[Draft]], take: Callable[[Sequence[Receipt]], object]) -> None:
        """Record all drafts of *chunks*, gone through twice, in one commit, or none; *take* hears of each chunk.

        They are decided as one batch; what is kept in memory is what refers to them, not they. Other writers wait.
        """
        with self.journal.transaction() as within:
            self._record(within, chunks, take)

    def erase(self, texts: Mapping[Position, Collection[str]], *drafts: Draft) -> list[Receipt]:
        """Delete the disclosures with these digests, by their position, and record *drafts*, which say so: one commit."""
        answers: list[Receipt] = []
        with self.journal.transaction() as within:
            self._record(within, [drafts], answers.extend)
            for position, digests in texts.items():
                if within.erase(position, digests) < len(digests):
                    raise Erased(position)
        return answers

    def check(self, *drafts: Draft) -> list[Event]:
        """Return the events that *drafts* would record, without recording them; refuse as `record` does."""
        proposed = [(d.event, d.proposal) for d in self._decide(drafts) if isinstance(d, Decided) and d.proposal]
        for _, proposal in proposed:
            proposal.check()
        return [event for event, _ in proposed]

    def rehearse(self, *drafts: Draft) -> list[Receipt]:
        """Return what `record` would answer, recording nothing: an entry that would be new stands at position 0."""
        decided = self._decide(drafts)
        proposals = [each.proposal for each in decided if isinstance(each, Decided) and each.proposal]
        with blaming(decided):
            for proposal in proposals:
                proposal.check()
        answers = iter([Appended(Position(0), new=True)] * len(proposals))
        where = dict.fromkeys((proposal.id for proposal in proposals), Position(0))
        return [receipt(each, answers, where.__getitem__) for each in decided]

    def _stream(self, subject: str) -> Stream:
        kind, _, name = subject.partition("/")
        return self.names.stream(kind, name) if name else Stream(subject)

    @cached_property
    def _secret(self) -> bytes:
        return self.journal.secret

    def sourcekey(self, source: Source) -> str:
        """Return the key under which *source* is known again (HMAC-SHA-256 under a secret of the ledger)."""
        message = sha256(source.original).digest() + source.repeat.to_bytes(8, "big") + source.part.to_bytes(8, "big")
        import hmac

        return hmac.digest(self._secret, message, "sha256").hex()

    def _record(
        self, writing: Writing, chunks: Iterable[Sequence[Draft]], take: Callable[[Sequence[Receipt]], object]
    ) -> None:
        batch = Batch(writing, Names(writing, self._aliases))
        deciding, introduction = self._introduced(batch)
        self._announce(deciding, chunks)
        before = 0
        for drafts in chunks:
            with numbered_from(before):
                decided = deciding.decide(drafts, *self._sources(drafts, writing))
                proposals = [d.proposal for d in decided if isinstance(d, Decided) and d.proposal]
                appended: Sequence[Appended] = ()
                if proposals:  # whoever adds nothing need not be introduced
                    with blaming(decided):
                        appended = writing.append([*introduction, *proposals], batch.read_at)
                    batch.settle(appended)
                    appended, introduction = appended[len(introduction) :], []
            take(receipts(decided, proposals, appended, writing))
            before += len(drafts)

    def _decide(self, drafts: Sequence[Draft]) -> list[Decided | Position]:
        deciding, _ = self._introduced(Batch(self.journal, self.names))
        self._announce(deciding, [drafts])
        return deciding.decide(drafts, *self._sources(drafts, self.journal))

    def _introduced(self, batch: Batch) -> tuple[Deciding, list[Proposal]]:
        """Return what decides the drafts of *batch*, and what introduces whoever records, if nobody has."""
        actor = batch.names.actor(self.who)
        writer = Writer(
            origin=self.journal.origin,
            actor=actor or batch.state(PRACTICE).next_id("actor"),
            provenance=self._provenance,
            now=self.clock(),
            entropy=self._entropy,
            new_id=self._new_id,
        )
        deciding = Deciding(batch, writer)
        introduction = [] if actor else [Draft("actor-added", PRACTICE, _card(self.who))]
        decided = deciding.decide(introduction, {}, {})
        return deciding, [d.proposal for d in decided if isinstance(d, Decided) and d.proposal]

    def _announce(self, deciding: Deciding, chunks: Iterable[Sequence[Draft]]) -> None:
        before = 0
        for drafts in chunks:
            after = before + len(drafts)
            if after > LARGEST_BATCH:
                raise TooLarge(f"{after:,} events in one batch; the most is {LARGEST_BATCH:,}.", advice="Split it.")
            with numbered_from(before):
                deciding.announce(drafts, *self._sources(drafts, deciding.batch.reader))
            before = after

    def _sources(self, drafts: Sequence[Draft], writing: Writing) -> tuple[Mapping[int, str], Mapping[str, Position]]:
        """Return the source keys of those of *drafts* that have one, by their index, and where they were seen."""
        keys = {index: self.sourcekey(draft.source) for index, draft in enumerate(drafts) if draft.source}
        return keys, writing.seen(list(keys.values())) if keys else {}


def _card(who: Identity) -> Mapping[str, str]:
    return {"name": who.name, "email": who.email} if who.email else {"name": who.name}
