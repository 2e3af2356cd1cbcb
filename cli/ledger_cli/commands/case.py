"""`chronology`, `schedule`, `case`: what a lawyer asks of an engagement, made so that anybody can make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.asking.about import about, engagement_of, thing
from ledger_cli.reporting.wanted import Wanted, reported

if TYPE_CHECKING:
    from ledger_cli.app import App


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option("--since", metavar="WHEN", help="Only what happened from then on.")
@click.option("--until", metavar="WHEN", help="Only what happened by then.")
@click.option("--subject", metavar="M2,…", help="Only what is about this: M2, S1, O4, D1.")
@reported
@click.pass_obj
def chronology(
    app: App, /, wanted: Wanted, words: tuple[str, ...], since: str | None, until: str | None, subject: str | None
) -> None:
    """Tell what happened, entry by entry: when it happened, who knew and was told when, and when it was written down.

    \b
    engage chronology northwind --since 2025-06-01
    engage chronology northwind --subject M2 --html chronology.html
    engage chronology northwind --csv > chronology.csv
    engage chronology northwind --html for-ann.html --shown-to "Ann Lee, witness"
    """
    from ledger_cli.asking.moments import parse_moment
    from ledger_cli.asking.typed import listed, reference
    from ledger_cli.printing.times import day_end, day_start
    from ledger_cli.reporting.delivering import deliver

    stream, _ = about(app, words, 0)
    begins, ends = (parse_moment(when, app.clock(), app.zone) if when else None for when in (since, until))
    deliver(
        app,
        wanted,
        "chronology",
        stream,
        since=begins and day_start(begins, app.zone),
        until=ends and day_end(ends, app.zone),
        subject=",".join(sorted({reference(app, word) for word in listed(subject)})),
    )


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] DISPUTE")
@reported
@click.pass_obj
def schedule(app: App, /, wanted: Wanted, words: tuple[str, ...]) -> None:
    """Set out a dispute item by item: what either side holds, what it points to, and room for whoever decides.

    \b
    engage schedule northwind D1
    engage schedule D1 --html schedule.html
    engage schedule D1 --csv > schedule.csv
    """
    _about_a_dispute(app, wanted, "schedule", words)


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] DISPUTE")
@click.option(
    "--then", metavar="WHEN", help="Compare with what was known then; before the first correction, if left out."
)
@reported
@click.pass_obj
def case(app: App, /, wanted: Wanted, words: tuple[str, ...], then: str | None) -> None:
    """Put the whole file of a dispute together: what happened, what was agreed, who knew, and how to check all of it.

    \b
    engage case northwind D1
    engage case D1 --html case.html
    engage case D1 --then 2025-06-30
    engage case D1 --as-known-on 2025-08-04
    """
    from ledger_cli.asking.moments import parse_moment
    from ledger_cli.printing.times import day_end

    moment = day_end(parse_moment(then, app.clock(), app.zone), app.zone) if then else None
    _about_a_dispute(app, wanted, "case", words, then=moment)


@click.command(name="verify-report")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def verify_report(app: App, *, file: str, as_json: bool) -> None:
    """Make a report again from the ledger as it stood then, and say whether it is the same, byte for byte.

    Ends with exit code 5 where it is not.

    \b
    engage verify-report case.html
    engage verify-report chronology.csv --json
    engage verify-report pages/northwind.html      a page of engage report --html too
    """
    from ledger_cli.checking.report import check_report, read_report
    from ledger_cli.checking.saying import say_checked

    say_checked(app, check_report(app.reader, read_report(file)), as_json=as_json)


def _about_a_dispute(app: App, wanted: Wanted, name: str, words: tuple[str, ...], then: str | None = None) -> None:
    from ledger_cli.reporting.delivering import deliver

    stream, (dispute,) = about(app, words, 1)
    deliver(app, wanted, name, stream, dispute=thing(engagement_of(app, stream), "dispute", dispute), then=then)
