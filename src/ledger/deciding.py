"""From drafts to proposals, one after another: placed, read as events, decided, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.aggregate import identity_of
from ledger.entry import Entry
from ledger.errors import IdConflict, LedgerError, Unknown
from ledger.events import type_named
from ledger.placing import stream_of
from ledger.proposing import act_of, proposal_of, visibility_of
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.aggregate import Act
    from ledger.batch import Batch
    from ledger.drafts import Draft
    from ledger.entry import Proposal
    from ledger.events import Event
    from ledger.proposing import Writer
    from ledger.values import Position, Stream


class Decided(NamedTuple):
    """A draft, decided: the *proposal* to append, or the entry that it *stands* in already."""

    event: Event
    proposal: Proposal | None = None
    stands: Entry | None = None

    def again(self) -> Decided:
        """Return what the same draft amounts to when it comes again in the same batch."""
        stands = Entry(0, self.proposal.attributes) if self.proposal else self.stands
        return Decided(self.event, stands=stands)


class Deciding:
    """Decides the drafts of one batch, in their order."""

    def __init__(self, batch: Batch, writer: Writer) -> None:
        self.batch, self.writer = batch, writer
        self.sourced: dict[str, Decided] = {}
        """What the drafts that have a source amount to, by its key."""

    def announce(self, drafts: Sequence[Draft], keys: Mapping[int, str], seen: Mapping[str, Position]) -> None:
        """Say what *drafts* will bring into being, but those whose source was *seen*, before any is decided."""
        index = 0
        try:
            for index, draft in enumerate(drafts):
                if keys.get(index) not in seen:
                    self._announced(draft)
        except LedgerError as error:
            error.ordinal = index
            raise

    def decide(
        self, drafts: Sequence[Draft], keys: Mapping[int, str], seen: Mapping[str, Position]
    ) -> list[Decided | Position]:
        """Return what each draft amounts to: decided, or the position that its source was *seen* at.

        *keys* are the source keys of those drafts that have one, by their index.
        """
        self.sourced = {}
        answers: list[Decided | Position] = []
        index = 0
        try:
            for index, draft in enumerate(drafts):
                key = keys.get(index)
                there = seen.get(key) if key else None
                answers.append(there or self._once(draft, key))
        except LedgerError as error:
            error.ordinal = index
            raise
        return answers

    def _announced(self, draft: Draft) -> None:
        event_type = type_named(draft.type)
        stream = stream_of(self.batch, self.writer, draft, event_type)
        brings = event_type.defines or event_type.governs  # a policy may bring calendars
        if brings and all(f.name in draft.data for f in event_type.fields.values() if f.minted or f.required):
            self.batch.announce(stream, event_type(**self.batch.resolved(event_type, draft.data)))
        if draft.id:
            self.batch.coming.add(draft.id)

    def _once(self, draft: Draft, key: str | None) -> Decided:
        if key in self.sourced:
            return self.sourced[key].again()
        event_type = type_named(draft.type)
        stream = stream_of(self.batch, self.writer, draft, event_type)
        recorded = self.batch.recorded(draft.id) if draft.id else None
        decided = (
            self._again(draft, stream, event_type, recorded, key)
            if recorded
            else self._decide(draft, stream, event_type, key)
        )
        if key:
            self.sourced[key] = decided
        return decided

    def _decide(self, draft: Draft, stream: Stream, event_type: type[Event], key: str | None) -> Decided:
        data = self.batch.complete(stream, event_type, self.batch.resolved(event_type, draft.data))
        event = event_type(**data)
        act = act_of(self.writer, draft, event)
        self._check_behalf(draft, stream)
        if not self.batch.decide(stream, act):
            return Decided(event, stands=self._standing(stream, event))
        proposal = self._proposal(draft, stream, act, key)
        self.batch.add(stream, proposal.attributes, event)
        return Decided(event, proposal)

    def _again(
        self, draft: Draft, stream: Stream, event_type: type[Event], recorded: Entry, key: str | None
    ) -> Decided:
        """Return a draft whose id was *recorded*: what it leaves to the ledger is as it was then (design 2.6)."""
        if (recorded.stream, recorded.type) != (stream, event_type.stored_name):
            raise IdConflict(recorded.id, recorded.position)
        given = {f.name for f in event_type.fields.values() if f.kind == event_type.defines} & recorded.data.keys()
        data = {name: recorded.data[name] for name in given} | self.batch.resolved(event_type, draft.data)
        event = event_type(**data)
        draft = draft._replace(
            occurred=draft.occurred or recorded.text("occurred"),
            aware=draft.aware or recorded.text("aware"),
            visibility=draft.visibility or recorded.text("visibility"),
        )
        return Decided(event, self._proposal(draft, stream, act_of(self.writer, draft, event), key))

    def _proposal(self, draft: Draft, stream: Stream, act: Act, key: str | None) -> Proposal:
        state = self.batch.state(stream)  # read for whatever is appended: its version is expected of every stream
        visibility = visibility_of(state, draft, act.event)
        return proposal_of(self.writer, draft, stream, act, visibility, key)

    def _check_behalf(self, draft: Draft, stream: Stream) -> None:
        """Refuse to record on behalf of nobody."""
        who = draft.onbehalfof
        kind = {"a": "actor", "c": "contact"}.get(who[0]) if who else None
        if who and kind and not self.batch.holds(stream, kind, who):
            raise Unknown(kind, who, advice="onbehalfof is the id of an actor or of a contact.")

    def _standing(self, stream: Stream, event: Event) -> Entry:
        state = self.batch.state(stream)
        same = (fact for fact in state.facts.values() if fact.event.plain == event.plain)
        fact = state.identities.get(identity_of(event)) or state.opened
        if fact is None or fact.event.plain != event.plain:
            fact = next(same)
        return Entry(fact.entry.position, fact.entry.attributes)
