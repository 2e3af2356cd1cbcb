"""Where the client's satisfaction goes, wave by wave (M12, domain 3.3.7; P39, P44).

    n           waves; each counts as the median of its respondents, on 0 to 100
    last        the newest of them
    s, p        Mann-Kendall's S, and how likely it is by chance: one-sided, exact by permutation, equal scores included
    sen_90d     Theil and Sen's slope, in points per 90 days
    ewma        the smoothed score, by the policy `ewma_lambda`
    direction   `rising`, `falling` or `level`, by the slope, in words

Fewer than three waves are too few for a direction and for the smoothed score, fewer than four for S, p and the slope. The
words say what is adverse: of p, that the fall is hardly chance (`trend_p`); of ewma and last, that it lies below its floor.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing.satisfaction import Satisfaction, satisfaction_of
from ledger_projections.metrics.figure import NONE_YET, TOO_FEW, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from ledger_projections.view import View


def satisfaction(view: View) -> Satisfaction:
    """Return the satisfaction of the client of *view*."""
    return satisfaction_of(view.standing, view.dialogue, parse_instant(view.as_of))


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of the engagement, or of the account alone."""
    found = satisfaction(view)
    few = TOO_FEW if found.n else NONE_YET
    slope = found.slope if found.s is not None else None
    values = {
        "n": (found.n, ""),
        "s": (found.s, few if found.s is None else ""),
        "p": (_decimal(found.p), few if found.p is None else "falling, hardly by chance" if found.is_falling else ""),
        "sen_90d": (slope, few if slope is None else ""),
        "ewma": (found.ewma, few if found.ewma is None else "below the floor" if found.is_low else ""),
        "last": (found.last, _words_of_last(found)),
        "direction": (None, found.direction or few),
    }
    for name, (value, words) in values.items():
        yield Figure(name, value, found.n, found.facts, words=words)


def _words_of_last(found: Satisfaction) -> str:
    if not found.n:
        return NONE_YET
    return "below the hard floor" if found.is_very_low else ""


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / value.denominator


METRIC = Metric(
    "M12",
    "Satisfaction trend",
    ("P39", "P44"),
    {
        "n": Meaning("Waves of feedback.", "waves"),
        "last": Meaning("The newest wave's score: the median of its respondents.", "of 100", "lower"),
        "direction": Meaning("Rising, falling or level, in words, from three waves on."),
        "sen_90d": Meaning("The median slope between any two waves, from four on.", "points per 90 days", "lower"),
        "s": Meaning("Pairs of waves that rise less those that fall, from four waves on.", "pairs"),
        "p": Meaning("How likely so much on that side is by chance alone.", "of 1"),
        "ewma": Meaning("The smoothed score, in which the newest weighs most, from three waves on.", "of 100", "lower"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
