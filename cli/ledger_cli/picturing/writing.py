"""Pages made and written: that of one engagement, or those of all, and last the page that lists them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.picturing.apart import each_made
from ledger_cli.picturing.engagement import engagement_page, shown
from ledger_cli.picturing.files import INDEX, file_name, sweep, write
from ledger_cli.picturing.index import index_page
from ledger_cli.picturing.making import is_known, source_of, streams_of
from ledger_cli.printing.progress import Progress
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from ledger_projections.reports import Asked

    from ledger.journal import Reader
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.picturing.index import Entry
    from ledger_cli.picturing.wanted import Pages


def write_pages(app: App, pages: Pages, stream: Stream | None) -> None:
    """Write the page of *stream*, or of every engagement and the one that lists them, and say where."""
    folder, asked = Path(pages.folder), pages.asked(app)
    if stream is not None:
        _write_one(app.reader, asked, folder, stream)
        return
    asked = asked._replace(options={**asked.options, "listed": "yes"})
    entries, hidden = _write_all(app.reader, asked, folder)
    if not entries:
        raise Refused("There is no engagement to show.", advice="engage open ALIAS --account NAME")
    write(folder / f"{INDEX}.html", index_page(asked, entries, hidden))
    sweep(folder, {f"{INDEX}.html", *(entry.href for entry in entries)})
    words = f"{len(entries)} {'page' if len(entries) == 1 else 'pages'}"
    click.echo(f"Wrote {safe(str(folder / INDEX))}.html and {words} beside it, for the {pages.reader}", err=True)


def _write_one(reader: Reader, asked: Asked, folder: Path, stream: Stream) -> None:
    source = source_of(reader, asked, stream)
    if not is_known(source):
        raise Refused(f'"{source.alias}" was not known then.', advice="Name a later day, or leave it out.")
    found = shown(source)
    path = folder / f"{file_name(found.report.title, ())}.html"
    write(path, engagement_page(found))
    click.echo(f"Wrote {safe(str(path))}", err=True)


def _write_all(reader: Reader, asked: Asked, folder: Path) -> tuple[list[Entry], int]:
    """Write the page of every engagement; return what the list says of them, and how many are hidden."""
    streams = streams_of(reader, asked)
    entries: list[Entry] = []
    progress, names, hidden = Progress("Drawing"), set[str](), 0
    for number, made in enumerate(each_made(reader, asked, streams)):
        progress(number, len(streams))
        hidden += made.hidden
        if made.entry is not None:
            name = file_name(made.entry.title, names)
            names.add(name)
            write(folder / f"{name}.html", made.page)
            entries.append(made.entry._replace(href=f"{name}.html"))
    progress.done()
    return entries, hidden
