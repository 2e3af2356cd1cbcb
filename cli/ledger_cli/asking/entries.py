"""One entry as people name it, and the stream that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.batch import module_of
from ledger.entry import decode
from ledger.errors import Unknown
from ledger.facts import corrected
from ledger.names import read_stream
from ledger.values import EntryId
from ledger_cli.asking.typed import entry_id

if TYPE_CHECKING:
    from ledger.aggregate import Aggregate
    from ledger.entry import Entry
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import Stream
    from ledger_cli.app import App


def entry_named(app: App, word: str) -> Entry:
    """Return the entry that *word* means: `34`, `#34` or an id."""
    position = app.reader.find(EntryId(entry_id(app, word)))
    stored = app.reader.at(position) if position else None
    if stored is None:
        raise Unknown("entry", word, advice="engage log shows their numbers.")
    return decode(*stored)


def standing(app: App, word: str) -> tuple[Stream, Fact[Event]]:
    """Return the entry that *word* means, as corrected so far, and its stream."""
    entry = entry_named(app, word)
    facts = corrected(state_of(app, entry.stream).history)
    return entry.stream, next(fact for fact in facts if fact.entry.id == entry.id)


def state_of(app: App, stream: Stream) -> Aggregate:
    """Return the state of any stream, with its texts."""
    state: Aggregate = module_of(stream).fold(read_stream(app.reader, stream, texts=True))
    return state
