"""What changed in a week: better or worse, and the engagements sorted by what got worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ledger_cli.week.items import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.week.items import Item, Told
    from ledger_cli.week.standing import Week

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
    """The lines of one engagement."""

    week: Week
    lines: Sequence[Line]

    @property
    def worse(self) -> int:
        """Return how many of its lines got worse."""
        return sum(line.change == "worse" for line in self.lines)

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.week.status["engagement_alias"] or self.week.status["engagement"])


def pages(now: Mapping[str, Week], then: Mapping[str, Week]) -> list[Page]:
    """Return the page of each engagement that is open, or was a week before: what got worse most, first."""
    live = (name for name, week in now.items() if _is_open(week) or _is_open(then.get(name)))
    found = [Page(now[name], list(_lines(now[name], then.get(name)))) for name in live]
    return sorted(found, key=lambda page: (-page.worse, page.name))


def _is_open(week: Week | None) -> bool:
    return week is not None and week.status["state"] != "closed"


def _lines(week: Week, before: Week | None) -> Iterator[Line]:
    for item in ITEMS:
        now, then = item.of(week), item.of(before) if before else None
        if now is not None:
            yield Line(item, now, then, _change(item, now, then, first=before is None))


def _change(item: Item, now: Told, then: Told | None, *, first: bool) -> Change:
    if then is None:
        return "" if first else "new"
    if now.value is None or then.value is None or now.value == then.value or not item.worse:
        return "changed" if now.words != then.words and item.name not in PASSES else ""
    worse = (now.value > then.value) == (item.worse == "higher")
    return "" if worse and item.name in PASSES else "worse" if worse else "better"
