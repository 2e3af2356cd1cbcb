"""What a metric is, and one number of it with the facts that it stands on (domain, part 2)."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any, Literal

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from ledger.facts import Fact
    from ledger_projections.portfolio.gathered import Gathered
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


class Total(NamedTuple):
    """One figure over several streams: made of *rows* that they brought, it names the entries at some *positions* (ADR 22)."""

    name: str
    value: Decimal | int | None
    n: int
    stream: str
    whose: Mapping[str, Any]
    positions: Iterable[int]
    rows: Collection[dict[str, Any]]
    subject: str = ""
    words: str = ""
    through: str = ""
    """The figures of the same metric that name the rest of the entries, where all would be too many."""


class Meaning(NamedTuple):
    """What a figure means, and the unit of its value; empty for a plain number and for what is none."""

    says: str
    unit: str = ""
    worse: Literal["", "higher", "lower"] = ""
    """In which direction it is worse; empty where neither is."""


class Metric(NamedTuple):
    """A metric by its formula's id; *figures* makes them all, of one stream, as of the instant of its view.

    What stands on several streams *over_all* makes.
    """

    id: str
    title: str
    practices: tuple[str, ...]
    meanings: Mapping[str, Meaning]
    """Every figure's name, in the order that people read them."""
    figures: Callable[[View], Iterable[Figure]]
    streams: frozenset[str] = frozenset({"engagement"})
    over_all: Callable[[Gathered], Iterable[Total]] | None = None

    @property
    def formula(self) -> str:
        """Return how it is reckoned, and where that comes from: what its module says of itself."""
        return inspect.getdoc(sys.modules[(self.over_all or self.figures).__module__]) or ""


def of_no_stream(view: View) -> Iterable[Figure]:
    """Return nothing: what is made over all has no figures of one stream."""
    return ()
