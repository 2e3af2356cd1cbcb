"""A letter on its way: what was answered so far, kept in its file after every answer, and what is still to be asked."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ledger.errors import Refused
from ledger.standing import lacking
from ledger_cli.letter.source import parse
from ledger_cli.letter.terms import PARTS
from ledger_cli.letter.writing import written

if TYPE_CHECKING:
    from pathlib import Path

    from ledger_cli.agreeing.questions import Group, Question

SAYS = ("The letter of agreement, as it was answered so far.",)


class Draft:
    """The tables and lines of a letter, kept at *path*."""

    def __init__(self, path: Path, raw: bytes | None = None) -> None:
        self.path = path
        self.content: dict[str, Any] = _plain(parse(path.name, raw).content) if raw is not None else {}

    @property
    def text(self) -> str:
        """The letter as its file holds it."""
        return written(self.content, says=SAYS)

    def keep(self) -> None:
        """Write what was answered so far, whole or not at all."""
        beside = self.path.with_name(f".{self.path.name}.new")
        try:
            beside.write_text(self.text, encoding="utf-8", newline="\n")
            os.replace(beside, self.path)
        except OSError as error:
            raise Refused(f"{self.path} cannot be written: {error.strerror}.", advice="Name another file.") from error

    def tables(self, group: Group) -> list[dict[str, Any]]:
        """Return the tables of *group* that there are."""
        above, key = self._above(group)
        found = self.content if not group.path else above.get(key)
        return found if isinstance(found, list) else [found] if found else []

    def begin(self, group: Group) -> dict[str, Any]:
        """Return an empty table of *group*, which stands in the letter from now on."""
        above, key = self._above(group, make=True)
        if not group.path:
            return self.content
        table: dict[str, Any] = {}
        if group.each:
            above.setdefault(key, []).append(table)
        else:
            above[key] = table
        return table

    def drop(self, group: Group, table: dict[str, Any]) -> None:
        """Take *table* out again, for it lacks what it needs."""
        above, key = self._above(group)
        if group.each:
            above[key] = [other for other in above[key] if other is not table]
        if group.path and not (group.each and above[key]):
            above.pop(key, None)

    def open_tables(self, group: Group) -> list[dict[str, Any]]:
        """Return the tables of *group* that lack a line they need."""
        return [table for table in self.tables(group) if any(missing(question, table) for question in group.questions)]

    def lacks(self, *, sensitive: bool) -> list[str]:
        """Return what a complete agreement has and this letter lacks so far (M17)."""
        results = [
            {**table, "result_id": table.get("id")} for table in self.content.get("scope", {}).get("results", ())
        ]
        reviews = any(table.get("kind") == "review" for table in self.content.get("cadences", ()))
        parts = [part for part in PARTS if part in self.content]
        return lacking(parts, results, reviews=reviews, sensitive=sensitive)

    def _above(self, group: Group, *, make: bool = False) -> tuple[dict[str, Any], str]:
        above, _, key = group.path.rpartition(".")
        if not above:
            return self.content, key
        return (self.content.setdefault(above, {}) if make else self.content.get(above, {})), key


def missing(question: Question, table: dict[str, Any]) -> bool:
    """Return whether *table* needs the line of *question* and has none."""
    return question.needed and question.key not in table


def _plain(value: Any) -> Any:  # noqa: ANN401 -- what TOML holds
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value
