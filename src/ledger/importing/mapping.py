"""The mapping of a table to events, written in TOML; docs/importing.md explains each part with the same example.

[says]
occurred = "2019-09-30"
claimedtime = "2019-09-30"

[columns]
name = "project_name"
end_date = { column = "end_date", type = "day", formats = ["%d.%m.%y"], century = 2000 }

[engagement]
alias = "{name|slug}"

[stated.milestone]
id = "M1"
due = "{end_date}"
title = "Project end"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger.errors import LedgerError, Malformed, near
from ledger.events import type_named
from ledger.importing.columns import READERS, Column, NotGiven
from ledger.importing.templates import check_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.canonical import JSON

PARTS: AnyMapping[str, tuple[str, ...]] = {
    "file": ("encoding", "delimiter"),
    "says": ("occurred", "aware", "claimedtime", "claimedactor", "party", "visibility"),
    "not_given": ("values", "patterns"),
    "columns": (),
    "account": ("alias", "name", "kind", "market", "key"),
    "engagement": ("alias", "title", "correlationid", "sensitive"),
    "renamed": (),
    "stated": ("milestone",),
    "event": (),
}
"""The tables of a mapping, and the keys of each; those without are free."""
OF_COLUMN = ("column", "type", "formats", "century", "currency", "words", "required", "not_given")
OF_MILESTONE = ("id", "due", "title")
OF_EVENT = ("type", "subject", "data", "when", "occurred", "aware")


@dataclass(frozen=True, slots=True)
class Statement:
    """A date that each row states of a milestone."""

    milestone_id: str
    due: str
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    """An event that each row makes, if the column *when* says something."""

    type: str
    subject: str
    data: AnyMapping[str, JSON]
    when: str | None = None
    occurred: str | None = None
    aware: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says."""

    columns: AnyMapping[str, Column]
    says: AnyMapping[str, str] = field(default_factory=dict)
    account: AnyMapping[str, JSON] = field(default_factory=dict)
    engagement: AnyMapping[str, JSON] = field(default_factory=dict)
    renamed: AnyMapping[str, str] = field(default_factory=dict)
    """The old alias of an engagement by its new one."""
    stated: Statement | None = None
    events: Sequence[Rule] = ()
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def reporting(self) -> str:
        """The day the file speaks of: part of what makes a row an original."""
        return self.says.get("claimedtime") or self.says.get("occurred") or ""


def parse_mapping(text: str) -> Mapping:
    """Return the mapping that *text* holds; refuse what it cannot mean, naming table and key."""
    try:
        parts = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Malformed(f"The mapping is no TOML: {error}.") from error
    _check_parts(parts)
    columns = _columns(parts)
    templates = {name: parts.get(name, {}) for name in ("says", "account", "engagement")}
    for name, table in templates.items():
        check_template(table, columns, f"[{name}]")
    return Mapping(
        columns,
        says=templates["says"],
        account=templates["account"],
        engagement=templates["engagement"],
        renamed=parts.get("renamed", {}),
        stated=_stated(parts, columns),
        events=[_rule(number, table, columns) for number, table in enumerate(parts.get("event", []), 1)],
        **parts.get("file", {}),
    )


def _check_parts(parts: AnyMapping[str, Any]) -> None:
    _check_keys("The mapping", parts, tuple(PARTS), required=("columns",))
    for name, table in parts.items():
        if name == "event":
            if not (isinstance(table, list) and all(isinstance(one, dict) for one in table)):
                raise Malformed("[[event]] is a list of tables: write it in double brackets.", field="event")
        elif not isinstance(table, dict):
            raise Malformed(f"[{name}] is a table, not {table!r}.", field=name)
        elif PARTS[name]:
            _check_keys(f"[{name}]", table, PARTS[name])
    if "engagement" in parts:
        _check_keys("[engagement]", parts["engagement"], PARTS["engagement"], required=("alias",))
    if "account" in parts:
        _check_keys("[account]", parts["account"], PARTS["account"], required=("alias",))
    for name in ("file", "says", "renamed"):
        for key, value in parts.get(name, {}).items():
            _check_text(f"[{name}] {key}", value)


