"""`projections`: the tables that are read, made from the log and made anew at will."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.progress import Progress

if TYPE_CHECKING:
    from ledger_cli.app import App


@click.group()
def projections() -> None:
    """Look after the tables that are read: they are made from the log, and can be made anew at any time."""


@projections.command()
@click.pass_obj
def rebuild(app: App) -> None:
    """Make the tables anew, compare them with the old ones, and put them in their place.

    \b
    engage projections rebuild
    """
    from ledger_projections.rebuild import rebuild as make
    from ledger_projections.tables import TABLES

    progress = Progress("Rebuilding")
    try:
        found = make(app.reader, str(app.projections), list(TABLES.values()), app.now, progress)
    finally:
        seconds = progress.done()
    click.echo(f"Made {len(TABLES)} tables from {app.reader.head():,} entries.   {seconds:.2f} s")
    if found.uncompared:
        click.echo(f"The old tables were not compared: {found.uncompared}.")
        return
    if not found.differed:
        click.echo("Nothing differed from the tables that were there.")
        return
    click.echo("The tables that were there differed, which is our fault; please report it:", err=True)
    for difference in found.differed:
        click.echo(f"  {difference}", err=True)
    app.exit_code = 1
