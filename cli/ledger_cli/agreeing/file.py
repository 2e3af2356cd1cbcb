"""The file of a letter, read for the engagement it is of: what it says, what it changes, and the drafts that it makes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.errors import LedgerError
from ledger_cli.asking.about import about

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledger.drafts import Draft
    from ledger.standing import Known
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.letter import Letter
    from ledger_cli.letter.amending import Amendment
    from ledger_cli.letter.moment import Reading
    from ledger_cli.recording.envelope import Envelope

_OF_ACCOUNT = frozenset({"contact-added", "authority-changed"})


def whose(app: App, words: Sequence[str], path: Path, raw: bytes, *, opens: bool = False) -> Stream:
    """Return the engagement that *words* name before the letter, else the one that the letter names, else the one meant.

    Where there is none, a command that records the letter says how one *opens*.
    """
    from ledger_cli.letter.batch import named_engagement

    named = named_engagement(path, raw) if len(words) == 1 else None
    return about(app, [named, *words] if named else words, 1, opens=opens)[0]


def reading_of(app: App, folder: Path, agreed_on: str | None = None) -> Reading:
    """Return what a letter in *folder*, agreed today unless *agreed_on* another day, is read with."""
    from ledger_cli.letter.moment import Reading

    return Reading(app.clock(), app.zone, folder, agreed_on)


def compared(
    app: App, known: Known, path: Path, raw: bytes, agreed_on: str | None = None
) -> tuple[Letter, Amendment | None]:
    """Return the letter at *path*, and what it changes if it is a later version; of one recorded before, its draft alone."""
    from dataclasses import replace

    from ledger_cli.letter import read_letter
    from ledger_cli.letter.amending import amendment
    from ledger_cli.letter.before import before, nothing
    from ledger_cli.letter.said import recorded

    reading, standing = reading_of(app, path.parent, agreed_on), before(known)
    letter = read_letter(path, raw, reading, standing)
    draft = known.engagement.drafts.get(letter.version)
    if draft is not None and draft.event.document_sha256 == letter.agreement["document_sha256"]:
        whole = next(table for table, kind, _ in letter.items if kind == "agreement-drafted")
        return replace(letter, items=[(whole, "agreement-drafted", draft.event.data)]), None
    base = letter.agreement.get("amends")
    if draft is not None or base not in known.engagement.drafts:
        return letter, None
    after = read_letter(path, raw, reading, nothing(known.account, standing.untitled)).said
    return letter, amendment(known, recorded(known, app.reader, int(str(base))), after, letter, reading)


def drafts_of(app: App, envelope: Envelope, stream: Stream, letter: Letter) -> list[Draft]:
    """Return the drafts of what *letter* says: of its people on the account, of all else on the engagement."""
    account = f"account/{letter.account}"
    return [
        envelope.draft(app, kind, account if kind in _OF_ACCOUNT else stream, data) for _, kind, data in letter.items
    ]


@contextmanager
def blaming(letter: Letter) -> Iterator[None]:
    """Say of what is refused where in *letter* it stands."""
    try:
        yield
    except LedgerError as error:
        raise letter.blame(error) from error
