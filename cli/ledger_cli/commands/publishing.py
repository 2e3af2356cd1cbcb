"""`publish`: the tables handed to reporting tools, whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click

from ledger.errors import Refused, Unknown
from ledger_cli.progress import Progress
from ledger_cli.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger_projections.publishing.publication import Published, Wanted

    from ledger_cli.app import App

_PRACTICE = re.compile(r"[Pp]\d{2}")


@click.command()
@click.option("--to", "target", metavar="DIR|URL", required=True, help="The folder; what stands there stays readable.")
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
    stays out, with all that follows from it, unless it is named.

    \b
    engage publish --to ~/reports
    engage publish --to ~/reports --format parquet,csv
    engage publish --to ~/reports --since auto
    engage publish --to ~/own --reader consultant
    engage publish --to ~/reports --include-private 12 --include-private P47
    """
    from ledger_projections.publishing.publication import publish as made

    folder = folder_of(target)
    progress = _Tasks()
    wanted = _wanted(app, formats, reader, named, as_known_on)
    try:
        published = made(folder, wanted, since=since, tell=progress)
    finally:
        seconds = progress.done()
    for why in (*(fault.said for fault in app.own.faults), *published.left_out):
        click.echo(f"Left out: {safe(why)}", err=True)
    _say(folder, published, seconds, as_json=as_json)


def folder_of(target: str) -> Path:
    """Return the folder that *target* names: a path, or a file URL (RFC 8089)."""
    if not target.strip():
        raise click.UsageError("Say where: --to DIR.")
    scheme, host, path, *_ = urlsplit(target)
    if len(scheme) < 2 or "://" not in target:  # a path, on Windows perhaps with a letter before it
        return Path(target).expanduser()
    if scheme != "file" or host not in {"", "localhost"}:
        raise Refused(
            f'"{target}" is nowhere that tables can be published to.', advice="Name a folder, or a file:// URL of one."
        )
    return Path(unquote(path))


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


def _wanted(app: App, formats: str | None, reader: str, named: Iterable[str], as_known_on: str | None) -> Wanted:
    from ledger_projections.publishing.formats import at_hand, chosen
    from ledger_projections.publishing.making import Times
    from ledger_projections.publishing.publication import Wanted
    from ledger_projections.publishing.seen import seen_by
    from ledger_projections.readers import audience
    from ledger_projections.tables import READABLE

    from ledger_cli.moments import day_end, parse_moment
    from ledger_cli.places import several

    if formats is not None and not several([formats]):
        raise click.UsageError("Name a format, or leave --format out.")
    names = chosen(several([formats])) if formats is not None else at_hand()
    seer = audience(reader)
    entries, types = _named(app, several(named))
    known = day_end(parse_moment(as_known_on, app.clock(), app.zone), app.zone) if as_known_on else None
    excerpt = seen_by(app.reader, seer, entries, types)
    own = [each.table for each in app.own.tables.values()]
    now = app.now
    times = Times(min(known or now, now), now, known)
    return Wanted(excerpt, READABLE.values(), reader, names, times, own=own, lenient=formats is None)


def _named(app: App, words: Iterable[str]) -> tuple[set[int], set[str]]:
    """Return the positions of the entries that *words* name, and the types of event of the practices that they do."""
    from ledger_cli.entries import entry_named
    from ledger_cli.practices import PRACTICES

    entries, types = set(), set()
    for word in words:
        if not _PRACTICE.fullmatch(word):
            entries.add(int(entry_named(app, word).position))
        elif word.upper() in PRACTICES:
            types |= set(PRACTICES[word.upper()].types)
        else:
            raise Unknown("practice", word, advice="engage practices lists them.")
    return entries, types


def _say(folder: Path, published: Published, seconds: float, *, as_json: bool) -> None:
    from ledger_cli.output import document

    stamp = published.stamp
    if as_json:
        document({"folder": str(published.folder), **stamp})
        return
    tables = stamp["tables"]
    click.echo(
        f"Published {sum(tables.values()):,} rows of {len(tables)} tables as {', '.join(stamp['formats'])}.   {seconds:.2f} s"
    )
    click.echo(f"  {safe(str(folder / 'current'))}")
    click.echo(f"  as of position {stamp['position']}, for the {stamp['reader']}")
    if count := stamp["withheld"]["entries"]:
        noun = "entry is" if count == 1 else "entries are"
        click.echo(f"  {count:,} {noun} withheld, with all that follows: the table withheld says which")
    if change := published.increment:
        click.echo(f"  {safe(str(folder / 'increments' / change.folder.name))}")
        click.echo(f"  {change.rows:,} rows changed and {change.gone:,} gone since position {change.after}")
