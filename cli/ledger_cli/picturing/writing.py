"""Pages made and written: each whole or not at all, the page that lists them last, and none over somebody's own file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.picturing.engagement import engagement_page, shown
from ledger_cli.picturing.foot import NAME
from ledger_cli.picturing.index import Entry, index_page
from ledger_cli.picturing.wanted import source_of
from ledger_cli.printing.progress import Progress
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ledger_projections.reports import Asked, Report, Source

    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.picturing.engagement import Shown
    from ledger_cli.picturing.wanted import Pages

INDEX = "index"


def write_pages(app: App, pages: Pages, stream: Stream | None) -> None:
    """Write the page of *stream*, or of every engagement and the one that lists them, and say where."""
    folder, asked = Path(pages.folder), pages.asked(app)
    if stream is not None:
        _write_one(folder, source_of(app, asked, stream))
        return
    entries, hidden, stamped = _write_all(app, asked, folder)
    if stamped is None:
        raise Refused("There is no engagement to show.", advice="engage open ALIAS --account NAME")
    _write(folder / f"{INDEX}.html", index_page(stamped, entries, hidden, app.zone))
    _sweep(folder, {f"{INDEX}.html", *(entry.href for entry in entries)})
    words = f"{len(entries)} {'page' if len(entries) == 1 else 'pages'}"
    click.echo(f"Wrote {safe(str(folder / INDEX))}.html and {words} beside it, for the {pages.reader}", err=True)


def file_name(title: str, taken: Sequence[str]) -> str:
    """Return the name of the file of an engagement called *title*: letters, digits and hyphens that no other has *taken*."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in title.lower()).strip("-")[:60] or "engagement"
    names = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(taken) + 3))
    return next(name for name in names if name not in taken and name != INDEX)


def _write_one(folder: Path, source: Source) -> None:
    if not _known(source):
        raise Refused(f'"{source.alias}" was not known then.', advice="Name a later day, or leave it out.")
    found = shown(source)
    path = folder / f"{file_name(found.report.title, ())}.html"
    _write(path, engagement_page(found, index=False))
    click.echo(f"Wrote {safe(str(path))}", err=True)


def _write_all(app: App, asked: Asked, folder: Path) -> tuple[list[Entry], int, Report | None]:
    """Write the page of every engagement; return what the list says of them, how many are hidden, and their stamp."""
    streams = [head.stream for head in app.reader.streams() if head.stream.startswith("engagement/")]
    progress, entries, hidden, stamped = Progress("Drawing"), list[Entry](), 0, None
    for number, stream in enumerate(streams):
        progress(number, len(streams))
        try:
            source = source_of(app, asked, stream)
        except Refused:  # it was opened by an entry that this reader is not shown
            hidden += 1
            continue
        if _known(source):
            found = shown(source)
            name = file_name(found.report.title, [entry.href.removesuffix(".html") for entry in entries])
            _write(folder / f"{name}.html", engagement_page(found, index=True))
            entries.append(_listed(f"{name}.html", found))
            stamped = found.report._replace(sections=())
    progress.done()
    return entries, hidden, stamped


def _known(source: Source) -> bool:
    """Return whether the engagement was known at the moment that is asked about."""
    return source.known.engagement.opened is not None


def _listed(href: str, found: Shown) -> Entry:
    """Return what the list keeps of a page: no picture of it."""
    return Entry(href, found.report.title, found.status, found.attention.rows, found.report.stamp.withheld)


def _write(path: Path, text: str) -> None:
    """Write a page whole; refuse to write over what is no page of ours."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not _ours(path):
            raise Refused(
                f'"{path}" is there already, and is no page of this command.', advice="Name another folder: --html DIR"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            f'"{path}" cannot be written: {error.strerror}.', advice="Name another folder: --html DIR"
        ) from error


def _sweep(folder: Path, kept: Collection[str]) -> None:
    """Take away the pages that an earlier call wrote and this one did not: they may show what this reader is not shown."""
    for path in folder.glob("*.html"):
        if path.name not in kept and path.is_file() and _ours(path):
            path.unlink(missing_ok=True)


def _ours(path: Path) -> bool:
    """Return whether the file at *path* is a page of this command."""
    with path.open("rb") as file:
        return f'<meta name="{NAME}"'.encode() in file.read(4096)
