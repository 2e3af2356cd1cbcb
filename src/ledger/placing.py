"""Which stream a draft goes to: the one that its subject names, or the one that it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Malformed, Unknown
from ledger.names import Names
from ledger.values import Stream

if TYPE_CHECKING:
    from ledger.batch import Batch
    from ledger.drafts import Draft
    from ledger.events import Event
    from ledger.proposing import Writer

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 12


def stream_of(batch: Batch, writer: Writer, draft: Draft, event_type: type[Event]) -> Stream:
    """Return the stream that *draft* goes to; refuse a subject that an event of this type is never about."""
    kind, _, name = draft.subject.partition("/")
    if kind not in event_type.streams:
        raise Malformed(
            f"{event_type.short_name} cannot be recorded for {draft.subject}.",
            field="subject",
            advice=f"It belongs to: {', '.join(sorted(event_type.streams))}.",
        )
    if kind == "practice":
        return Stream("practice")
    if draft.subject in batch.opening:
        return batch.opening[draft.subject]
    if not event_type.opens:
        return batch.names.stream(kind, name)
    return _opened(batch, writer, draft, kind, name)


def _opened(batch: Batch, writer: Writer, draft: Draft, kind: str, name: str) -> Stream:
    """Return the stream that an opening event opens: the one of that alias, or a new one."""
    try:
        return batch.names.stream(kind, name)
    except Unknown:
        kept = writer.provenance == "import" and _is_id(name) and name != draft.data.get("alias")
        stream = Stream(f"{kind}/{name}") if kept else _new(batch, writer, kind, name)
    batch.opening[draft.subject] = stream
    return stream


def _is_id(name: str) -> bool:
    """Return whether *name* may be the id that another ledger gave: it is kept, so that what refers to it still does."""
    return len(name) == _LENGTH and set(name) <= set(_ALPHABET)


def _new(batch: Batch, writer: Writer, kind: str, name: str) -> Stream:
    """Return a stream that says nothing of its *name*, and that all who open it at once arrive at (ADR 3)."""
    import hmac

    reader = batch.reader
    stream = Stream(f"{kind}/{_letters(hmac.digest(reader.secret, f'{kind}/{name}'.encode(), 'sha256'))}")
    if not reader.version(stream) or Names(reader).alias(stream) == name:  # opened by somebody since we looked
        return stream
    return Stream(f"{kind}/{_letters(writer.entropy(_LENGTH))}")  # opened under this name, and renamed


def _letters(chance: bytes) -> str:
    return "".join(_ALPHABET[byte % 32] for byte in chance[:_LENGTH])
