"""The names people use, and the ids they stand for. Names are erasable, so the log alone knows them."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger import account, practice
from ledger.entry import kept_entry
from ledger.errors import Refused, Unknown, near
from ledger.events import AccountOpened, EngagementOpened, EntryCorrected
from ledger.facts import corrected, read_fact
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.account import Account
    from ledger.drafts import Identity
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader, StreamHead
    from ledger.practice import Practice

PRACTICE = Stream("practice")
OPENING = "engage open ALIAS --account NAME"
"""What whoever records for nobody known may have left out."""
AT_ONCE = 256
"""How many entries are read with their texts in one go."""

_CORRECTION = f'"type":"{EntryCorrected.stored_name}"'.encode()
"""What stands in the bytes of every correction; that it stands in another entry too costs a second look."""


class Names:
    """The aliases, contacts and actors of a ledger, read from its log when first asked for; *known* aliases are not."""

    def __init__(self, reader: Reader, known: Mapping[Stream, str] = MappingProxyType({})) -> None:
        self._reader, self._known = reader, known
        self._found: dict[Stream, str | None] = {}

    @cached_property
    def opened(self) -> dict[Stream, str]:
        """The alias that every engagement and account was opened under."""
        found = {}
        for head in self._reader.streams():
            alias = self._known.get(head.stream) or self._alias(head)
            if alias:
                found[head.stream] = alias
        return found

    @cached_property
    def aliases(self) -> dict[Stream, str]:
        """The alias of every engagement and account that has one, as corrected: the whole log is searched."""
        return {**self.opened, **{stream: alias for stream in self._corrected if (alias := self.alias(stream))}}

    def alias(self, stream: Stream) -> str | None:
        """Return the alias of *stream*, as corrected."""
        if stream not in self._found:
            self._found[stream] = self._as_corrected(stream)
        return self._found[stream]

    def stream(self, kind: str, name: str) -> Stream:
        """Return the stream that *name* stands for, an alias or an id; raise Unknown with what is near.

        Whether an alias was corrected is asked of the one stream opened under it; of all only if that leads nowhere.
        """
        name = name.removeprefix(f"{kind}/")
        stream = self._streams.get(f"{kind}/{name}")
        if stream is not None and self.alias(stream) == name:
            return stream
        stream = Stream(f"{kind}/{name}")
        if stream in self.opened or self._reader.version(stream):
            return stream
        streams = self.by_alias(kind)
        if name not in streams:
            raise Unknown(kind, name, candidates=near(name, streams), advice=OPENING)
        return streams[name]

    def by_alias(self, kind: str) -> dict[str, Stream]:
        """Return the streams of *kind* by their alias."""
        return {alias: stream for stream, alias in self.aliases.items() if stream.startswith(f"{kind}/")}

    def account(self, account_id: str) -> Account:
        """Return an account with the names of its people."""
        return account.fold(read_stream(self._reader, Stream(f"account/{account_id}"), texts=True))

    @cached_property
    def practice(self) -> Practice:
        """Our own side, with the names of those who record."""
        return practice.fold(read_stream(self._reader, PRACTICE, texts=True))

    def contact(self, account_id: str, name: str) -> str:
        """Return the id of the contact called *name*: an id, a name, a role, or a word that only one of them has."""
        return pick(called(self.account(account_id)), name)

    def actor(self, who: Identity) -> str | None:
        """Return the id of whoever records, known by the address, or by the name where there is none."""
        for actor, fact in self.practice.actors.items():
            if (fact.event.email or fact.event.name) == (who.email or who.name):
                return actor
        return None

    @cached_property
    def _streams(self) -> dict[str, Stream]:
        return {f"{stream.partition('/')[0]}/{alias}": stream for stream, alias in self.opened.items()}

    @cached_property
    def _corrected(self) -> set[Stream]:
        """The streams in which something was corrected."""
        found: set[Stream] = set()
        after = Position(0)
        while page := self._reader.since(after, AT_ONCE):
            after = page[-1].position
            found.update(kept_entry(*stored).stream for stored in page if _CORRECTION in stored.raw)
        return found

    def _as_corrected(self, stream: Stream) -> str | None:
        kept = self._reader.read(stream)
        if not any(_CORRECTION in stored.raw for stored in kept[1:]):
            return self.opened.get(stream)
        fact = corrected(read_stream(self._reader, stream, texts=True))[0]
        match fact.event:
            case EngagementOpened(alias=alias) | AccountOpened(alias=alias):
                return alias
            case _:
                return None

    def _alias(self, head: StreamHead) -> str | None:
        stored = None if head.stream == PRACTICE else self._reader.at(head.opened)
        if stored is None:
            return None
        texts = self._reader.disclosures([head.opened]).get(head.opened, ())
        match read_fact(kept_entry(*stored), texts).event:
            case EngagementOpened(alias=alias) | AccountOpened(alias=alias):
                return alias
            case _:
                return None


def called(account: Account) -> dict[str, list[str]]:
    """Return what the people of *account* are called, by their ids; nothing where it was erased."""
    people = account.contacts.items()
    return {contact: [text for text in (fact.event.name, fact.event.role) if text] for contact, fact in people}


def pick(people: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the id of the one whom *name* means: an id, a name, a role, or a word that only one of them has."""
    wanted = _plain(name)
    for fits in (lambda text: text == wanted, lambda text: wanted in text.split()):
        found = [contact for contact, texts in people.items() if any(fits(_plain(t)) for t in (contact, *texts))]
        if len(found) == 1:
            return found[0]
        if found:
            either = " or ".join(f"{contact} ({', '.join(people[contact])})" for contact in found)
            raise Refused(f'"{name}" may be {either}.', advice="Say the id, or more of the name.")
    candidates = near(wanted, {_plain(text): None for texts in people.values() for text in texts})
    raise Unknown("contact", name, candidates=candidates, advice=f'engage person "{name}" --side client --level …')


def read_stream(reader: Reader, stream: Stream, *, texts: bool = False) -> list[Fact[Event]]:
    """Return the facts of *stream* as recorded, oldest first; with *texts*, what erasable fields say too."""
    kept = reader.read(stream)
    disclosures = reader.disclosures(stored.position for stored in kept) if texts else {}
    return [read_fact(kept_entry(*stored), disclosures.get(stored.position, ())) for stored in kept]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
