"""What the reading commands share: the tables now or as a replay leaves them, and names found in them.

Nothing here imports what decides or records: a question that the tables can answer costs no more than SQLite.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledger_cli.printing.times import day_end, say
from ledger_cli.reading import readable
from ledger_cli.reading.calendars import Calendars
from ledger_cli.reading.past import Past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from ledger_projections.open_time import Age
    from ledger_projections.table import Table

    from ledger.replay import Replay
    from ledger_cli.app import App

    Row = dict[str, Any]


class Reading:
    """The tables of the ledger that *app* names, as they are now or as they were; in *settle*, what grows is counted."""

    def __init__(self, app: App, asked: Past | None = None, *, settle: str = "") -> None:
        self._app, self._asked = app, asked or Past()
        self._model = app.model(settle="" if self._asked.asked else settle)
        self._replayed: dict[str, Sequence[Row]] = {}

    @property
    def looks_back(self) -> bool:
        """Whether it is not simply now: then rows are those of a replay, to which conditions in SQL say nothing."""
        return self._asked.asked

    @cached_property
    def known_on(self) -> str | None:
        """The instant up to which entries count; None for all."""
        return self.known_by(self._asked.as_known_on)

    @cached_property
    def true_on(self) -> str | None:
        """The instant up to which facts count; None for all."""
        return self.instant(self._asked.as_true_on)

    @cached_property
    def as_of(self) -> str:
        """The one instant that everything is judged at: the earlier of the two that were asked for, or now."""
        return min(moment for moment in (self.known_on, self.true_on, self._app.now) if moment)

    def known_by(self, typed: str | None) -> str | None:
        """Return the instant that *typed* lasts until; refuse one to come: nobody can say what will be known."""
        if not typed:
            return None
        from ledger_cli.asking.moments import known_by

        return known_by(typed, self._app.clock(), self.zone)

    def instant(self, typed: str | None) -> str | None:
        """Return the instant that *typed* lasts until."""
        if not typed:
            return None
        from ledger_cli.asking.moments import parse_moment

        return day_end(parse_moment(typed, self._app.clock(), self.zone), self.zone)

    def said(self, moment: str) -> str:
        """Return an instant in words; the end of a day is that day."""
        words = say(moment, self.zone)
        return words.removesuffix(" 23:59") if moment.endswith(":59.999999Z") else words

    def rows(
        self,
        table: str,
        where: Mapping[str, object] | None = None,
        *,
        order: str = "",
        more: str = "",
        columns: Sequence[str] = (),
    ) -> list[Row]:
        """Return rows of *table*, those whose columns have the values that *where* names.

        *order*, *more* conditions and which *columns* are enough concern the tables of now, which may be long.
        """
        wanted = dict(where or {})
        if table == "data_dictionary":
            described = readable.described(self._app, wanted.get("table_name"))
            return _having([*self._model.rows(table, order="rowid"), *described], wanted)
        if not self._model.keeps(table):
            return [*self.scan(table, wanted)]
        if self.looks_back:
            if table not in self._replayed:
                self._replayed[table] = self.replayed(table)[table]
            return _having(self._replayed[table], wanted)
        conditions, values = _conditions(wanted, more)
        at = self.as_of if table == "signals" else ""
        return self._model.rows(table, conditions, values, order=order, columns=columns, at=at)

    def scan(
        self, table: str, where: Mapping[str, object] | None = None, *, order: str = "", more: str = ""
    ) -> Iterator[Row]:
        """Yield what `rows` returns, one row after another where they are kept: there may be very many."""
        gathered = {"signals", "data_dictionary"}
        if table in gathered:
            yield from self.rows(table, where, order=order, more=more)
            return
        if self.looks_back or not self._model.keeps(table):
            # A table of somebody's own may look further than at one engagement.
            only = self._only(where or {}) if table in {*readable.ours()} - {*self._model.tables()} else None
            yield from _met(self.replaying(self.table(table), engagement=only), where or {})
            return
        conditions, values = _conditions(where or {}, more)
        yield from self._model.scan(table, conditions, values, order=order)

    @cached_property
    def replay(self) -> Replay:
        """What was asked for, as a replay."""
        from ledger.replay import Replay

        return Replay(self.known_on, self.true_on, self._asked.trust_claimed)

    def replayed(self, *tables: str, engagement: str | None = None) -> Mapping[str, list[Row]]:
        """Return the rows of *tables* as the replay leaves them."""
        from ledger_projections.replaying.snapshot import snapshot

        wanted = [self.table(name) for name in tables]
        return snapshot(self._app.reader, self.replay, self.as_of, wanted, engagement=engagement)

    def replaying(self, table: Table, *, engagement: str | None = None) -> Iterator[Row]:
        """Yield the rows of *table* as the replay leaves them, one after another."""
        from ledger_projections.readmodel.reread import reading_again
        from ledger_projections.replaying.snapshot import scan
        from ledger_projections.tables import TABLES

        reader = self._app.reader
        brought = None if self.looks_back else reading_again(self._model.each, TABLES.values())
        made = scan(reader, self.replay, self.as_of, [table], engagement=engagement, brought=brought)
        return (row for _, row in made)

    def kept(self, tables: Iterable[str]) -> Mapping[str, Sequence[Row]]:
        """Return all rows of *tables* as they are now, those too that no longer stand."""
        return {table: self._model.rows(table, tombstones=True) for table in tables}

    def columns(self, table: str) -> list[Row]:
        """Return what the data dictionary says of the columns of *table*."""
        return self.rows("data_dictionary", {"table_name": table})

    @property
    def tables(self) -> list[str]:
        """The names of the tables: kept, made when they are asked for, somebody's own, and those about all of them."""
        return readable.names(self._app, self._model.tables())

    def table(self, name: str) -> Table:
        """Return the table called *name*, ours or somebody's own; raise Unknown with what is near, Unsound with why."""
        return readable.find(self._app, name)

    @property
    def freshness(self) -> Row:
        """How far the tables go."""
        return self._model.freshness

    def engagement(self, name: str) -> Row:
        """Return the row of the engagement called *name*; raise Unknown with what is near."""
        name = name.removeprefix("engagement/")
        rows = self._model.rows("engagement_status")
        for row in rows:
            if name in {row["engagement"], row["engagement_alias"]}:
                return row
        from ledger.errors import Unknown, near
        from ledger_cli.asking.about import LISTED

        names = {str(row["engagement_alias"] or row["engagement"]): row for row in rows}
        raise Unknown("engagement", name, candidates=near(name, names), advice=LISTED)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the ledger's own calendar."""
        return self._calendars.zone

    def age(self, calendar: str, since: str, until: str) -> Age:
        """Return the business time from *since* to *until*, in the calendar as valid at its end."""
        return self._calendars.age(calendar, since, until)

    def _only(self, where: Mapping[str, object]) -> str | None:
        """Return the id of the one engagement that *where* names, so that no other need be read."""
        alias, own = where.get("engagement_alias"), where.get("engagement")
        if alias and not own and not self._asked.asked:  # what is called so now may once have been called otherwise
            rows = self._model.rows("engagement_status", "engagement_alias = ?", (alias,), columns=("engagement",))
            own = rows[0]["engagement"] if len(rows) == 1 else None
        return str(own) if own else None

    @cached_property
    def _calendars(self) -> Calendars:
        return Calendars(self._model.rows("calendars", order="valid_from, last_position"), self._app.now)


def _conditions(wanted: Mapping[str, object], more: str) -> tuple[str, list[object]]:
    conditions = [f"{name} IS ?" for name in wanted] + ([f"({more})"] if more else [])
    return " AND ".join(conditions), list(wanted.values())


def _having(rows: Iterable[Row], wanted: Mapping[str, object]) -> list[Row]:
    return [*_met(rows, wanted)]


def _met(rows: Iterable[Row], wanted: Mapping[str, object]) -> Iterator[Row]:
    """Yield those of *rows* whose columns have the values that are *wanted*."""
    return (row for row in rows if all(row[name] == value for name, value in wanted.items()))
