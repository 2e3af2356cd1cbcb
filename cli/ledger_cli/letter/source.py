"""A TOML file whose errors know their line.

letter.toml, line 14, milestones[1].due: "2025-13-01" is no date.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_\-.\"' ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-\"'.]+)\s*=")
_WHERE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_SHORT_TIME = re.compile(r"^(\s*[\w-]+\s*=\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})(?=\s*(?:#.*)?$)", re.MULTILINE)
"""A time without seconds, which TOML has from 1.1 on and Python's reader does not know yet."""
_BAD_DATE = re.compile(r"=\s*(\d{4}-\d{2}-\d{2}\S*)")


@dataclass(frozen=True)
class Source:
    """A file's name, what it says, and the line that each of its keys stands on."""

    name: str
    content: Mapping[str, Any]
    lines: Mapping[Path, int] = field(repr=False)

    def error(self, path: Path, what: str, advice: str = "") -> Malformed:
        """Return the refusal of what stands at *path*."""
        where = shown(path)
        return Malformed(f"{self.name}, line {self.line(path)}, {where}: {what}", field=where, advice=advice)

    def line(self, path: Path) -> int:
        """Return the line of *path*, else of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(name: str, raw: bytes) -> Source:
    """Read *raw*; refuse what is no TOML with the line that says why."""
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        byte = f"{raw[error.start]:#04x}"
        raise Malformed(f"{name}, line {number}: not UTF-8 ({byte}).", advice="Save the file as UTF-8.") from error
    text = _SHORT_TIME.sub(r"\1:00", text.replace("\r\n", "\n"))
    try:
        content = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(name, text, str(error)) from error
    except RecursionError as error:
        raise Malformed(f"{name} is nested deeper than any letter is.") from error
    return Source(name, content, dict(_positions(text)))


def shown(path: Path) -> str:
    """Write *path* as people read it: `milestones[1].due`, the first being 1."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words or "the letter"


def _no_toml(name: str, text: str, said: str) -> Malformed:
    """Return the refusal of a file that is no TOML; a date that does not exist is named as what it is."""
    match = _WHERE.search(said)
    number = int(match[1]) if match else text.count("\n") + 1
    line = text.split("\n")[number - 1] if number <= text.count("\n") + 1 else ""
    if date := _BAD_DATE.search(line):
        path = next((p for p, at in _positions(text) if at == number and p), ())
        what = f'"{date[1]}" is no date.'
        where = f"{shown(path)}: " if path else ""
        return Malformed(f"{name}, line {number}, {where}{what}", field=shown(path), advice="Write 2025-06-27.")
    reason = _WHERE.sub("", said).replace(r"Illegal character '\n'", "a text is not closed with a quote")
    advice = "Text stands in quotes. engage agreed --template shows a letter."
    return Malformed(f"{name}, line {number}: no TOML: {reason}.", advice=advice)


def _positions(text: str) -> Iterator[tuple[Path, int]]:
    """Yield the path and line of every header and key that begins a line."""
    table: Path = ()
    counts: dict[Path, int] = {}
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quote:
            quote = "" if quote in line else quote
        elif header := _HEADER.match(line):
            table = _entered(header[1] == "[[", _steps(header[2]), counts)
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_steps(key[1])), number
            quote = next((q for q in ('"""', "'''") if line.count(q) == 1), "")


def _entered(repeated: bool, steps: tuple[str, ...], counts: dict[Path, int]) -> Path:
    path: Path = ()
    for depth, step in enumerate(steps, 1):
        path = (*path, step)
        if repeated and depth == len(steps):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _steps(dotted: str) -> tuple[str, ...]:
    return tuple(step.strip().strip("\"'") for step in dotted.split("."))
