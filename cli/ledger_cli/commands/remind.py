"""`remind`: what is due, for the calendar that people look into anyway."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from ledger_projections.publishing.seen import seen_by
from ledger_projections.readers import audience

from ledger.errors import Refused
from ledger_cli.morning.reminders import SOURCES, made_beside, made_of, reminders
from ledger_cli.printing.output import echo
from ledger_cli.printing.safe import safe
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from ledger_cli.app import App

ELSEWHERE = "Name another file: --to FILE.ics"


@click.command()
@click.argument("engagement", required=False)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write it there, whole or not at all."
)
@click.option("--include-private", is_flag=True, help="Also what is private or privileged: calendars are often shared.")
@click.pass_obj
def remind(app: App, *, engagement: str | None, target: Path | None, include_private: bool) -> None:
    """Write what is due as a calendar file (iCalendar), so that it is seen where people look already.

    \b
    engage remind --to due.ics
    engage remind northwind --to northwind.ics
    engage remind --include-private > due.ics

    Read in again it moves and strikes what has changed: nothing is doubled.
    """
    from ledger_cli.morning.calendaring import calendar_of  # here, for what it needs takes 50 ms to import

    reading = Reading(app)
    wanted = reading.engagement(engagement)["engagement"] if engagement else None
    shown = seen_by(app.reader, audience("consultant" if include_private else "director"))
    if wanted:
        made = made_of(shown, reading.as_of, wanted)
    else:
        opened = reading.rows("engagement_status", columns=("stream", "account"))
        made = made_beside(reading.kept(source.table for source in SOURCES), opened, shown, reading.as_of)
    found = list(reminders(made, reading.as_of))
    written = calendar_of(found, app.reader.origin)
    if target is None:
        echo(written.decode("utf-8"))
        return
    _write(target, written)
    open_ones = sum(not reminder.over for reminder in found)
    echo(f"{open_ones} {'date' if open_ones == 1 else 'dates'} in {safe(str(target))}.\n")


def _write(target: Path, written: bytes) -> None:
    try:
        if target.exists() and not _is_calendar(target):
            raise Refused(f'"{target}" is there already, and is no calendar of this command.', advice=ELSEWHERE)
        part = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with part.open("wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(f'"{target}" cannot be written: {error.strerror}.', advice=ELSEWHERE) from error


def _is_calendar(path: Path) -> bool:
    from ledger_cli.morning.calendaring import PRODUCT

    if not path.is_file():
        return False
    with path.open("rb") as file:
        return PRODUCT.encode() in file.read(200)
