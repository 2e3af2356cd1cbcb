"""`projections`: the tables that are read, made from the log and made anew at will."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.printing.progress import Progress
from ledger_cli.printing.rows import listed, listing
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.own import Fault

    from ledger_cli.app import App
    from ledger_cli.printing.rows import Mode


@click.group()
def projections() -> None:
    """Look after the tables that are read, those of your own too: they are made from the log, and anew at any time.

    \b
    engage projections list
    engage projections check
    engage projections rebuild
    """


@projections.command()
@click.pass_obj
def rebuild(app: App) -> None:
    """Make the tables anew, compare them with the old ones, and put them in their place.

    \b
    engage projections rebuild
    """
    from ledger_projections.readmodel.rebuild import rebuild as make
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


@projections.command("list")
@listed
@click.pass_obj
def list_(app: App, *, mode: Mode) -> None:
    """List the tables that can be asked for, and whose each is: of the ledger, or your own.

    \b
    engage projections list
    """
    from ledger_projections.own.files import shown
    from ledger_projections.tables import ASKED, READABLE

    rows = [
        {"table": name, "whose": "the ledger", "made": "when asked for" if name in ASKED else "with each entry"}
        for name in READABLE
    ]
    own = app.own
    rows += [{"table": name, "whose": table.where, "made": "when asked for"} for name, table in own.tables.items()]
    listing(rows, ["table", "whose", "made"], mode)
    if not own.tables and not own.faults:
        click.echo(f"None is your own yet. Their files go to {safe(shown(app.own_folder))}", err=True)
    _tell(own.faults)


@projections.command()
@click.pass_obj
def check(app: App) -> None:
    """Make each of your own tables, twice, and say which is not sound, where, and why; the exit code is 6 then.

    \b
    engage projections check
    """
    from ledger_projections.own.files import shown
    from ledger_projections.own.trying import tried

    found = tried(app.own, app.reader, app.now)
    for name, rows in found.made.items():
        click.echo(f"{safe(name)}: {rows} row{'' if rows == 1 else 's'}  ({safe(app.own.tables[name].where)})")
    if not found.made and not found.faults:
        click.echo(f"None is your own yet. Their files go to {safe(shown(app.own_folder))}", err=True)
    _tell(found.faults)
    app.exit_code = 6 if found.faults else 0


def _tell(faults: Sequence[Fault]) -> None:
    for where in dict.fromkeys(fault.where for fault in faults):
        click.echo(f"Not sound: {safe(where)}", err=True)
        for fault in faults:
            if fault.where == where:
                about = f'table "{fault.table}": ' if fault.table else ""
                click.echo(f"  {safe(about + fault.why)}", err=True)
