"""From the rows of a table to drafts, as its mapping says: the account, the engagement, what the row states."""

from __future__ import annotations

import json
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from ledger.drafts import Draft, Source
from ledger.errors import LedgerError, Malformed, Refused
from ledger.importing.account import RefusedRow, Row
from ledger.importing.engagements import Engagements
from ledger.importing.repeats import Repeats
from ledger.importing.templates import fill, fill_text
from ledger.restating import restate
from ledger.values.slugs import own_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.importing.account import Unplanned
    from ledger.importing.mapping import Mapping, Rule, Statement
    from ledger.importing.tables import Cells, Table
    from ledger.service import Ledger

_TOGETHER = 1_000
"""Rows of which the ledger is asked in one go whether it has seen them."""
OF_ACCOUNT, OF_ENGAGEMENT, OF_STATEMENT, OF_EVENTS = 0, 1, 2, 3
"""Which entry of its row each is: the same whatever else the row makes, so that a mapping can grow."""


@dataclass(frozen=True, slots=True)
class Read:
    """A row as the mapping reads it: its name, its original, how many equal ones came before, its values."""

    where: str
    original: bytes
    repeat: int
    values: AnyMapping[str, JSON | None]

    def source(self, part: int) -> Source:
        """Return the source of an entry made of it."""
        return Source(self.original, self.repeat, part)


class Planner:
    """Makes drafts of the rows of *table* as *mapping* says, against what stands in *ledger*."""

    def __init__(self, ledger: Ledger, table: Table, mapping: Mapping) -> None:
        self._ledger, self._table, self._mapping = ledger, table, mapping
        self._places = {name: table.column(column.column) for name, column in mapping.columns.items()}
        self.notes: dict[str, None] = {}
        """What somebody should look at, each said once."""

    def __iter__(self) -> Iterator[Read | Row | RefusedRow]:
        with Repeats() as repeats:
            for cells in self._table:
                yield self._read(cells, repeats)

    def plan(self, rows: Iterable[Unplanned]) -> Iterator[Row | RefusedRow]:
        """Yield the drafts of *rows*, made anew from what the ledger says now."""
        by_number = "correlationid" in self._mapping.engagement
        engagements = Engagements(self._ledger.journal, by_number=by_number)
        left = iter(rows)
        while some := list(islice(left, _TOGETHER)):
            seen = self._seen([row for row in some if isinstance(row, Read)])
            for row in some:
                if isinstance(row, Read):
                    yield self._planned(row, engagements, seen.get(row.where, set()))
                elif isinstance(row, Row):
                    yield row

    def _read(self, cells: Cells, repeats: Repeats) -> Read | Row | RefusedRow:
        if cells.blank:
            return Row(cells.where, left_out="blank")
        try:
            values = self._values(cells)
        except LedgerError as error:
            return RefusedRow(cells.where, error)
        original = json.dumps([self._mapping.reporting, *cells.values]).encode()
        return Read(cells.where, original, repeats.count(original), values)

    def _values(self, cells: Cells) -> AnyMapping[str, JSON | None]:
        if len(cells.values) != len(self._table.names):
            raise Refused(f"{len(cells.values)} cells, where the header has {len(self._table.names)}.")
        return {name: self._mapping.columns[name].read(cells.values[at]) for name, at in self._places.items()}

    def _seen(self, rows: Sequence[Read]) -> dict[str, set[int]]:
        """Return which parts of which rows were recorded by an import before."""
        parts = range(OF_STATEMENT, OF_EVENTS + len(self._mapping.events))
        keys = {self._ledger.sourcekey(row.source(part)): (row.where, part) for row in rows for part in parts}
        seen: dict[str, set[int]] = {}
        for where, part in (keys[key] for key in self._ledger.journal.seen(list(keys))):
            seen.setdefault(where, set()).add(part)
        return seen

    def _planned(self, row: Read, engagements: Engagements, seen: set[int]) -> Row | RefusedRow:
        drafting = _Drafting(row, self._mapping, engagements, self.notes)
        try:
            drafts = [draft for part, draft in drafting.drafts(seen) if part not in seen]
        except LedgerError as error:
            return RefusedRow(row.where, error)
        return Row(row.where, drafts, already=bool(seen))


