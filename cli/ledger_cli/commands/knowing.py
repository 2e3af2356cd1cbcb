"""`who-knew`, `who-first`, `notices`: who knew of what, when, by whose word, and which notice of it was owed (P15, P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.asking.about import about
from ledger_cli.reporting.wanted import Wanted, reported

if TYPE_CHECKING:
    from ledger_cli.app import App


@click.command(name="who-knew")
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] SLIP|NEWS|MILESTONE|OBLIGATION|REQUEST|CONCERN|ENTRY")
@click.option("--on", "until", metavar="WHEN", help="Whether they knew by then.")
@reported
@click.pass_obj
def who_knew(app: App, /, wanted: Wanted, words: tuple[str, ...], until: str | None) -> None:
    """Say who knew of something: when it happened, when each side became aware, was told, acknowledged, by whose word.

    What an entry says with another party's word stands apart from ours. v2 is a version of the agreement, "#34" an entry.

    \b
    engage who-knew northwind S1
    engage who-knew S1 --on 2025-06-10
    engage who-knew M2 --as-known-on 2025-06-30
    engage who-knew v2 --html knew.html
    engage who-knew "#34" --json
    """
    from ledger_cli.asking.moments import parse_moment
    from ledger_cli.asking.typed import reference
    from ledger_cli.printing.times import day_end
    from ledger_cli.reporting.delivering import deliver

    stream, (subject,) = about(app, words, 1)
    on = day_end(parse_moment(until, app.clock(), app.zone), app.zone) if until else None
    deliver(app, wanted, "who-knew", stream, subject=reference(app, subject), on=on)


@click.command(name="who-first")
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] SLIP|NEWS|ENTRY SLIP|NEWS|ENTRY")
@reported
@click.pass_obj
def who_first(app: App, /, wanted: Wanted, words: tuple[str, ...]) -> None:
    """Say which of two things was first: known, told, acknowledged, recorded, by how much, or that it cannot be told.

    \b
    engage who-first northwind S1 N3
    engage who-first O4 S1 --as-known-on 2025-06-30
    engage who-first "#34" "#36" --json
    """
    from ledger_cli.asking.typed import reference
    from ledger_cli.reporting.delivering import deliver

    stream, (first, second) = about(app, words, 2)
    deliver(app, wanted, "who-first", stream, first=reference(app, first), second=reference(app, second))


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@reported
@click.pass_obj
def notices(app: App, /, wanted: Wanted, words: tuple[str, ...]) -> None:
    """List every notice that was owed: by which clause, by when, given or not, to whom, in time or how late.

    \b
    engage notices northwind
    engage notices northwind --as-known-on 2025-06-30
    engage notices --csv > notices.csv
    """
    from ledger_cli.reporting.delivering import deliver

    stream, _ = about(app, words, 0)
    deliver(app, wanted, "notices", stream)
