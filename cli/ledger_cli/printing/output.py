"""What goes to standard output: text at once or through a pager, documents, styles; nothing that a terminal obeys."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ledger_cli.printing.safe import hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLES = {"bold": "1", "struck": "9", "red": "31", "yellow": "33", "cyan": "36"}
"""What a terminal is told (ECMA-48, 8.3.117)."""
MANY = 1_000
"""Parts of what is printed that are written at once."""
_encoded = json.JSONEncoder(ensure_ascii=False, default=str).encode
_compact = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
_PLAIN: ContextVar[bool] = ContextVar("plain", default=False)


def document(value: Any) -> None:  # noqa: ANN401 -- any JSON
    """Print one JSON document, as it is made: rows that are given one after another are not held."""
    in_pieces(_document(value))


def json_document(value: Any) -> str:  # noqa: ANN401 -- any JSON
    """Return *value* as a JSON document that people read too: a line for each thing it says, and for each row."""
    return "".join(_document(value))


def in_pieces(parts: Iterable[str]) -> None:
    """Write *parts* to standard output, many at a time."""
    rest = iter(parts)
    while some := "".join(islice(rest, MANY)):
        echo(some)


def json_text(value: Any) -> str:  # noqa: ANN401 -- any JSON
    """Return *value* as a line of JSON in which no character can act on a terminal."""
    return _harmless(_encoded(value))


class Written(str):
    """A row that is JSON already."""

    __slots__ = ()


def json_row(value: Any) -> Written:  # noqa: ANN401 -- any JSON
    """Return *value* as a compact line of JSON, one of many."""
    return written(_compact(value))


def written(text: str) -> Written:
    """Return *text*, which is JSON, as a row in which no character can act on a terminal."""
    return Written(_harmless(text))


def page(lines: Iterable[str]) -> None:
    """Print *lines*, through a pager where they are more than a terminal shows at once."""
    said: Iterator[str] = (f"{line}\n" for line in lines)
    if sys.stdout.isatty():
        shown = [*islice(said, os.get_terminal_size().lines)]
        if len(shown) == os.get_terminal_size().lines:
            import click

            os.environ.setdefault("LESS", "FRX")  # as git does: colours stay, a short text does not wait for a key
            click.echo_via_pager(chain(shown, said))
            return
        said = iter(shown)
    in_pieces(said)


def echo(text: str) -> None:
    """Write *text* to standard output, at once; what its encoding cannot say is shown by its number."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


@contextmanager
def as_in_a_file() -> Iterator[None]:
    """Fit and style nothing, wherever the output goes: what is made of one thing is always the same text."""
    token = _PLAIN.set(True)
    try:
        yield
    finally:
        _PLAIN.reset(token)


def terminal_width() -> int | None:
    """Return the width of the terminal, 80 where it says none; None where the output goes elsewhere."""
    return (os.get_terminal_size().columns or 80) if _to_terminal() else None


def styled(text: str, *styles: str) -> str:
    """Return *text* in *styles*, on a terminal that wants them (https://no-color.org)."""
    if not _to_terminal() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{';'.join(STYLES[style] for style in styles)}m{text}\x1b[0m"


def _to_terminal() -> bool:
    return sys.stdout.isatty() and not _PLAIN.get()


def _document(value: Any) -> Iterator[str]:  # noqa: ANN401 -- any JSON
    yield from _laid_out(value, "\n")
    yield "\n"


def _laid_out(value: Any, line: str) -> Iterator[str]:  # noqa: ANN401 -- any JSON
    """Yield the parts of *value* as JSON, in a *line* or more; in a list, an object that holds no other is a line.

    Thousands of rows C encodes in a quarter of the time that Python takes to indent them.
    """
    within = f"{line}  "
    match value:
        case dict() if value:
            for number, (name, part) in enumerate(value.items()):
                yield f"{',' if number else '{'}{within}{json_text(name)}: "
                yield from _laid_out(part, within)
            yield f"{line}}}"
        case [dict() | Written(), *_] | Iterator():
            number = 0
            for number, part in enumerate(value, 1):
                row = part if isinstance(part, Written) else json_row(part)
                yield f"{',' if number > 1 else '['}{within}"
                yield from (row,) if row is part or "{" not in row[1:] else _laid_out(part, within)
            yield f"{line}]" if number else "[]"
        case _:
            yield json_text(value)


def _harmless(text: str) -> str:
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    r"""Return *character* as JSON may always write it where it is hidden: `\u007f`, a pair of them beyond 16 bits."""
    if not hidden(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
