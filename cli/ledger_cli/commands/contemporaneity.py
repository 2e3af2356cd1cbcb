"""`contemporaneity`: how soon after the fact things were written down, and how steadily (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.asking.about import about
from ledger_cli.reporting.wanted import Wanted, reported

if TYPE_CHECKING:
    from ledger_cli.app import App


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option("--entries", is_flag=True, help="Entry by entry, too.")
@reported
@click.pass_obj
def contemporaneity(app: App, /, wanted: Wanted, words: tuple[str, ...], *, entries: bool) -> None:
    """Show how soon after knowing each thing was written down, A to D, and how steadily the record was kept.

    \b
    engage contemporaneity northwind
    engage contemporaneity northwind --entries
    engage contemporaneity northwind --private --json
    """
    from ledger_cli.reporting.delivering import deliver

    stream, _ = about(app, words, 0)
    deliver(app, wanted, "contemporaneity", stream, entries="yes" if entries else None)
