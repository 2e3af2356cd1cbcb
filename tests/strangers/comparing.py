"""Figures of the table `metrics` beside those of a stranger: the same to the three decimals that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

Key = tuple[str, str, str, str]
Row = Mapping[str, Any]

SHOWN = Fraction(51, 100_000)
"""How far a number of three decimals may lie from what it stands for."""


def differences(rows: Iterable[Row], theirs: Mapping[Key, tuple[object, int | None]]) -> Iterator[tuple[object, ...]]:
    """Yield each figure that is not the same, or that only one of the two has."""
    ours = {_key(row): row for row in rows if row["metric"].startswith("M")}
    for key in sorted(ours.keys() ^ theirs.keys()):
        yield (*key, "only ours" if key in ours else "only theirs")
    for key in sorted(ours.keys() & theirs.keys()):
        value, n = theirs[key]
        if not _is_same(ours[key], value) or n not in (None, ours[key]["n"]):
            yield (*key, ours[key]["value"], ours[key]["words"], ours[key]["n"], "and not", value, n)


def _key(row: Row) -> Key:
    return row["stream"], row["metric"], row["figure"], row["subject"]


def _is_same(row: Row, theirs: object) -> bool:
    if theirs is None:
        return row["value"] is None
    if isinstance(theirs, str):
        return bool(row["words"] == theirs)
    assert isinstance(theirs, int | Fraction)
    return row["value"] is not None and abs(Fraction(str(row["value"])) - theirs) <= SHOWN
