"""Metrics as people read them: a line a figure or subject, the worst first, with n, how it moved, and the entries behind it."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_cli.in_words.figured import called, label, thing
from ledger_cli.in_words.values import joined, money, number_words
from ledger_cli.printing.safe import safe
from ledger_cli.printing.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger_projections.metrics.figure import Metric

    Row = dict[str, Any]
    History = Mapping[tuple[str, str, str], Sequence[float | None]]

FEWEST = 3
"""With fewer values a history is no line."""
NOTHING = "Nothing to measure"
NAMED = 3
"""So many entries are named; the rest are counted."""
YES_OR_NO = "yes or no"
SHARE = "of 1"
PRIVATE = "private"
UNSAID = frozenset({SHARE, YES_OR_NO, "minor units", ""})
"""Units that are not read aloud: the value says enough."""
CHANCE = "p"
"""The figure that is a share nobody reads in per cent."""
IN_WORDS = frozenset({"censored"})
"""What the words of the figure beside it say already."""
ONLY_IF_SO = frozenset({"after_dispute"})
"""What is worth a word only where it is so."""
ONE = {"people": "person", "news": "piece of news"}
MANY = {"news": "pieces of news"}


class Line(NamedTuple):
    """A line: a title, with what there is nothing of; else what a figure is called, or is of, and what it says."""

    name: str
    said: str
    title: bool = False


def measured(
    rows: Iterable[Row],
    metrics: Mapping[str, Metric],
    history: History,
    most: int | None = None,
    people: Mapping[str, str] | None = None,
) -> Iterator[Line]:
    """Yield the lines of *rows*, metric by metric; of a metric of many things, those of *most* of them: the worst.

    *people* are what contacts are called, by their ids.
    """
    nothing = []
    for name, own in groupby(rows, key=lambda row: str(row["metric"])):
        figures, title = list(own), f"{name} {metrics[name].title}"
        if any(row["n"] for row in figures):
            if all(row["visibility"] == PRIVATE for row in figures if row["n"]):  # said once, over all of it
                title, figures = f"{title} · {PRIVATE}", [{**row, "visibility": ""} for row in figures]
            yield from (Line(title, "", title=True), *_lines(metrics[name], figures, history, most, people or {}))
        else:
            nothing.append(title)
    if nothing:
        yield _nothing(nothing)


def behind(lines: Sequence[Line], more: Sequence[Line]) -> list[Line]:
    """Return *lines* and behind them *more* of the same: what there is nothing of is said once, at the end."""
    said = [line for line in (*lines, *more) if line.name != NOTHING]
    nothing = [line.said for line in (*lines, *more) if line.name == NOTHING]
    return [*said, _nothing(nothing)] if nothing else said


def worst_first(metric: Metric, figures: Sequence[Row]) -> list[list[Row]]:
    """Return *figures* by their subject, the worst by the first of them that can be worse, the unknown last."""
    return sorted(_by_subject(figures), key=lambda rows: _badness(metric, rows))


def badness(metric: Metric, figures: Sequence[Row]) -> tuple[int, bool, float]:
    """Return what the *figures* of one stream are sorted by, the worst of them first."""
    return min(_badness(metric, rows) for rows in _by_subject(figures))


def value_words(row: Row) -> str:
    """Return the value of a figure with its unit: `12 business days`, `yes`, `110.00 GBP`; nothing where it is undefined."""
    value, unit = row["value"], row["unit"]
    if value is None:
        return ""
    if unit == YES_OR_NO and value in {0, 1}:
        return "yes" if value else "no"
    currency = re.search(r"\b[A-Z]{3}\b", f"{row['subject']} {row['words']}")
    if unit == "minor units" and currency:
        return money(int(value), currency[0])
    number = _number(row, value)
    return number if unit in UNSAID else f"{number} {_one(unit) if value == 1 else MANY.get(unit, unit)}"


def _by_subject(figures: Iterable[Row]) -> Iterable[list[Row]]:
    subjects: dict[str, list[Row]] = {}
    for row in figures:
        subjects.setdefault(row["subject"], []).append(row)
    return subjects.values()


def _badness(metric: Metric, rows: Sequence[Row]) -> tuple[int, bool, float]:
    """Return what the figures of one subject are sorted by: the unknown last, and which figure it is before what it says."""
    row = next((row for row in rows if metric.meanings[row["figure"]].worse), rows[0])
    value, worse = row["value"], metric.meanings[row["figure"]].worse
    signed = 0 if value is None or not worse else -value if worse == "higher" else value
    return [*metric.meanings].index(row["figure"]), value is None, signed


def _nothing(titles: Iterable[str]) -> Line:
    return Line(NOTHING, " · ".join(titles), title=True)


def _lines(
    metric: Metric, figures: Sequence[Row], history: History, most: int | None, people: Mapping[str, str]
) -> Iterator[Line]:
    of_all = (row for row in figures if not row["subject"] and row["figure"] != "n")  # the others say it
    for name, same in groupby(of_all, key=called):
        rows = list(same)
        said = [_said(rows), f"n {rows[0]['n']}", _moved(rows[0], history), _entries(rows), _others(rows[0])]
        yield Line(name, joined(said))
    subjects = worst_first(metric, [row for row in figures if row["subject"]])
    for rows in subjects[:most]:
        yield Line(thing(rows[0], people), joined([_said(rows, labelled=True), _entries(rows)]))
    if most is not None and len(subjects) > most:
        yield Line(f"{len(subjects) - most} more", f"engage metrics {_whose(figures[0])}{metric.id}")


def _said(rows: Sequence[Row], *, labelled: bool = False) -> str:
    """Return what figures say that are read in one breath, each after its own name where they are *labelled*."""
    known = [row for row in rows if row["value"] is not None and not (labelled and _goes_without_saying(row))]
    if labelled and len(known) > FEWEST and len({row["unit"] for row in known}) == 1:
        counts = ", ".join(f"{label(row)} {number_words(row['value'])}" for row in known)
        values = [f"{counts} {known[0]['unit']}".rstrip()]
    else:
        values = [_value(row, before, labelled) for before, row in pairwise([{}, *known])]
    said = " ".join(values).split()
    words = dict.fromkeys(_words(row, labelled) for row in rows if row["words"] and row["words"] not in said)
    private = [PRIVATE] if any(row["visibility"] == PRIVATE for row in rows) else []
    return joined([*values, *words, *private]) or "undefined"


def _value(row: Row, before: Row, labelled: bool) -> str:
    said, name = value_words(row), label(row)
    if labelled and row["figure"] in ONLY_IF_SO:
        return name
    is_named = not labelled or name == row["unit"] or (bool(before) and name == label(before))
    return said if is_named else f"{name} {said}"


def _goes_without_saying(row: Row) -> bool:
    return row["figure"] in IN_WORDS or (row["figure"] in ONLY_IF_SO and not row["value"])


def _words(row: Row, labelled: bool) -> str:
    """Return the words of a figure; where they are all there is to it, after its name: `grade A`."""
    is_all = labelled and row["value"] is None and not row["unit"] and row["n"]
    return f"{label(row)} {safe(row['words'])}" if is_all else safe(row["words"])


def _number(row: Row, value: float) -> str:
    """Return a value of a figure; a share in per cent, so that all of four is never read as one of four."""
    if row["unit"] == SHARE and row["figure"] != CHANCE:
        return f"{number_words(round(100 * value, 4))} %"
    return number_words(value)


def _moved(row: Row, history: History) -> str:
    values = history.get((row["metric"], row["figure"], row["subject"]), ())
    known = [value for value in values if value is not None]
    if len(known) < FEWEST or len(set(known)) == 1:
        return ""
    return f"{sparkline(values)} from {_number(row, known[0])}"


def _entries(rows: Sequence[Row]) -> str:
    positions = sorted({position for row in rows if row["n"] for position in row["positions"]})
    more = [f"and {len(positions) - NAMED} more"] if len(positions) > NAMED else []
    return " ".join([*(f"#{position}" for position in positions[:NAMED]), *more])


def _others(row: Row) -> str:
    """Return which figures name the entries that *row* does not."""
    through = row["through"].replace("_", " ")
    return f"the others: {through}" if through else ""


def _whose(row: Row) -> str:
    is_own = row["stream"].startswith("engagement/")
    return f"{row['engagement_alias'] or row['engagement']} " if is_own else ""


def _one(unit: str) -> str:
    return ONE.get(unit, unit.removesuffix("s"))
