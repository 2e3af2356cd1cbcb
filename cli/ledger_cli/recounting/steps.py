"""What there is to see of an engagement entry by entry: its clocks, who recorded it, its grade, what it changed, old → new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.differing import SUBJECTS, TABLES, Trail
from ledger_projections.differing.privacy import shown
from ledger_projections.replaying.growing import Growing, Histories
from ledger_projections.replaying.walking import Walk

from ledger.errors import Refused, Unknown
from ledger.replay import as_known_on
from ledger_cli.asking.entries import entry_named
from ledger_cli.in_words.changes import label, lag_words, value_words
from ledger_cli.printing.columns import fold
from ledger_cli.printing.output import styled, terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import brief, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.differing import Cause, Field
    from ledger_projections.replaying.walking import Moved

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_cli.app import App
    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]

WIDEST = 10_000
SOON = 0.05
"""Hours that are said to be none."""


class Steps:
    """The entries of one engagement, its account and our side, each with what it changed."""

    def __init__(self, app: App, reading: Reading, engagement: str, *, private: bool) -> None:
        self._app, self._reading, self._private = app, reading, private
        histories = Histories.read(app.reader, engagement)
        entries = histories.ordered()
        if reading.known_on:
            entries = as_known_on(entries, reading.known_on, trust_claimed=reading.replay.trust_claimed)
        self.walk = Walk(histories, list(TABLES.values()), entries, true_on=reading.true_on)
        views = Growing(histories, histories.ordered()).views(reading.as_of)
        self._trails = {view.stream: Trail(view) for view in views}

    def between(self, first: str | None, last: str | None) -> range:
        """Return which of the entries stand from *first* to *last*, as somebody names them."""
        low = entry_named(self._app, first).position if first else 0
        high = entry_named(self._app, last).position if last else self._app.reader.head()
        numbers = [n for n, fact in enumerate(self.walk.entries) if low <= fact.entry.position <= high]
        if not numbers:
            raise Refused(f"Nothing of this engagement stands from #{low} to #{high}.", advice="engage log ENGAGEMENT")
        return range(numbers[0], numbers[-1] + 1)

    def numbered(self, word: str) -> int:
        """Return which of the entries has the position that *word* says; the next one, if it is another's."""
        position = int(word.removeprefix("#")) if word.removeprefix("#").isdecimal() and len(word) < 16 else 0
        found = next((n for n, fact in enumerate(self.walk.entries) if fact.entry.position >= position > 0), None)
        if found is None:
            raise Unknown("entry", word, advice="g and a number of this engagement, as in: g 16")
        return found

    def lines(self, number: int) -> Iterator[str]:
        """Yield what there is to see of an entry."""
        fact = self.walk.entries[number]
        cause = self._trails[fact.entry.stream].cause(fact)
        if self._hides(cause.visibility):
            yield f"#{cause.position}  an entry that is private: --private shows it"
            return
        withdrawn = self._is_withdrawn(fact)
        for line in _folded(f"#{cause.position}  {safe(cause.what)}", ""):
            yield styled(line, "struck" if withdrawn else "bold")
        yield from ["  (withdrawn since)"] if withdrawn else []
        yield from _folded(" · ".join(self._marks(fact, cause)), "  ")
        changes = list(self._changes(number))
        yield from changes or ["  changes nothing that the tables show"]

    def written(self, number: int) -> dict[str, Any]:
        """Return an entry and what it changed, for programs."""
        fact = self.walk.entries[number]
        cause = self._trails[fact.entry.stream].cause(fact)
        if self._hides(cause.visibility):
            return {"position": cause.position, "visibility": cause.visibility, "withheld": True}
        clocks = {"occurred": fact.occurred, "aware": fact.aware, "claimedtime": fact.entry.text("claimedtime")}
        moved = [self._moved(each) for each in self._moves(number)[0]]
        return {**cause.written(), **clocks, "withdrawn": self._is_withdrawn(fact), "changes": moved}

    def _marks(self, fact: Fact[Event], cause: Cause) -> Iterator[str]:
        zone = self._reading.zone
        yield f"recorded {say(cause.recorded, zone)} by {safe(cause.actor_name or cause.actor)}"
        for name, moment in (("happened", fact.occurred), ("known", fact.aware)):
            if moment:
                yield f"{name} {brief(moment, zone, cause.recorded, weekday=True)}"
        if fact.entry.party == "client":
            yield "of the client's own knowledge"
        if cause.grade and cause.lag_hours is not None:
            late = f"{lag_words(float(cause.lag_hours))} after: " if cause.lag_hours and cause.lag_hours >= SOON else ""
            yield f"{late}grade {cause.grade}"
        if cause.after_dispute:
            yield f"after dispute {', '.join(cause.disputes)}"
        if cause.reason:
            yield f'"{safe(cause.reason)}"'
        for file in cause.evidence:
            yield f"evidence sha256 {file['sha256'][:12]}…"

    def _moves(self, number: int) -> tuple[list[Moved], int]:
        """Return the rows that an entry moved and that may be shown, and how many may not."""
        every = self.walk.step(number).moved
        if self._private:
            return list(every), 0
        sides = [(moved, [side and shown(side) for side in (moved.then, moved.now)]) for moved in every]
        kept = [
            moved._replace(then=then, now=now)
            for moved, (then, now) in sides
            if (then is None) == (moved.then is None) and (now is None) == (moved.now is None)
        ]
        return kept, len(every) - len(kept)

    def _changes(self, number: int) -> Iterator[str]:
        moves, hidden = self._moves(number)
        for moved in moves:
            subject, row = SUBJECTS[moved.table], moved.now or moved.then or {}
            fields = [field for field in subject.fields if _is_told(field, moved)]
            if fields or moved.then is None or moved.now is None:
                yield from _folded(f"{safe(subject.title(row))}{_came(moved)}", "  ")
            for field in fields:
                yield from _folded(f"{label(field, row)}: {self._both(field, moved)}", "    ")
        if hidden:
            yield f"  and {hidden} private {'row' if hidden == 1 else 'rows'}"

    def _both(self, field: Field, moved: Moved) -> str:
        sides = [value_words(self._reading, field, row) for row in (moved.then, moved.now) if row is not None]
        return " → ".join(sides)

    def _moved(self, moved: Moved) -> dict[str, Any]:
        subject, row = SUBJECTS[moved.table], moved.now or moved.then or {}
        return {
            "table": moved.table,
            "subject": subject.title(row),
            "fields": {
                field.column: [side and side[field.column] for side in (moved.then, moved.now)]
                for field in subject.fields
                if field.of(moved.then) != field.of(moved.now)
            },
        }

    def _is_withdrawn(self, fact: Fact[Event]) -> bool:
        return self._trails[fact.entry.stream].facts[fact.entry.id].withdrawn

    def _hides(self, visibility: str) -> bool:
        return visibility != "shared" and not self._private


def _is_told(field: Field, moved: Moved) -> bool:
    """Return whether a field changed; of a row that is new or gone, whether it says anything."""
    if moved.then is None or moved.now is None:
        row = moved.now or moved.then or {}
        return row[field.column] not in (None, [], False, 0)
    return field.of(moved.then) != field.of(moved.now)


def _folded(words: str, indent: str) -> Iterator[str]:
    width = max((terminal_width() or WIDEST) - len(indent), 20)
    yield from (f"{indent}{line}" for line in fold(words, width))


def _came(moved: Moved) -> str:
    return "  (new)" if moved.then is None else "  (no longer there)" if moved.now is None else ""
