"""`publish`: the tables handed to reporting tools, whole or not at all."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import click

from ledger.errors import Unknown
from ledger_cli.printing.progress import Progress
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger_projections.publishing.publication import Wanted
    from ledger_projections.readers import Audience

    from ledger_cli.app import App
    from ledger_cli.publishing import Done

_PRACTICE = re.compile(r"[Pp]\d{2}")


@click.command()
@click.option("--to", "target", metavar="DIR|URL", required=True, help="A folder, or postgresql://HOST/DATABASE.")
@click.option("--format", "formats", metavar="NAME,NAME", help="These formats; all that are installed, if left out.")
@click.option("--reader", default="analyst", metavar="NAME", help="Whom it is for; analyst, if left out.")
@click.option(
    "--include-private",
    "named",
    metavar="ENTRY|PRACTICE",
    multiple=True,
    help="With this entry, or what is private of this practice.",
)
@click.option("--as-known-on", metavar="WHEN", help="What was recorded by then.")
@click.option(
    "--since", metavar="POSITION|auto", help="Beside it, what changed since the publication that stands there."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was published as one JSON document.")
@click.pass_obj
def publish(
    app: App,
    *,
    target: str,
    formats: str | None,
    reader: str,
    named: tuple[str, ...],
    as_known_on: str | None,
    since: str | None,
    as_json: bool,
) -> None:
    """Write the tables where reporting tools read them: SQLite, DuckDB, Parquet, CSV, JSON lines and XLSX.

    DIR/current is the newest; it is replaced in one rename, so that nobody reads half of it. What is private or privileged
    stays out, with all that follows from it, unless it is named. In a PostgreSQL database it is the schema `ledger`, or the one
    that ?schema=NAME says, replaced as a whole.

    \b
    engage publish --to ~/reports
    engage publish --to ~/reports --format parquet,csv
    engage publish --to ~/reports --since auto
    engage publish --to ~/own --reader consultant
    engage publish --to ~/reports --include-private 12 --include-private P47
    engage publish --to postgresql://ledger@db.example/reports
    """
    progress = _Tasks()
    wanted = partial(_wanted, app, reader=reader, named=named, as_known_on=as_known_on)
    try:
        done = _published(target, formats, since, wanted, progress)
    finally:
        seconds = progress.done()
    for why in (*(fault.said for fault in app.own.faults), *done.left_out):
        click.echo(f"Left out: {safe(why)}", err=True)
    _say(app, done, seconds, as_json=as_json)


def _published(
    target: str, formats: str | None, since: str | None, wanted: Callable[..., Wanted], progress: _Tasks
) -> Done:
    """Publish to the database or the folder that *target* is."""
    from ledger_projections.publishing.postgresql.address import is_address, parse_address

    from ledger_cli.publishing import check_whole, folder_of, in_database, in_folder

    if is_address(target):
        check_whole(formats, since)
        return in_database(parse_address(target), wanted(formats=("postgresql",)), progress)
    folder = folder_of(target)
    lenient = formats is None
    return in_folder(folder, wanted(formats=_formats(formats))._replace(lenient=lenient), since, progress)


class _Tasks:
    """How far each of several tasks has come, one after the other on one line."""

    def __init__(self) -> None:
        self._what, self._progress = "", Progress("")
        self._began = self._progress.began

    def __call__(self, what: str, done: int, of: int) -> None:
        if what != self._what:
            self._progress.done()
            self._what, self._progress = what, Progress(what)
        self._progress(done, of)

    def done(self) -> float:
        """Wipe the line, and return the seconds that all of it took."""
        self._progress.began = self._began
        return self._progress.done()


def _formats(formats: str | None) -> Sequence[str]:
    from ledger_projections.publishing.formats import at_hand, chosen

    from ledger_cli.asking.places import several

    if formats is None:
        return at_hand()
    if not several([formats]):
        raise click.UsageError("Name a format, or leave --format out.")
    return chosen(several([formats]))


def _wanted(app: App, *, formats: Sequence[str], reader: str, named: Iterable[str], as_known_on: str | None) -> Wanted:
    from ledger_projections.publishing.folding import Times
    from ledger_projections.publishing.publication import Wanted
    from ledger_projections.publishing.seen import seen_by
    from ledger_projections.readers import audience
    from ledger_projections.tables import READABLE

    from ledger_cli.asking.moments import known_by
    from ledger_cli.asking.places import several

    seer = audience(reader)
    entries, practices = _named(app, several(named))
    known = known_by(as_known_on, app.clock(), app.zone) if as_known_on else None
    excerpt = seen_by(app.reader, seer, entries, {name for types in practices.values() for name in types})
    _say_what_shows_nothing(app, seer, practices)
    own = [each.table for each in app.own.tables.values()]
    now = app.now
    return Wanted(excerpt, READABLE.values(), reader, formats, Times(min(known or now, now), now, known), own=own)


def _named(app: App, words: Iterable[str]) -> tuple[set[int], dict[str, Sequence[str]]]:
    """Return the positions of the entries that *words* name, and the practices that they do with their types of event."""
    from ledger_cli.asking.entries import entry_named
    from ledger_cli.practices.recorded import PRACTICES

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
    from ledger_projections.publishing.seen import seen_by

    for name, types in practices.items():
        if len(seen_by(app.reader, seer, (), types).withheld) == len(seen_by(app.reader, seer).withheld):
            said = f"{name} names nothing private: what records it is {', '.join(types)}."
            click.echo(f"{said} To name an entry: engage log", err=True)


def _say(app: App, done: Done, seconds: float, *, as_json: bool) -> None:
    from ledger_cli.printing.output import document
    from ledger_cli.printing.times import say

    stamp = done.stamp
    if as_json:
        document({**done.found, **stamp})
        return
    tables = stamp["tables"]
    click.echo(
        f"Published {sum(tables.values()):,} rows of {len(tables)} tables as {', '.join(stamp['formats'])}.   {seconds:.2f} s"
    )
    click.echo(f"  {safe(done.where)}")
    known = (
        f", as known on {say(stamp['as_known_on'], app.zone).removesuffix(' 23:59')}" if stamp["as_known_on"] else ""
    )
    click.echo(f"  as of position {stamp['position']}{known}, for the {stamp['reader']}")
    if count := stamp["withheld"]["entries"]:
        noun = "entry is" if count == 1 else "entries are"
        click.echo(f"  {count:,} {noun} withheld, with all that follows: the table withheld says which")
    for line in done.changed:
        click.echo(f"  {safe(line)}")
