"""`verify`: re-derive everything from the bytes, and name the first entry that differs."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TYPE_CHECKING

import click

from ledger_cli.output import document
from ledger_cli.progress import Progress

if TYPE_CHECKING:
    from ledger_cli.app import App

MOST = 4
"""Processes that are started without being asked for: more seldom help, for they share one disk."""


@click.command()
@click.option("--processes", type=click.IntRange(1, 64), help="How many processes share the work of a large ledger.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def verify(app: App, *, processes: int | None, as_json: bool) -> None:
    """Re-derive the ledger from its bytes; end with exit code 5 at the first entry that differs.

    \b
    engage verify
    engage verify --processes 2 --json
    """
    from ledger.audit import verify as audit

    progress = Progress("Verifying")
    try:
        report = audit(app.path, processes=processes or min(os.cpu_count() or 1, MOST), progress=progress)
    finally:
        seconds = progress.done()
    root = b64encode(report.root).decode()
    if as_json:
        counts = {
            "entries": report.entries,
            "digests": report.digests,
            "streams": report.streams,
            "tiles": report.tiles,
        }
        document({"verified": True, **counts, "root": root, "caveat": report.caveat})
        return
    entries = f"{report.entries:,} {'entry' if report.entries == 1 else 'entries'}"
    click.echo(f"Verified {entries}: bytes, tree, versions, clocks, {report.digests:,} digests.   {seconds:.2f} s")
    click.echo(f"Root {root}")
    click.echo(report.caveat)
