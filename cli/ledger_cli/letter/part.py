"""One table of the letter: each key is asked for once, as what it must be; what nobody asked for is refused."""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed
from ledger_cli.asking.typed import money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger_cli.letter.moment import Reading
    from ledger_cli.letter.source import Source

    Steps = tuple[str | int, ...]

TEMPLATE = "engage agreed --template shows what a letter looks like."
_KINDS = {str: "text", bool: "true or false", int: "a whole number", list: "a list", dict: "a table"}


class Table:
    """A table of the letter at *path*; *reading* knows dates."""

    def __init__(self, source: Source, path: Steps, values: Mapping[str, Any], reading: Reading) -> None:
        self.source, self.path, self.values, self.reading = source, path, values, reading
        self._asked: set[str] = set()

    def error(self, key: str, what: str, advice: str = "") -> Malformed:
        """Return the refusal of the value of *key*."""
        return self.source.error((*self.path, key) if key else self.path, what, advice)

    def text(self, key: str, *, among: Sequence[str] = ()) -> str | None:
        """Return the text of *key*, one of those *among* if they are said."""
        value = self._of(key, str)
        if value is not None and not value.strip():
            raise self.error(key, "is empty.", "Fill it in, or leave the line out.")
        if among and value is not None and value not in among:
            near = get_close_matches(value, among, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise self.error(key, f'"{value}" is none of {", ".join(among)}.{hint}')
        return value  # type: ignore[no-any-return]  # a text, as was checked

    def words(self, key: str) -> list[str]:
        """Return the list of texts of *key*; nothing where it is left out."""
        found: list[str] = []
        for number, item in enumerate(self._of(key, list) or []):
            if not isinstance(item, str) or not item.strip():
                raise self.error(key, f"item {number + 1} is no text.", f'Write {key} = ["…", "…"].')
            found.append(item)
        return found

    def number(self, key: str) -> int | None:
        """Return the whole number of *key*."""
        return self._of(key, int)  # type: ignore[no-any-return]  # an int, as was checked

    def decimal(self, key: str) -> str | None:
        """Return the number of *key* as decimal text; quotes around it will do."""
        value = self.values.get(key)
        self._asked.add(key)
        if isinstance(value, bool) or not isinstance(value, (int, str, type(None))):
            raise self.error(key, f"{value} is no number.")
        return None if value is None else str(value).strip()

    def flag(self, key: str) -> bool | None:
        """Return whether *key* is true."""
        return self._of(key, bool)  # type: ignore[no-any-return]  # a bool, as was checked

    def amount(self, key: str) -> JSON | None:
        """Return the money of *key*: `"4200.00 GBP"`, or a table of amount and currency."""
        value = self.values.get(key)
        self._asked.add(key)
        if isinstance(value, dict) and set(value) == {"amount", "currency"}:
            value = f"{value['amount']} {value['currency']}"
        if value is None:
            return None
        try:
            return money(value if isinstance(value, str) else str(value))
        except Malformed as error:
            raise self.error(key, error.message, 'Write "4200.00 GBP".') from error

    def due(self, key: str) -> str | None:
        """Return the date of *key*: a day, or a time in the ledger's zone."""
        value = self.values.get(key)
        self._asked.add(key)
        if value is None:
            return None
        if isinstance(value, (str, date)):
            try:
                return self.reading.moment(value)
            except Malformed as error:
                raise self.error(key, f'"{value}" is no date.', "Write 2025-06-27 or 2025-06-27T12:00.") from error
        raise self.error(key, f"{value} is no date.", "Write 2025-06-27 or 2025-06-27T12:00.")

    def day(self, key: str) -> str | None:
        """Return the day of *key*."""
        value = self.due(key)
        if value is not None and "T" in value:
            raise self.error(key, f'"{self.values[key]}" is a time where a day is wanted.', "Write 2025-06-27.")
        return value

    def local(self, key: str) -> str | None:
        """Return the wall-clock time of *key*: 2025-06-06T17:00."""
        value = self.values.get(key)
        self._asked.add(key)
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.isoformat(timespec="minutes")
        if value is None or (isinstance(value, str) and _is_local(value)):
            return value
        raise self.error(key, f'"{value}" is no time of day on a date.', "Write 2025-06-06T17:00.")

    def table(self, key: str) -> Table | None:
        """Return the table of *key*, if it is there."""
        value = self._of(key, dict)
        return None if value is None else Table(self.source, (*self.path, key), value, self.reading)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of *key*."""
        for number, item in enumerate(self._of(key, list) or []):
            if not isinstance(item, dict):
                raise self.error(key, f"item {number + 1} is no table.", f"Write it under [[{key}]].")
            yield Table(self.source, (*self.path, key, number), item, self.reading)

    def must(self, key: str, value: JSON | None) -> Any:  # noqa: ANN401 -- the value that was asked for
        """Return *value*, which *key* must have."""
        if value is not None:
            return value
        near = get_close_matches(key, self.values.keys() - self._asked, n=1)
        if near:
            raise self.error(near[0], f'a letter has no such line here. Did you mean "{key}"?', TEMPLATE)
        raise self.error("", f'lacks "{key}".', TEMPLATE)

    def done(self) -> None:
        """Refuse what nobody asked for: a word that is spelt wrong would be lost in silence."""
        for key in self.values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                hint = f" Did you mean {near[0]}?" if near else ""
                raise self.error(key, f"a letter has no such line here.{hint}", TEMPLATE)

    def file(self, key: str) -> Path | None:
        """Return the path in *key*, seen from the folder of the letter."""
        name = self.text(key)
        return self.reading.folder / name if name else None

    def _of(self, key: str, kind: type) -> Any:  # noqa: ANN401 -- a value of *kind*
        value = self.values.get(key)
        self._asked.add(key)
        if value is not None and type(value) is not kind:
            raise self.error(key, f"{value!r} is not {_KINDS[kind]}.")
        return value


def _is_local(text: str) -> bool:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return False
    return when.tzinfo is None and when.isoformat(timespec="minutes") == text


def present(values: Mapping[str, JSON | None]) -> dict[str, JSON]:
    """Return *values* without those that were left out."""
    return {name: value for name, value in values.items() if value is not None}
