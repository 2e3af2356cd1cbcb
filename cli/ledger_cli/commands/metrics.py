"""`metrics`: what the practices ask to be measured, with n, the entries behind every figure, and how it is reckoned."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from ledger_projections.metrics import METRICS
from ledger_projections.replaying.weekly import weekly
from ledger_projections.tables.metrics import table_of

from ledger.errors import Unknown, near
from ledger_cli.in_words.by_stream import blocks, worst_first
from ledger_cli.printing.columns import cell_width, hung, padded, prose
from ledger_cli.printing.output import page, styled
from ledger_cli.printing.rows import listed, listing
from ledger_cli.printing.sparkline import BARS
from ledger_cli.reading.past import past
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger_projections.metrics.figure import Metric

    from ledger_cli.app import App
    from ledger_cli.in_words.by_stream import Block
    from ledger_cli.in_words.measured import Line
    from ledger_cli.printing.rows import Mode
    from ledger_cli.reading.past import Past

    Row = dict[str, Any]

BY_ID: Mapping[str, Metric] = {metric.id: metric for metric in METRICS}
WEEKS = 12
EXPLAINED = ("metric", "title", "figure", "says", "unit", "worse", "practices")
_ID = re.compile(r"[MmPp]\d+")


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] [METRIC]")
@click.option("--formulas", is_flag=True, help="How each metric is reckoned, and where it comes from.")
@listed
@past
@click.pass_obj
def metrics(app: App, *, words: tuple[str, ...], formulas: bool, mode: Mode, past: Past) -> None:
    """Show the metrics of an engagement, or of all: each figure with n and the entries behind it, the worst first.

    \b
    engage metrics northwind
    engage metrics northwind M06                       how soon we answer
    engage metrics northwind --as-known-on 2025-06-30  as it was known then
    engage metrics M02                                 of all engagements
    engage metrics --formulas M07                      how it is reckoned
    engage metrics northwind --csv
    """
    name, chosen = _asked(words)
    if formulas:
        _explain(chosen, mode)
        return
    reading = Reading(app, past)
    named = reading.engagement(name)["engagement"] if name else None
    rows = _rows(reading, named, chosen)
    if mode != "text":
        listing(rows, [row["column_name"] for row in reading.columns("metrics")], mode, about={"as_of": reading.as_of})
        return
    history = weekly(app.reader, reading.replay, reading.as_of, chosen, named, WEEKS) if named else {}
    found = blocks(rows, {metric.id: metric for metric in chosen}, history, partial(_people, reading))
    if found:
        page(_page(reading, found, chosen, named))
    else:
        click.echo("There was nothing to measure then." if past.asked else "There is nothing to measure yet.", err=True)


def _asked(words: Sequence[str]) -> tuple[str | None, Sequence[Metric]]:
    """Return the engagement that was named, and the metrics: all, where none was."""
    names, ids = ([word for word in words if bool(_ID.fullmatch(word)) == is_id] for is_id in (False, True))
    if len(words) == 2 and len(names) != 1:  # two titles, or an engagement that is called as metrics are
        names, ids = [words[0]], [words[1]]
    if len(names) > 1 or len(ids) > 1:
        raise click.UsageError("One engagement and one metric: engage metrics [ENGAGEMENT] [METRIC]")
    return (names[0] if names else None), [_known(ids[0])] if ids else METRICS


def _known(typed: str) -> Metric:
    titles = {metric.title.casefold(): metric for metric in METRICS}
    found = BY_ID.get(typed.upper()) or titles.get(typed.casefold())
    if found is None:
        candidates = near(typed.upper(), BY_ID) or [titles[title].id for title in near(typed.casefold(), titles)]
        raise Unknown("metric", typed, candidates=candidates, advice="engage metrics --formulas lists them.")
    return found


def _rows(reading: Reading, engagement: str | None, chosen: Sequence[Metric]) -> Iterator[Row]:
    """Yield the figures that were asked for; of one engagement with those that only its account has."""
    for row in reading.replaying(table_of(chosen), engagement=engagement):
        if engagement in {None, row["engagement"]} or "engagement" not in BY_ID[row["metric"]].streams:
            yield row


def _page(reading: Reading, found: Sequence[Block], chosen: Sequence[Metric], named: str | None) -> Iterator[str]:
    """Yield the lines of what was *found*: of one metric of all engagements, the worst first."""
    yield f"Metrics {_when(reading)}."
    shown = found if named or len(chosen) > 1 else worst_first(found)
    for block in shown:
        yield from ("", styled(block.title, "bold"), *_lines(block.lines))
    if not shown:
        yield from ("", *prose(f"Nothing to measure: {chosen[0].id} {chosen[0].title}"))
    if any(set(line.said) & set(BARS) for block in shown for line in block.lines):
        yield from ("", *prose(f"Bars: the last {WEEKS} weeks, as we know them now; from: what they began with."))


def _when(reading: Reading) -> str:
    asked = [("as known on", reading.known_on), ("as true on", reading.true_on)]
    said = [f"{words} {reading.said(moment)}" for words, moment in asked if moment]
    return ", ".join(said) or f"as of {reading.said(reading.as_of)}"


def _people(reading: Reading, account: str | None) -> dict[str, str]:
    """Return what the people of an account do, or are called, by their ids."""
    rows = reading.rows("contacts", {"account": account})
    return {row["contact"]: row["role"] or row["name"] or row["contact"] for row in rows}


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    """Yield *lines* with what they say in a column of its own, folded where the terminal is narrower."""
    width = max((cell_width(line.name) for line in lines if not line.title), default=0)
    for line in lines:
        if line.title:
            yield from ("", *(prose(f"{line.name}: {line.said}") if line.said else [styled(line.name, "bold")]))
        else:
            yield from hung(line.said, " " * (width + 4), first=f"  {padded(line.name, width)}  ")


def _explain(chosen: Sequence[Metric], mode: Mode) -> None:
    if mode == "text":
        page(
            [
                line
                for formula, those in groupby(chosen, key=lambda m: m.formula)
                for line in _explained(formula, those)
            ][:-1]
        )
        return
    rows = [
        {"metric": m.id, "title": m.title, "figure": name, **meaning._asdict(), "practices": list(m.practices)}
        for m in chosen
        for name, meaning in m.meanings.items()
    ]
    listing(rows, EXPLAINED, mode)


def _explained(formula: str, those: Iterable[Metric]) -> Iterator[str]:
    """Yield the metrics that one *formula* explains, and the formula."""
    yield from (styled(f"{metric.id} {metric.title}", "bold") for metric in those)
    for line in formula.splitlines():
        yield from hung(line.strip(), "  " + " " * (len(line) - len(line.lstrip()))) if line else [""]
    yield ""
