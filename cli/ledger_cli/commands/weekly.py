"""`weekly`: the page of an account director, engagement by engagement, what got worse first (domain 3.7)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click
from ledger_projections.publishing.seen import seen_by
from ledger_projections.readers import audience
from ledger_projections.replaying.twofold import Moment

from ledger.calendars import instant, parse_instant
from ledger_cli.printing.columns import prose, table
from ledger_cli.printing.output import page, styled, terminal_width
from ledger_cli.printing.rows import listed, listing
from ledger_cli.printing.safe import safe
from ledger_cli.reading.past import Past
from ledger_cli.reading.tables import Reading
from ledger_cli.week.changes import pages
from ledger_cli.week.standing import weeks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_cli.app import App
    from ledger_cli.printing.rows import Mode
    from ledger_cli.week.changes import Line, Page

WEEK = timedelta(days=7)
NAMED = 12
"""So many engagements in which nothing changed are named."""
BEGINNING = datetime.min.replace(tzinfo=UTC)
COLUMNS = ("engagement", "engagement_alias", "item", "source", "now", "value", "week_before", "value_before", "change")


@click.command()
@click.argument("engagement", required=False)
@click.option("--reader", default="director", metavar="WHO", help="Whom it is for: director, if left out.")
@click.option("--as-known-on", metavar="WHEN", help="The page of that moment, against that of a week before it.")
@click.option("--all", "everything", is_flag=True, help="Also the engagements of which nothing changed, line by line.")
@listed
@click.pass_obj
def weekly(
    app: App, *, engagement: str | None, reader: str, as_known_on: str | None, everything: bool, mode: Mode
) -> None:
    """Show each engagement as it stands, and what changed in a week: what got worse, first.

    \b
    engage weekly
    engage weekly northwind --as-known-on 2025-06-13
    engage weekly --csv > week.csv
    """
    reading = Reading(app, Past(as_known_on))
    wanted = reading.engagement(engagement)["engagement"] if engagement else None
    now = Moment(reading.known_on, reading.as_of)  # once: the clock goes on
    then = _week_before(now)
    found = pages(weeks_of(seen_by(app.reader, audience(reader)), then, now, wanted))
    if mode == "text":
        week = f"The week to {reading.said(now.as_of)}, against {reading.said(then.as_of)}"
        page(list(_text(week, found, everything or wanted is not None)))
        return
    rows = [_row(one, line) for one in found for line in one.lines]
    listing(rows, COLUMNS, mode, about={"as_of": now.as_of, "week_before": then.as_of, "reader": reader})


def _week_before(now: Moment) -> Moment:
    """Return what was known a week before, judged then; where there was no such day, on the first there is."""
    as_of = parse_instant(now.as_of)
    then = instant(as_of - min(WEEK, as_of - BEGINNING))
    return Moment(then, then)


def _text(week: str, found: Sequence[Page], everything: bool) -> Iterator[str]:
    worse = sum(one.worse > 0 for one in found)
    count = sum(one.is_open for one in found)
    closed = f" and {len(found) - count} closed" if count < len(found) else ""
    some = f"{count} open {'engagement' if count == 1 else 'engagements'}{closed}"
    yield from prose(f"{week}: {some}, {worse} of them got worse in something.")
    quiet = [] if everything else [one for one in found if one.is_quiet]
    for one in found:
        if one not in quiet:
            yield from ("", styled(f"{safe(one.name)}{_heading(one)}", "bold"))
            cells = [[line.item.name, safe(line.now.words), _changed(line)] for line in one.lines]
            yield from (f"  {line}" for line in table(cells, ("", "now", "a week before"), _width()))
    if quiet:
        names, left = ", ".join(safe(one.name) for one in quiet[:NAMED]), len(quiet) - NAMED
        more = f" and {left:,} more: engage weekly --all" if left > 0 else ""
        yield from ("", *prose(f"Nothing changed in {len(quiet):,}: {names}{more}"))


def _heading(one: Page) -> str:
    return " · new" if one.is_new else f" · {one.worse} worse" if one.worse else ""


def _changed(line: Line) -> str:
    """Return what was so, where it is otherwise now."""
    if not line.change or line.then is None:
        return line.change
    return f"{line.change}: was {safe(line.then.words)}"


def _width() -> int | None:
    width = terminal_width()
    return None if width is None else width - 2


def _row(one: Page, line: Line) -> dict[str, Any]:
    return {
        "engagement": one.engagement,
        "engagement_alias": one.alias,
        "item": line.item.name,
        "source": line.item.source,
        "now": line.now.words,
        "value": line.now.value,
        "week_before": line.then.words if line.then else None,
        "value_before": line.then.value if line.then else None,
        "change": line.change,
    }
