"""From drafts to proposals: names become ids, clocks are filled in, acts are decided, texts leave the bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.aggregate import Act
from ledger.calendars import earliest, instant, is_day, normalise_instant
from ledger.disclosures import protect
from ledger.entry import Proposal
from ledger.errors import LedgerError, Malformed, Refused, Unknown
from ledger.events import EntryCorrected, Event, type_named
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Writer:
    """Whoever writes, and what they write with."""

    origin: str
    actor: str
    provenance: str
    now: datetime
    entropy: Callable[[int], bytes]
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Decided:
    """A draft, decided: the *proposal* to append, or the *position* where the fact stands already."""

    stream: Stream
    event: Event
    proposal: Proposal | None = None
    position: Position | None = None


@dataclass(slots=True)
class Deciding:
    """Decides the drafts of one batch, in their order."""

    batch: Batch
    writer: Writer
    chosen: dict[int, tuple[Stream, type[Event]]] = field(default_factory=dict)

    def decide(
        self, drafts: Sequence[Draft], keys: Mapping[int, str], seen: Mapping[str, Position]
    ) -> list[Decided | Position]:
        """Return what each draft amounts to: decided, or the position that its source was *seen* at.

        *keys* are the source keys of those drafts that have one, by their index.
        """
        index = 0
        try:
            for index in range(len(drafts)):
                if keys.get(index) not in seen:
                    self.chosen[index] = self._announced(drafts[index])
            answers: list[Decided | Position] = []
            for index, draft in enumerate(drafts):
                chosen = self.chosen.get(index)
                answers.append(self._decide(draft, *chosen, keys.get(index)) if chosen else seen[keys[index]])
        except LedgerError as error:
            error.ordinal = index
            raise
        return answers

    def _announced(self, draft: Draft) -> tuple[Stream, type[Event]]:
        event_type = type_named(draft.type)
        stream = self._stream(draft, event_type)
        if event_type.defines and all(
            f.name in draft.data for f in event_type.fields.values() if f.minted or f.required
        ):
            self.batch.announce(stream, event_type(**self._resolved(event_type, draft.data)))
        return stream, event_type

    def _decide(self, draft: Draft, stream: Stream, event_type: type[Event], key: str | None) -> Decided:
        data = self.batch.complete(stream, event_type, self._resolved(event_type, draft.data))
        event = event_type(**data)
        occurred, aware = self._clocks(draft, event)
        if not self.batch.decide(stream, Act(event, occurred, aware)):
            return Decided(stream, event, position=self._standing(stream, event))
        proposal = self._proposal(draft, stream, event, occurred, aware, key)
        self.batch.add(stream, proposal.attributes, event)
        return Decided(stream, event, proposal)

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
        """Return the stream that an opening event opens: the one of that alias, or a new one with a random id."""
        try:
            return self.batch.names.stream(kind, name)
        except Unknown:
            stream = Stream(f"{kind}/{self._random()}")
        self.batch.opening[draft.subject] = stream
        return stream

    def _random(self) -> str:
        return "".join(_ALPHABET[byte % 32] for byte in self.writer.entropy(12))

    def _resolved(self, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
        """Return *data* with aliases of accounts and engagements replaced by their ids."""
        fields = {f.name: f for f in event_type.fields.values()}
        return {
            name: self._id_of(fields[name].kind, value) if name in fields and isinstance(value, str) else value
            for name, value in data.items()
        }

    def _id_of(self, kind: str, value: str) -> str:
        if kind not in {"account", "engagement"}:
            return value
        opening = self.batch.opening.get(f"{kind}/{value.removeprefix(f'{kind}/')}")
        return (opening or self.batch.names.stream(kind, value)).partition("/")[2]

    def _clocks(self, draft: Draft, event: Event) -> tuple[str | None, str | None]:
        """Return when it was so and when it was known, filled in where nobody said: never for an import."""
        occurred, aware = (None if t is None else _moment(t) for t in (draft.occurred, draft.aware))
        now = None if self.writer.provenance == "import" else instant(self.writer.now.replace(microsecond=0))
        if event.short_name in KNOWN_WHEN_SO:
            aware = aware or occurred or now
            occurred = occurred or aware
            if aware is None:
                raise Malformed(f"{event.short_name} lacks aware: when it came to be known.", field="aware")
        for name, moment in (("occurred", occurred), ("aware", aware)):
            if moment and earliest(moment) > instant(self.writer.now + AHEAD):
                raise Refused(f"{name} {moment} lies in the future.", advice="Record it once it is so.")
        return occurred or now, aware

    def _standing(self, stream: Stream, event: Event) -> Position | None:
        from ledger.aggregate import identity_of  # noqa: PLC0415

        state = self.batch.state(stream)
        fact = state.identities.get(identity_of(event)) or state.opened
        return fact.entry.position or None

    def _proposal(
        self, draft: Draft, stream: Stream, event: Event, occurred: str | None, aware: str | None, key: str | None
    ) -> Proposal:
        texts = {name: value for name in event.erasable() if (value := getattr(event, name)) is not None}
        digests, disclosures = protect(texts, len(event.erasable()), self.writer.entropy)
        optional: dict[str, JSON | None] = {
            "occurred": occurred,
            "aware": aware,
            "onbehalfof": draft.onbehalfof,
            "claimedtime": draft.claimedtime and _moment(draft.claimedtime),
            "claimedactor": draft.claimedactor,
            "causationid": draft.causationid,
            "correlationid": draft.correlationid,
            "sourcekey": key,
            "privileged": draft.privileged or None,
        }
        attributes: dict[str, JSON] = {
            "specversion": "1.0",
            "id": draft.id or self.writer.new_id(),
            "source": self.writer.origin,
            "type": event.stored_name,
            "subject": stream,
            "actor": self.writer.actor,
            "party": draft.party,
            "visibility": draft.visibility or self._visibility(stream, event),
            "provenance": self.writer.provenance,
            "data": {**event.plain, "_sd": list(digests)},
            **{name: value for name, value in optional.items() if value is not None},
        }
        return Proposal(attributes, disclosures)

    def _visibility(self, stream: Stream, event: Event) -> str:
        """Return `private` for a type that is so; a correction has the visibility of what it corrects."""
        if isinstance(event, EntryCorrected):
            target = next(fact for fact in self.batch.state(stream).history if fact.entry.id == event.entry)
            return str(target.visibility)
        return "private" if event.private else "shared"


def _moment(text: str) -> str:
    return text if is_day(text) else normalise_instant(text)
