"""What an event of any type is recorded for: the engagement, its account, our own side, or the stream of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.errors import Unknown
from ledger.values import EntryId
from ledger_cli.asking.about import engagement_of, implied
from ledger_cli.asking.typed import entry_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.events import Event
    from ledger.values import Stream
    from ledger_cli.app import App


def subject_of(app: App, event_type: type[Event], said: str | None, given: Mapping[str, object]) -> str:
    """Return the stream that an event of *event_type* belongs to: the one *said*, else the one that is meant."""
    if "entry" in event_type.fields and not said:
        return _stream_of_entry(app, str(given["entry"]))
    if event_type.streams == {"practice"}:
        return "practice"
    if event_type.opens:
        return _new(event_type, said)
    if said and ("/" in said or said == "practice"):
        return said
    engagement = _engagement(app, said, event_type)
    if engagement and "engagement" not in event_type.streams:
        return f"account/{engagement_of(app, engagement).account}"
    return engagement or f"account/{said}"


def account_of(app: App, event_type: type[Event], subject: str) -> str:
    """Return the id of the account whose people are meant; nothing before there is one."""
    kind, _, name = subject.partition("/")
    if kind == "practice" or event_type.opens:
        return ""
    stream = app.names.stream(kind, name)
    return engagement_of(app, stream).account if kind == "engagement" else stream.partition("/")[2]


def _engagement(app: App, said: str | None, event_type: type[Event]) -> Stream | None:
    """Return the engagement that is meant; None where *said* names an account."""
    if not said:
        return implied(app)
    try:
        return app.names.stream("engagement", said)
    except Unknown:
        if "account" not in event_type.streams or said not in app.names.by_alias("account"):
            raise
        return None


def _new(event_type: type[Event], said: str | None) -> str:
    kind = min(event_type.streams)
    if not said:
        raise click.UsageError(f"Say what it is called: engage record {event_type.short_name} --on {kind}/ALIAS")
    return said if "/" in said else f"{kind}/{said}"


def _stream_of_entry(app: App, entry: str) -> str:
    """Return the stream of the entry that a remark is about: the remark stands there too."""
    from ledger.entry import decode

    position = app.reader.find(EntryId(entry_id(app, entry)))
    stored = app.reader.at(position) if position else None
    if stored is None:
        raise Unknown("entry", entry, advice="engage log shows their numbers.")
    return decode(*stored).stream