class _Drafting:
    """The drafts of one row."""

    def __init__(self, row: Read, mapping: Mapping, engagements: Engagements, notes: dict[str, None]) -> None:
        self._row, self._mapping, self._engagements, self._notes = row, mapping, engagements, notes
        self._says: dict[str, Any] = {
            name: filled for name, text in mapping.says.items() if (filled := fill_text(text, row.values))
        }
        number = mapping.engagement.get("correlationid")
        self._number = fill_text(str(number), row.values) if number else None

    def drafts(self, seen: set[int]) -> Iterator[tuple[int, Draft]]:
        """Yield the drafts with the part of the row each is; what was *seen* before states nothing anew."""
        account, alias = self._alias(self._mapping.account), self._alias(self._mapping.engagement)
        if account and self._engagements.opens("account", account):
            yield self._opening("account", account, OF_ACCOUNT, {"kind": "organisation", "name": account})
        if alias:
            alias = self._found(alias)
            if self._engagements.opens("engagement", alias):
                yield self._opening("engagement", alias, OF_ENGAGEMENT, {"account": account} if account else {})
            if self._mapping.stated and OF_STATEMENT not in seen:
                yield from self._stated(alias, self._mapping.stated)
        subjects = {"account": f"account/{account}", "engagement": f"engagement/{alias}"}
        for part, rule in enumerate(self._mapping.events, OF_EVENTS):
            if rule.when is None or self._row.values[rule.when] is not None:
                yield part, self._event(rule, subjects.get(rule.subject, rule.subject), part)

    def _alias(self, says: AnyMapping[str, JSON]) -> str | None:
        """Return the alias that a part of the mapping gives the row; None for a part that is not there."""
        if not says:
            return None
        alias = fill_text(str(says["alias"]), self._row.values)
        if not alias:
            raise Malformed(f'No alias comes of "{says["alias"]}".', advice="Name a column that every row fills.")
        return alias

    def _found(self, alias: str) -> str:
        """Return the alias of the engagement the row is about: known by its number, its old name, or its name."""
        alias = {own_slug(new): own_slug(old) for new, old in self._mapping.renamed.items()}.get(alias, alias)
        known = self._engagements.numbered(self._number) if self._number else None
        if known and known != alias and not self._engagements.missing("engagement", alias):
            raise Refused(
                f'The number {self._number} is that of engagement "{known}", the name that of "{alias}".',
                advice="Say in [renamed] which it is.",
            )
        if known is None and (like := self._engagements.resembling(alias)):
            self._notes[f'{self._row.where}: "{alias}" is new; it resembles "{like}". If it is that: [renamed].'] = None
        return known or alias

    def _opening(self, kind: str, alias: str, part: int, rest: AnyMapping[str, JSON]) -> tuple[int, Draft]:
        says = self._mapping.account if kind == "account" else self._mapping.engagement
        filled = {name: fill(value, self._row.values) for name, value in says.items() if name != "correlationid"}
        data = {**rest, **{name: value for name, value in filled.items() if value is not None}, "alias": alias}
        if kind == "engagement" and "account" not in data:
            raise Malformed("The mapping lacks [account]: an engagement is opened for an account.")
        return part, self._draft(f"{kind}-opened", f"{kind}/{alias}", data, part)

    def _stated(self, alias: str, stated: Statement) -> Iterator[tuple[int, Draft]]:
        """Yield what the row's date amounts to; nothing where it is not given."""
        values = self._row.values
        milestone_id, due, title = (fill_text(t, values) for t in (stated.milestone_id, stated.due, stated.title))
        if milestone_id and due and title:
            now = self._engagements.standing(alias, milestone_id, self._says["occurred"][:10])
            restated = restate(now, milestone_id, due, title)
            self._engagements.now_stands(alias, milestone_id, restated.after)
            draft = self._draft(restated.type, f"engagement/{alias}", restated.data, OF_STATEMENT)
            yield OF_STATEMENT, draft._replace(party=restated.party) if restated.party else draft

    def _event(self, rule: Rule, subject: str, part: int) -> Draft:
        data = fill(rule.data, self._row.values)
        draft = self._draft(rule.type, subject, data if isinstance(data, AnyMapping) else {}, part)
        own = {"occurred": rule.occurred, "aware": rule.aware}
        stated: dict[str, Any] = {name: fill_text(text, self._row.values) for name, text in own.items() if text}
        return draft._replace(**stated)

    def _draft(self, event_type: str, subject: str, data: AnyMapping[str, JSON], part: int) -> Draft:
        number = self._number if subject.startswith("engagement/") else None
        return Draft(event_type, subject, data, source=self._row.source(part), correlationid=number, **self._says)
