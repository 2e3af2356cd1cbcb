"""What a metric is, and one number of it with the facts that it stands on (domain, part 2)."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from ledger.facts import Fact
    from ledger_projections.view import View

NONE_YET = "none yet"
"""The words of a figure of all where there is nothing that it could be of: it is None and its n 0; a count is 0."""
TOO_FEW = "too few"


class Figure(NamedTuple):
    """One figure: its *value* is None where it is undefined, and *n* says of how many things it is made.

    *words* says what a number cannot: a grade, a direction, what is missing, `too few`. *subject* is a reference, where the
    figure is of one thing.
    """

    name: str
    value: Decimal | int | bool | None
    n: int
    facts: Sequence[Fact[Any]]
    subject: str = ""
    words: str = ""


class Meaning(NamedTuple):
    """What a figure means, and the unit of its value; empty for a plain number and for what is none."""

    says: str
    unit: str = ""
    worse: Literal["", "higher", "lower"] = ""
    """In which direction it is worse; empty where neither is."""


class Metric(NamedTuple):
    """A metric by its formula's id; *figures* makes them all, of one stream, as of the instant of its view."""

    id: str
    title: str
    practices: tuple[str, ...]
    meanings: Mapping[str, Meaning]
    """Every figure's name, in the order that people read them."""
    figures: Callable[[View], Iterable[Figure]]
    streams: frozenset[str] = frozenset({"engagement"})

    @property
    def formula(self) -> str:
        """Return how it is reckoned, and where that comes from: what its module says of itself."""
        return inspect.getdoc(sys.modules[self.figures.__module__]) or ""
