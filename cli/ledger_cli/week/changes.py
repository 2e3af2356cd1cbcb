"""What changed in a week: better or worse, and the engagements sorted by what got worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.values.named import NamedTuple
from ledger_cli.week.items import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger_cli.week.items import Item, Told
    from ledger_cli.week.standing import Standing

Change = Literal["worse", "better", "changed", "new", ""]
PASSES = frozenset({"last contact", "plan valid for"})
"""What gets worse by a week with each week that passes: no news by itself."""


class Line(NamedTuple):
    """One line of an engagement: what is so, what was so a week before, and what that means."""

    item: Item
    now: Told
    then: Told | None
    change: Change


class Page(NamedTuple):
    """The lines of one engagement; it *is new* where it was not known a week before."""

    engagement: str
    alias: str | None
    is_open: bool
    is_new: bool
    lines: Sequence[Line]

    @property
    def worse(self) -> int:
        """Return how many of its lines got worse."""
        return sum(line.change == "worse" for line in self.lines)

    @property
    def is_quiet(self) -> bool:
        """Whether it stands as it stood."""
        return not self.is_new and not any(line.change for line in self.lines)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.alias or self.engagement


def pages(stood: Iterable[tuple[Standing | None, Standing]]) -> list[Page]:
    """Return the page of each engagement that is open, or was a week before: what got worse most, first.

    Of each, *stood* has where it stood then, if there was one, and where it stands now.
    """
    live = ((now, then) for then, now in stood if _is_open(now) or _is_open(then))
    found = [
        Page(now.engagement, now.alias, _is_open(now), then is None, list(_lines(now, then))) for now, then in live
    ]
    return sorted(found, key=lambda page: (-page.worse, page.name))


def _is_open(standing: Standing | None) -> bool:
    return standing is not None and standing.state != "closed"


def _lines(standing: Standing, before: Standing | None) -> Iterator[Line]:
    for item in ITEMS:
        now, then = standing.told[item.name], before.told[item.name] if before else None
        if now is not None:
            yield Line(item, now, then, _change(item, now, then, first=before is None))


def _change(item: Item, now: Told, then: Told | None, *, first: bool) -> Change:
    if then is None:
        return "" if first else "new"
    if now.value is None or then.value is None or now.value == then.value or not item.worse:
        return "changed" if now.words != then.words and item.name not in PASSES else ""
    worse = (now.value > then.value) == (item.worse == "higher")
    return "" if worse and item.name in PASSES else "worse" if worse else "better"
