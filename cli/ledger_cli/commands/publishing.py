"""`publish`: the tables handed to reporting tools, whole or not at all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from ledger_cli.printing.progress import Progress
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger_projections.publishing.wanted import Wanted

    from ledger_cli.app import App
    from ledger_cli.publishing.places import Done


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
    from ledger_cli.publishing.wanted import wanted_of

    progress = _Tasks()
    wanted = partial(wanted_of, app, reader=reader, named=named, as_known_on=as_known_on)
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

    from ledger_cli.publishing.places import check_whole, folder_of, in_database, in_folder
    from ledger_cli.publishing.wanted import formats_of

    if is_address(target):
        check_whole(formats, since)
        return in_database(parse_address(target), wanted(formats=("postgresql",)), progress)
    folder = folder_of(target)
    lenient = formats is None
    return in_folder(folder, wanted(formats=formats_of(formats))._replace(lenient=lenient), since, progress)


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
