"""What differs between two versions of a letter: for people line by line, for AmendmentProposed field by field (P10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger import canonical
from ledger.values.named import NamedTuple
from ledger_cli.letter.writing import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger_cli.letter.said import Fields

_NOT_TERMS = frozenset(
    {"version", "amends", "drafted_by", "document_sha256", "parts", "evidence", "evidence_count", "note"}
)
"""Fields of AgreementDrafted that are about the draft, not about what is agreed."""
PROMISES = ("milestones", "obligations", "cadences", "contacts")
"""Tables of a letter that events of their own record, not AgreementDrafted."""
_NAMES = ("id", "on", "result", "kind", "name")
"""What tells the tables of a list apart."""


class Difference(NamedTuple):
    """A line of the letter, and what stands there in either version; nothing where it stands in one of them only."""

    where: str
    before: str
    after: str


def changed_fields(before: Fields, after: Fields) -> list[JSON]:
    """Return the Changes from one AgreementDrafted to another: each field with its value in force before."""
    sides = (("before", before), ("after", after))
    return [
        {"path": f"data.{name}", **{side: _json(fields[name]) for side, fields in sides if name in fields}}
        for name in sorted({*before, *after} - _NOT_TERMS)
        if before.get(name) != after.get(name)
    ]


def changed_lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return the lines of the seven parts that differ between the contents of two letters."""
    left_out = {*PROMISES, "drafted_by", "erased"}
    old, new = ({key: value for key, value in letter.items() if key not in left_out} for letter in (before, after))
    return list(_tables("", old, new))


def all_lines(letter: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield every line of the content of a letter, as its file has them; each of a list of tables on one line."""
    for key in in_order("", letter):
        value = letter[key]
        yield from _tables(key, {}, value) if isinstance(value, dict) else _values(key, None, value)


def _tables(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        yield from _values(f"{path}.{key}".lstrip("."), before.get(key), after.get(key))


def _values(where: str, before: Any, after: Any) -> Iterator[Difference]:  # noqa: ANN401 -- what stands in a letter
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _tables(where, before, after)
    elif isinstance(before, list) or isinstance(after, list):
        yield from _lists(where, before or [], after or [])
    else:
        yield Difference(where, _text(before), _text(after))


def _lists(where: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    if any(isinstance(item, dict) for item in (*before, *after)):
        old, new = _by_name(before), _by_name(after)
        for name in dict.fromkeys([*old, *new]):
            yield from _values(f"{where}[{name}]", old.get(name), new.get(name))
        return
    gone, come = ([item for item in these if item not in those] for these, those in ((before, after), (after, before)))
    if not gone and not come:  # in another order, or more often
        yield Difference(where, _text(before), _text(after))
    yield from (Difference(where, _text(item), "") for item in gone)
    yield from (Difference(where, "", _text(item)) for item in come)


def _by_name(tables: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for table in tables:
        name = str(next(table[key] for key in _NAMES if key in table))
        often = sum(other.partition(", ")[0] == name for other in found)
        found[f"{name}, {often + 1}" if often else name] = table
    return found


def _text(value: Any) -> str:  # noqa: ANN401 -- what stands in a line, or in a table that is all new or gone
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(said)}" for key, said in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return "" if value is None else str(value)


def _json(value: JSON) -> str:
    return canonical.encode({"value": value}).decode()[len('{"value":') : -1]
