"""What a report is made from: the engagement as an excerpt of the ledger shows it, at the times that were asked for."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.errors import Refused
from ledger.names import PRACTICE
from ledger.replay import TODAY, Replay
from ledger.values import Position, Stream
from ledger_projections.log import Log
from ledger_projections.replaying.snapshot import Replayed, made_of
from ledger_projections.reports.excerpt import Excerpt
from ledger_projections.reports.withheld import withheld
from ledger_projections.sentences import BESIDE
from ledger_projections.tables import READABLE
from ledger_projections.wording import on_the_wall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.calendars import Calendar
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.standing import Known
    from ledger_projections.reports.asked import Asked
    from ledger_projections.view import View

    TableRow = dict[str, Any]


class Source:
    """An engagement as it is *asked* about; two sources of one question say the same, whatever was recorded since.

    It is made of an *excerpt* of the ledger: what is asked for, unless another is given.
    """

    def __init__(self, reader: Reader, asked: Asked, excerpt: Excerpt | None = None) -> None:
        self.asked = asked
        self.stream = Stream(f"engagement/{asked.engagement}")
        self.excerpt = excerpt_for(reader, self.stream, asked) if excerpt is None else excerpt
        self._views: dict[tuple[Replay, str], Sequence[View]] = {}
        self._rows: dict[tuple[Replay, str, str], Sequence[TableRow]] = {}

    @property
    def replay(self) -> Replay:
        """The moment of the past that was asked about; today's, if none was."""
        return Replay(self.asked.known_on, self.asked.true_on, self.asked.trust_claimed)

    @property
    def as_of(self) -> str:
        """The instant that everything is judged at: the earliest of those that were said."""
        return min(moment for moment in (self.asked.known_on, self.asked.true_on, self.asked.as_of) if moment)

    @cached_property
    def view(self) -> View:
        """What is known of the engagement, as the replay leaves it."""
        return self.seen(self.replay, self.as_of)

    @cached_property
    def now(self) -> View:
        """What is known of it at the position of the report, without any replay."""
        return self.seen(TODAY, self.asked.as_of)

    @property
    def known(self) -> Known:
        """What stands and counts, as the replay leaves it."""
        return self.view.standing

    def seen(self, replay: Replay, as_of: str) -> View:
        """Return the engagement as any *replay* of the excerpt leaves it, judged at *as_of*."""
        return self._seen(replay, as_of)[0]

    def rows(self, table: str, replay: Replay | None = None, as_of: str = "") -> Sequence[TableRow]:
        """Return the rows of *table* about the engagement, as the replay, or another *replay*, leaves them."""
        key = (self.replay if replay is None else replay, as_of or self.as_of, table)
        if key not in self._rows:
            self._rows[key] = made_of(self._seen(*key[:2]), [READABLE[table]])[table]
        return self._rows[key]

    @cached_property
    def trail(self) -> Mapping[int, TableRow]:
        """The entries that are shown, of the engagement, its account and our side, as known at the position: by number."""
        rows = self.rows("entries", TODAY, self.asked.as_of)
        return {row["position"]: row for row in rows if not self.excerpt.hides(row["position"])}

    @cached_property
    def entries(self) -> Mapping[int, TableRow]:
        """The entries of the engagement, as the replay leaves them: by number."""
        return {row["position"]: row for row in self.rows("entries")}

    @cached_property
    def calendar(self) -> Calendar:
        """The ledger's own calendar as it was then: days and times are told in its zone."""
        return self.now.practice.calendar("default", self.asked.as_of[:10])

    @property
    def alias(self) -> str:
        """What people call the engagement, else its id."""
        return self.now.alias or self.asked.engagement

    def said(self, moment: str | None) -> str:
        """Return a moment as `Fri 6 Jun 2025 09:00`, a day without a time; nothing for none."""
        if not moment:
            return ""
        if "T" not in moment:
            day = date.fromisoformat(moment)
            return f"{day:%a} {day.day} {day:%b} {day.year}"
        local = on_the_wall(parse_instant(moment), self.calendar)
        return f"{local:%a} {local.day} {local:%b} {local.year} {local:%H:%M}"

    def changed(self, first: str | None, now: str | None) -> str:
        """Return a moment that may have been corrected: both values, the first before the arrow."""
        return self.said(now) if first == now else f"{self.said(first)}\n→ {self.said(now) or 'left out'}".lstrip()

    def also(self, fact: Fact[Event]) -> str:
        """Return the words that go with *fact*, whole, in quotation marks."""
        fields = fact.event.fields
        texts = (getattr(fact.event, name) for name in BESIDE if name in fields and fields[name].erasable)
        words = next((text for text in texts if isinstance(text, str) and text), None)
        return f'"{words}"' if words else ""

    def _seen(self, replay: Replay, as_of: str) -> Sequence[View]:
        """Return the engagement, its account and our side as a *replay* leaves them: read and folded once for all tables."""
        if (replay, as_of) not in self._views:
            views = Replayed(self.excerpt, replay).views(as_of, self.asked.engagement)
            self._views[replay, as_of] = list(views)
        return self._views[replay, as_of]


def excerpt_for(reader: Reader, stream: Stream, asked: Asked) -> Excerpt:
    """Return what *asked* may see of *reader*: the entries up to its position, less what it does not name."""
    log = Log(reader, asked.position)
    state = log.engagement(stream)
    if state.opened is None:
        raise Refused(f'No engagement "{asked.engagement}" in the first {asked.position} entries.')
    streams = [stream, *([Stream(f"account/{state.account}")] if state.account else []), PRACTICE]
    out = [each for s in streams for each in withheld(log.facts(s), asked.named, private=asked.private)]
    opened = state.opened.entry.position
    if any(each.position == opened for each in out):
        raise Refused(
            f"#{opened}, which opened the engagement, is private: nothing can be shown without it.",
            advice=f"To show it all the same: --with {opened}",
        )
    return Excerpt(reader, Position(asked.position), out)