def _check_keys(where: str, table: object, known: tuple[str, ...], required: Sequence[str] = ()) -> None:
    if not isinstance(table, dict):
        raise Malformed(f"{where} is a table, not {table!r}.")
    for name in required:
        if name not in table:
            raise Malformed(f"{where} lacks {name}.", field=name, advice=f"It may have {', '.join(known)}.")
    for name in table:
        if name not in known:
            like = near(name, dict.fromkeys(known))
            hint = f" Did you mean {like[0]}?" if like else ""
            raise Malformed(f'{where} has no "{name}".{hint}', field=name, advice=f"It may have {', '.join(known)}.")


def _check_text(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{where} is text in quotes, not {value!r}.", field=where)
    return value


def _columns(parts: AnyMapping[str, Any]) -> dict[str, Column]:
    table, everywhere = parts["columns"], _not_given("[not_given]", parts.get("not_given", {}))
    return {name: _column(name, given, everywhere) for name, given in table.items()}


def _column(name: str, given: object, everywhere: NotGiven) -> Column:
    where = f"[columns] {name}"
    if isinstance(given, str):
        return Column(name, given, not_given=everywhere)
    _check_keys(where, given, OF_COLUMN, required=("column",))
    table: dict[str, Any] = dict(given)  # type: ignore[call-overload]  # a table: it was checked
    _check_text(f"{where}.column", table["column"])
    if table.get("type", "line") not in READERS:
        raise Malformed(f"{where}: no type {table['type']!r}.", field=where, advice=f"There are {', '.join(READERS)}.")
    own = table.pop("not_given", None)
    if not isinstance(table.get("century", 0), int) or table.get("century", 0) % 100:
        raise Malformed(f"{where}.century is a year such as 2000, not {table['century']!r}.", field=where)
    if table.get("type") == "money" and not isinstance(table.get("currency"), str):
        raise Malformed(f"{where}: money lacks its currency.", field=where, advice='currency = "GBP"')
    return Column(name, **table, not_given=everywhere if own is None else _not_given(where, own))


def _not_given(where: str, table: object) -> NotGiven:
    if isinstance(table, list):
        table = {"values": table}
    _check_keys(where, table, PARTS["not_given"])
    lists: AnyMapping[str, Any] = table  # type: ignore[assignment]  # a table: it was checked
    for name, values in lists.items():
        if not (isinstance(values, list) and all(isinstance(value, str) for value in values)):
            raise Malformed(f"{where} {name} is a list of texts.", field=name)
    try:
        patterns = tuple(re.compile(pattern) for pattern in lists.get("patterns", ()))
    except re.error as error:
        raise Malformed(f"{where}: a pattern is no regular expression: {error}.", field="patterns") from error
    return NotGiven(frozenset(lists.get("values", ())), patterns)


def _stated(parts: AnyMapping[str, Any], columns: AnyMapping[str, Column]) -> Statement | None:
    table = parts.get("stated", {}).get("milestone")
    if table is None:
        return None
    where = "[stated.milestone]"
    _check_keys(where, table, OF_MILESTONE, required=OF_MILESTONE)
    if "engagement" not in parts or not str(parts.get("says", {}).get("occurred", "")):
        raise Malformed(f"{where} needs [engagement], and [says] occurred: the day the file speaks of.", field="stated")
    for name in OF_MILESTONE:
        check_template(_check_text(f"{where} {name}", table[name]), columns, where)
    return Statement(table["id"], table["due"], table["title"])


def _rule(number: int, table: AnyMapping[str, Any], columns: AnyMapping[str, Column]) -> Rule:
    where = f"[[event]] {number}"
    _check_keys(where, table, OF_EVENT, required=("type", "subject", "data"))
    try:
        event_type = type_named(_check_text(f"{where} type", table["type"]))
    except LedgerError as error:
        raise Malformed(f"{where}: {error.message}", field="type", advice=error.advice) from error
    if event_type.governs:
        raise Malformed(f"{where}: {event_type.short_name} governs the ledger: no file sets it.", field="type")
    if not isinstance(table["data"], dict):
        raise Malformed(f"{where} data is a table.", field="data")
    check_template(dict(table), columns, where)
    if "when" in table and table["when"] not in columns:
        raise Malformed(f'{where}: when names no column of [columns]: "{table["when"]}".', field="when")
    return Rule(**table)
