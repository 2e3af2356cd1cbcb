"""Metrics as people read them: a line a figure or subject, the worst first, with n, how it moved, and the entries behind it."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_cli.recounting.words import joined, money, number_words
from ledger_cli.safe import safe
from ledger_cli.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger_projections.metrics.figure import Metric

    Row = dict[str, Any]
    History = Mapping[tuple[str, str, str], Sequence[float | None]]

FEWEST = 3
"""With fewer values a history is no line."""
NAMED = 3
"""So many entries are named; the rest are counted."""
YES_OR_NO = "yes or no"
UNSAID = frozenset({"of 1", YES_OR_NO, "minor units", ""})
"""Units that are not read aloud: the value says enough."""
ONE = {"people": "person", "news": "piece of news"}
_SUFFIX = re.compile(r"_(bh|bd|30d|90d|hours|minor)$")


class Line(NamedTuple):
    """A line: a title, with what there is nothing of; else what a figure is called, or is of, and what it says."""

    name: str
    said: str
    title: bool = False


def measured(
    rows: Iterable[Row], metrics: Mapping[str, Metric], history: History, most: int | None = None
) -> Iterator[Line]:
    """Yield the lines of *rows*, metric by metric; of a metric of many things, those of *most* of them: the worst."""
    nothing = []
    for name, own in groupby(rows, key=lambda row: str(row["metric"])):
        figures, title = list(own), f"{name} {metrics[name].title}"
        if any(row["n"] for row in figures):
            yield from (Line(title, "", title=True), *_lines(metrics[name], figures, history, most))
        else:
            nothing.append(title)
    if nothing:
        yield Line("Nothing to measure", " · ".join(nothing), title=True)


def worst_first(metric: Metric, figures: Sequence[Row]) -> list[list[Row]]:
    """Return *figures* by their subject, the worst by the first of them that can be worse, the unknown last."""
    subjects: dict[str, list[Row]] = {}
    for row in figures:
        subjects.setdefault(row["subject"], []).append(row)
    order = list(metric.meanings)

    def badness(rows: Sequence[Row]) -> tuple[int, bool, float]:
        row = next((row for row in rows if metric.meanings[row["figure"]].worse), rows[0])
        value, worse = row["value"], metric.meanings[row["figure"]].worse
        signed = 0 if value is None or not worse else -value if worse == "higher" else value
        return order.index(row["figure"]), value is None, signed

    return sorted(subjects.values(), key=badness)


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
    number = number_words(value)
    return number if unit in UNSAID else f"{number} {_one(unit) if value == 1 else unit}"


def _lines(metric: Metric, figures: Sequence[Row], history: History, most: int | None) -> Iterator[Line]:
    of_all = (row for row in figures if not row["subject"] and row["figure"] != "n")  # the others say it
    for label, same in groupby(of_all, key=_label):
        rows = list(same)
        yield Line(label, joined([_said(rows), f"n {rows[0]['n']}", _moved(rows[0], history), _entries(rows)]))
    subjects = worst_first(metric, [row for row in figures if row["subject"]])
    for rows in subjects[:most]:
        yield Line(_thing(rows[0]), joined([_said(rows, labelled=True), _entries(rows)]))
    if most is not None and len(subjects) > most:
        yield Line(f"{len(subjects) - most} more", f"engage metrics {_whose(figures[0])}{metric.id}")


def _said(rows: Sequence[Row], *, labelled: bool = False) -> str:
    """Return what figures say that are read in one breath, each after its own name where they are *labelled*."""
    known = [row for row in rows if row["value"] is not None]
    if labelled and len(known) > FEWEST and len({row["unit"] for row in known}) == 1:
        counts = ", ".join(f"{_label(row)} {number_words(row['value'])}" for row in known)
        values = [f"{counts} {known[0]['unit']}".rstrip()]
    else:
        values = [_value(row, before, labelled) for before, row in pairwise([{}, *known])]
    said = " ".join(values).split()
    words = dict.fromkeys(safe(row["words"]) for row in rows if row["words"] and row["words"] not in said)
    private = ["private"] if any(row["visibility"] == "private" for row in rows) else []
    return joined([*values, *words, *private]) or "undefined"


def _value(row: Row, before: Row, labelled: bool) -> str:
    said, label = value_words(row), _label(row)
    is_named = not labelled or label == row["unit"] or (bool(before) and label == _label(before))
    return said if is_named else f"{label} {said}"


def _label(row: Row) -> str:
    return _SUFFIX.sub("", row["figure"]).replace("_", " ")


def _thing(row: Row) -> str:
    """Return what a figure is of: `slip S1`; an entry by its number."""
    if row["subject"] in row["entries"]:
        return f"#{row['positions'][row['entries'].index(row['subject'])]}"
    return safe(row["subject"].replace(":", " "))


def _moved(row: Row, history: History) -> str:
    values = history.get((row["metric"], row["figure"], row["subject"]), ())
    known = [value for value in values if value is not None]
    if len(known) < FEWEST or len(set(known)) == 1:
        return ""
    return f"{sparkline(values)} from {number_words(known[0])}"


def _entries(rows: Sequence[Row]) -> str:
    positions = sorted({position for row in rows if row["n"] for position in row["positions"]})
    more = [f"and {len(positions) - NAMED} more"] if len(positions) > NAMED else []
    return " ".join([*(f"#{position}" for position in positions[:NAMED]), *more])


def _whose(row: Row) -> str:
    return f"{row['engagement_alias'] or row['engagement']} " if row["engagement"] else ""


def _one(unit: str) -> str:
    return ONE.get(unit, unit.removesuffix("s"))
