"""What is to be published: which tables, in which formats, of which moment, for which reader, with what that is private."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
from ledger_projections.publishing.folding import Times
from ledger_projections.publishing.formats import at_hand, chosen
from ledger_projections.publishing.seen import seen_by
from ledger_projections.publishing.wanted import Wanted
from ledger_projections.readers import audience
from ledger_projections.tables import READABLE

from ledger.errors import Unknown
from ledger_cli.asking.entries import entry_named
from ledger_cli.asking.moments import known_by
from ledger_cli.asking.places import several
from ledger_cli.practices.recorded import PRACTICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger_projections.readers import Audience

    from ledger_cli.app import App

_PRACTICE = re.compile(r"[Pp]\d{2}")


def wanted_of(
    app: App, *, formats: Sequence[str], reader: str, named: Iterable[str], as_known_on: str | None
) -> Wanted:
    """Return what is to be published in *formats* for *reader*, with the entries and practices *named*."""
    seer = audience(reader)
    entries, practices = _named(app, several(named))
    known = known_by(as_known_on, app.clock(), app.zone) if as_known_on else None
    excerpt = seen_by(app.reader, seer, entries, {name for types in practices.values() for name in types})
    _say_what_shows_nothing(app, seer, practices)
    own = [each.table for each in app.own.tables.values()]
    now = app.now
    return Wanted(excerpt, READABLE.values(), reader, formats, Times(min(known or now, now), now, known), own=own)


def formats_of(formats: str | None) -> Sequence[str]:
    """Return the formats that were named; all that are installed, if none was."""
    if formats is None:
        return at_hand()
    if not several([formats]):
        raise click.UsageError("Name a format, or leave --format out.")
    return chosen(several([formats]))


def _named(app: App, words: Iterable[str]) -> tuple[set[int], dict[str, Sequence[str]]]:
    """Return the positions of the entries that *words* name, and the practices that they do with their types of event."""
    entries, practices = set(), dict[str, "Sequence[str]"]()
    for word in words:
        if not _PRACTICE.fullmatch(word):
            entries.add(int(entry_named(app, word).position))
        elif word.upper() in PRACTICES:
            practices[word.upper()] = PRACTICES[word.upper()].types
        else:
            raise Unknown("practice", word, advice="engage practices lists them.")
    return entries, practices


def _say_what_shows_nothing(app: App, seer: Audience, practices: Mapping[str, Sequence[str]]) -> None:
    """Say of each of the *practices* that were named where nothing of it is shown that would not be shown anyway."""
    if seer.everything:
        return
    for name, types in practices.items():
        if len(seen_by(app.reader, seer, (), types).withheld) == len(seen_by(app.reader, seer).withheld):
            said = f"{name} names nothing private: what records it is {', '.join(types)}."
            click.echo(f"{said} To name an entry: engage log", err=True)
