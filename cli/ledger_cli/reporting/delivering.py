"""A report made, printed or written to a file, and recorded as shown to somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from ledger_projections.reports import Asked, report

from ledger_cli.asking.moments import known_by, parse_moment
from ledger_cli.printing.handing import hand_out
from ledger_cli.printing.output import echo, page, terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import day_end
from ledger_cli.reporting.rendering import rendered
from ledger_cli.reporting.shown import shown
from ledger_cli.reporting.text import lines

if TYPE_CHECKING:
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.reporting.wanted import Wanted


def deliver(app: App, wanted: Wanted, name: str, stream: Stream, **options: str | None) -> None:
    """Make the report called *name* about the engagement *stream*, as it is *wanted*; *options* that are None are none."""
    made = report(app.reader, asked_of(app, wanted, name, stream, {k: v for k, v in options.items() if v}))
    if wanted.form == "text" and terminal_width() is not None:
        page([*lines(made)])
        return
    text = rendered(made, wanted.form)
    if wanted.file:
        hand_out(Path(wanted.file), text.encode(), "--html")
        click.echo(f"Wrote {safe(wanted.file)}", err=True)
    else:
        echo(text)
    if wanted.shown_to:
        receipts = app.record(*shown(made, text.encode(), wanted.shown_to))
        numbers = " ".join(f"#{receipt.position}" for receipt in receipts)
        click.echo(f"Recorded {numbers}  shown to {safe(wanted.shown_to)}", err=True)


def asked_of(app: App, wanted: Wanted, name: str, stream: Stream, options: dict[str, str]) -> Asked:
    """Return the question: what was typed, with its moments as instants and its entries as positions."""
    from ledger_cli.asking.entries import entry_named

    past, now = wanted.past, app.clock()
    return Asked(
        name,
        stream.partition("/")[2],
        int(app.reader.head()),
        app.now,
        options,
        known_by(past.as_known_on, now, app.zone) if past.as_known_on else None,
        day_end(parse_moment(past.as_true_on, now, app.zone), app.zone) if past.as_true_on else None,
        past.trust_claimed,
        tuple(sorted({int(entry_named(app, word).position) for word in wanted.named})),
        wanted.private,
    )
