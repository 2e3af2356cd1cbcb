"""`signatures`: who signed what with which authority, work while nothing was signed, and acts without authority (M16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.asking.about import about
from ledger_cli.reporting.wanted import Wanted, reported

if TYPE_CHECKING:
    from ledger_cli.app import App


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@reported
@click.pass_obj
def signatures(app: App, /, wanted: Wanted, words: tuple[str, ...]) -> None:
    """Show who signed each version, what they might sign then, what counts and why; and work while it was unsigned.

    Signatures, acceptances, new dates, instructions and grants of somebody who had no authority are listed with what
    cured them, if anything did. A signature that was written down late is shown with both times.

    \b
    engage signatures northwind
    engage signatures northwind --as-known-on 2025-03-04
    engage signatures northwind --html signatures.html
    engage signatures northwind --json
    """
    from ledger_cli.reporting.delivering import deliver

    stream, _ = about(app, words, 0)
    deliver(app, wanted, "signatures", stream)
