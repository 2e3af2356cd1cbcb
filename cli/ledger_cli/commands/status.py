"""`status` as click knows it; what it does stands in `ledger_cli.morning.telling`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.morning.asked import Asked
from ledger_cli.morning.telling import FOUND, tell
from ledger_cli.reading.past import past

if TYPE_CHECKING:
    from ledger_cli.app import App
    from ledger_cli.reading.past import Past


@click.command()
@click.argument("engagement", required=False)
@click.option("--all", "everything", is_flag=True, help="Show all that needs you, not only the worst.")
@click.option(
    "--check", is_flag=True, help=f"Say only what needs attention, for cron; exit code {FOUND} if anything does."
)
@click.option("--watch", is_flag=True, help="Paint it anew whenever something changes, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--jsonl", "as_lines", is_flag=True, help="Print a JSON object a line.")
@past
@click.pass_obj
def status(
    app: App,
    *,
    engagement: str | None,
    past: Past,
    check: bool,
    watch: bool,
    as_json: bool,
    as_lines: bool,
    everything: bool,
) -> None:
    """Show what needs you now, worst first, each with the command that clears it.

    \b
    engage status
    engage status northwind --as-known-on 2025-06-10T08:30
    engage status --check                              in a crontab: silent while all is well
    engage status --watch
    """
    asked = Asked(engagement, past, check=check, as_json=as_json, as_lines=as_lines, everything=everything)
    if not watch:
        tell(app, asked)
        return
    if past.asked or check or as_json or as_lines:
        raise click.UsageError("--watch shows how it is now, to somebody: neither the past nor a program.")
    from ledger_cli.morning.watching import watch as watch_it

    watch_it(app, asked)
