"""A letter written as TOML, its lines aligned and explained in the words of the template: `read_letter` reads it again."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ledger_cli.letter.template import raw
from ledger_cli.printing.columns import cell_width
from ledger_cli.printing.safe import hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_HEADER = re.compile(r"(?:# )?\[+([a-z_.]+)\]+\s*$")
_LINE = re.compile(r"(?:# )?([a-z_]+)\s*=\s.*?(?:\s+# (.*))?$")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?")
_NUMBER = re.compile(r"(?:0|-?[1-9]\d*)(?:\.\d+)?|-?0\.\d*[1-9]\d*")
_MOMENTS = frozenset({"due", "completion", "from", "to", "until", "starts"})
_NUMBERS = frozenset({"target", "threshold", "within_hours", "effort_days", "day_cap"})
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def written(content: Mapping[str, Any], *, says: Iterable[str] = ()) -> str:
    """Return *content* as the text of a letter that begins with what it *says* of itself."""
    head = "".join(f"# {shielded(line)}\n" for line in says)
    return head + "\n" * bool(head) + "\n".join(_block("", content, first=True)) + "\n"


def in_order(path: str, table: Iterable[str]) -> list[str]:
    """Return the keys of the *table* at *path* in the order that the template has them; those it lacks come last."""
    order = [*_explained()]
    paths = {key: f"{path}.{key}".lstrip(".") for key in table}
    return sorted(paths, key=lambda key: order.index(paths[key]) if paths[key] in order else len(order))


def shielded(text: str) -> str:
    """Return *text* as TOML writes it between quotes, with what a terminal would obey as numbers."""
    return "".join(_shielded(character) for character in text)


def _block(path: str, table: Mapping[str, Any], *, repeated: bool = False, first: bool = False) -> Iterator[str]:
    """Yield the lines of a table and of what stands in it; an explanation stands before the *first* of its kind only."""
    if path:
        yield ""
        yield from (f"# {line}" for line in _explained().get(path, ()) if first)
        yield f"[[{path}]]" if repeated else f"[{path}]"
    keys = in_order(path, table)
    yield from _aligned(path, {key: table[key] for key in keys if not _is_table(table[key])}, explain=first)
    for key in keys:
        value, below = table[key], f"{path}.{key}".lstrip(".")
        if isinstance(value, dict):
            yield from _block(below, value, first=True)
        elif _is_table(value):
            for number, item in enumerate(value):
                yield from _block(below, item, repeated=True, first=number == 0)


def _aligned(path: str, lines: Mapping[str, Any], *, explain: bool) -> Iterator[str]:
    width = max(map(len, lines), default=0)
    texts = {key: f"{key:<{width}} = {_value(key, value)}" for key, value in lines.items()}
    short = [cell_width(text) for text in texts.values() if cell_width(text) < 40]
    for key, text in texts.items():
        remark = _explained().get(f"{path}.{key}".lstrip("."), ("",))[0] if explain else ""
        yield f"{text}{' ' * (max(short, default=0) - cell_width(text))}  # {remark}" if remark else text


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(key: str, value: Any) -> str:  # noqa: ANN401 -- what a line of a letter may hold
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value('', item) for item in value)}]"
    if isinstance(value, int) or (key in _NUMBERS and _NUMBER.fullmatch(value)):
        return str(value)
    return value if key in _MOMENTS and _MOMENT.fullmatch(value) else f'"{shielded(value)}"'


def _shielded(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return (f"\\u{code:04X}" if code < 65536 else f"\\U{code:08X}") if hidden(character) else character


@cache
def _explained() -> Mapping[str, Sequence[str]]:
    """Return what the template says of each table, in the lines before it, and of each line, behind it."""
    found: dict[str, Sequence[str]] = {}
    table, before = "", list[str]()
    for line in raw().splitlines():
        if header := _HEADER.fullmatch(line):
            table = header[1]
            found.setdefault(table, before)
        elif key := _LINE.fullmatch(line):
            found.setdefault(f"{table}.{key[1]}".lstrip("."), [key[2] or ""])
        before = [*before, line.removeprefix("# ")] if line.startswith("# ") and not header else []
    return found
