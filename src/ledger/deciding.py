"""From drafts to proposals: names become ids, clocks are filled in, acts are decided, texts leave the bytes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import orjson

from ledger.aggregate import Act, identity_of
from ledger.calendars import earliest, instant, is_day, normalise_instant
from ledger.disclosures import protect
from ledger.entry import Entry, Proposal
from ledger.errors import IdConflict, LedgerError, Malformed, Refused, Unknown
from ledger.events import EntryCorrected, Event, type_named
from ledger.facts import corrected
from ledger.names import Names
from ledger.references import carried_on
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ledger.batch import Batch
    from ledger.canonical import JSON
    from ledger.drafts import Draft
    from ledger.values import Position

AHEAD = timedelta(minutes=5)
"""How far in the future something may be said to have happened: clocks differ."""
KNOWN_WHEN_SO = frozenset({"slip-foreseen", "news-learned"})
"""Types that are about coming to know: `aware` is required, and is when they were so."""
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 12


class Writer(NamedTuple):
    """Whoever writes, and what they write with."""

    origin: str
    actor: str
    provenance: str
    now: datetime
    entropy: Callable[[int], bytes]
    new_id: Callable[[], str]


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
        self._now, self._latest = instant(writer.now.replace(microsecond=0)), instant(writer.now + AHEAD)
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
        stream = self._stream(draft, event_type)
        brings = event_type.defines or event_type.governs  # a policy may bring calendars
        if brings and all(f.name in draft.data for f in event_type.fields.values() if f.minted or f.required):
            self.batch.announce(stream, event_type(**self.batch.resolved(event_type, draft.data)))
        if draft.id:
            self.batch.coming.add(draft.id)

    def _once(self, draft: Draft, key: str | None) -> Decided:
        if key in self.sourced:
            return self.sourced[key].again()
        event_type = type_named(draft.type)
        stream = self._stream(draft, event_type)
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
        occurred, aware = self._clocks(draft, event)
        self._check_behalf(draft, stream)
        if not self.batch.decide(stream, Act(event, occurred, aware)):
            return Decided(event, stands=self._standing(stream, event))
        proposal = self._proposal(draft, stream, event, occurred, aware, key)
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
        self.batch.state(stream)  # its version is expected of every stream in a batch
        return Decided(event, self._proposal(draft, stream, event, *self._clocks(draft, event), key))

    def _stream(self, draft: Draft, event_type: type[Event]) -> Stream:
        kind, _, name = draft.subject.partition("/")
        if kind not in event_type.streams:
            raise Malformed(
                f"{event_type.short_name} cannot be recorded for {draft.subject}.",
                field="subject",
                advice=f"It belongs to: {', '.join(sorted(event_type.streams))}.",
            )
        if kind == "practice":
            return Stream("practice")
        if draft.subject in self.batch.opening:
            return self.batch.opening[draft.subject]
        if not event_type.opens:
            return self.batch.names.stream(kind, name)
        return self._opened(kind, name, draft)

    def _opened(self, kind: str, name: str, draft: Draft) -> Stream:
        """Return the stream that an opening event opens: the one of that alias, or a new one."""
        try:
            return self.batch.names.stream(kind, name)
        except Unknown:
            stream = Stream(f"{kind}/{name}") if self._is_id(name, draft) else self._new(kind, name)
        self.batch.opening[draft.subject] = stream
        return stream

    def _is_id(self, name: str, draft: Draft) -> bool:
        """Return whether *name*, no alias, is the id another ledger gave: kept, so that what refers to it still does."""
        ours = len(name) == _LENGTH and set(name) <= set(_ALPHABET)
        return ours and self.writer.provenance == "import" and name != draft.data.get("alias")

    def _new(self, kind: str, name: str) -> Stream:
        """Return a stream that says nothing of its *name*, and that all who open it at once arrive at (ADR 3)."""
        import hmac

        reader = self.batch.reader
        stream = Stream(f"{kind}/{_letters(hmac.digest(reader.secret, f'{kind}/{name}'.encode(), 'sha256'))}")
        if not reader.version(stream) or Names(reader).alias(stream) == name:  # opened by somebody since we looked
            return stream
        return Stream(f"{kind}/{_letters(self.writer.entropy(_LENGTH))}")  # opened under this name, and renamed

    def _clocks(self, draft: Draft, event: Event) -> tuple[str | None, str | None]:
        """Return when it was so and when it was known, filled in where nobody said: never for an import."""
        occurred, aware = (None if t is None else _moment(t) for t in (draft.occurred, draft.aware))
        now = None if self.writer.provenance == "import" else self._now
        if event.short_name in KNOWN_WHEN_SO:
            aware = aware or occurred or now
            occurred = occurred or aware
            if aware is None:
                raise Malformed(f"{event.short_name} lacks aware: when it came to be known.", field="aware")
        corrected_clocks = _corrected_clocks(event) if isinstance(event, EntryCorrected) else ()
        for name, moment in (("occurred", occurred), ("aware", aware), *corrected_clocks):
            if moment and earliest(moment) > self._latest:
                raise Refused(f"{name} {moment} lies in the future.", advice="Record it once it is so.")
        return occurred or now, aware

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

    def _proposal(
        self, draft: Draft, stream: Stream, event: Event, occurred: str | None, aware: str | None, key: str | None
    ) -> Proposal:
        texts = {name: value for name in event.erasable() if (value := getattr(event, name)) is not None}
        digests, disclosures = protect(texts, len(event.erasable()), self.writer.entropy)
        optional: tuple[tuple[str, JSON | None], ...] = (
            ("occurred", occurred),
            ("aware", aware),
            ("onbehalfof", draft.onbehalfof),
            ("claimedtime", draft.claimedtime and _moment(draft.claimedtime)),
            ("claimedactor", draft.claimedactor),
            ("causationid", draft.causationid),
            ("correlationid", draft.correlationid),
            ("sourcekey", key),
            ("privileged", draft.privileged or None),
        )
        attributes: dict[str, JSON] = {
            "specversion": "1.0",
            "id": draft.id or self.writer.new_id(),
            "source": self.writer.origin,
            "type": event.stored_name,
            "subject": stream,
            "actor": self.writer.actor,
            "party": draft.party,
            "visibility": self._visibility(draft, stream, event),
            "provenance": self.writer.provenance,
            "data": {**event.plain, "_sd": digests},
        }
        for name, value in optional:
            if value is not None:
                attributes[name] = value
        return Proposal(attributes, disclosures)

    def _visibility(self, draft: Draft, stream: Stream, event: Event) -> str:
        """Return what was asked for, else `private` for a type that is so or a later act of something private.

        A correction has the visibility of what it corrects.
        """
        if isinstance(event, EntryCorrected):
            facts = corrected(self.batch.state(stream).history)
            target = next(fact for fact in facts if fact.entry.id == event.entry)
            if draft.visibility == "private" != target.visibility:
                raise Refused(
                    f"A correction is as private as what it corrects, and #{target.entry.position} is shared.",
                    advice=f"To hide both: engage correct {target.entry.position} --visibility private --because …",
                )
            return target.visibility
        return draft.visibility or ("private" if event.private or self._tells_of_private(stream, event) else "shared")

    def _tells_of_private(self, stream: Stream, event: Event) -> bool:
        things = self.batch.state(stream).things
        begun = (things.get(kind, {}).get(name) for kind, name in carried_on(event))
        return any(fact is not None and fact.visibility == "private" for fact in begun)


def _corrected_clocks(event: EntryCorrected) -> Iterator[tuple[str, str]]:
    for change in event.changes:
        if change["path"] in {"occurred", "aware"} and "after" in change:
            yield change["path"], _moment(str(orjson.loads(change["after"])))


def _letters(chance: bytes) -> str:
    return "".join(_ALPHABET[byte % 32] for byte in chance[:_LENGTH])


def _moment(text: str) -> str:
    return text if is_day(text) else normalise_instant(text)
