"""How rows and documents are printed: aligned text for people, JSON and CSV for programs, nothing that a terminal obeys."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Literal

from ledger_cli.printing.safe import hidden, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

Mode = Literal["text", "json", "jsonl", "csv"]
GAP = "  "
NARROWEST = 8
"""No column that folds gets narrower than this; a terminal with less room shows records instead of a table."""
STYLES = {"bold": "1", "struck": "9", "red": "31", "yellow": "33", "cyan": "36"}
"""What a terminal is told (ECMA-48, 8.3.117)."""
_PLAIN: ContextVar[bool] = ContextVar("plain", default=False)


def listed(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options `--json`, `--jsonl` and `--csv`, gathered in its parameter `mode`."""
    import click

    def gathered(**options: Any) -> None:  # noqa: ANN401 -- click's options
        names: tuple[Mode, ...] = ("json", "jsonl", "csv")
        wanted: list[Mode] = [name for name in names if options.pop(f"as_{name}")]
        if len(wanted) > 1:
            raise click.UsageError(f"One of --json, --jsonl and --csv, not {len(wanted)}.")
        command(mode=wanted[0] if wanted else "text", **options)

    update_wrapper(gathered, command)
    gathered = click.option("--csv", "as_csv", is_flag=True, help="Print CSV; cells are safe in a spreadsheet.")(
        gathered
    )
    gathered = click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object a line.")(gathered)
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(gathered)


def listing(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], mode: Mode, *, about: Any = None) -> None:  # noqa: ANN401 -- any JSON
    """Print *rows* in the way *mode* names; *about* stands beside them in a JSON document."""
    match mode:
        case "json":
            document({**(about or {}), "rows": [_picked(row, columns) for row in rows]})
        case "jsonl":
            for row in rows:
                echo(f"{json_text(_picked(row, columns))}\n")
        case "csv":
            _csv(rows, columns)
        case "text":
            cells = [[_cell(row.get(name)) for name in columns] for row in rows]
            page(table(cells, columns, terminal_width()))


def document(value: Any) -> None:  # noqa: ANN401 -- any JSON
    """Print one JSON document."""
    echo(f"{json_text(value, indent=2)}\n")


def json_text(value: Any, *, indent: int | None = None) -> str:  # noqa: ANN401 -- any JSON
    """Return *value* as JSON in which no character can act on a terminal."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    if text.isascii():
        return text.replace("\x7f", "\\u007f")
    return "".join(json.dumps(c)[1:-1] if c != "\n" and hidden(c) else c for c in text)


def page(lines: Sequence[str]) -> None:
    """Print *lines*, through a pager where they are more than a terminal shows at once."""
    text = "".join(f"{line}\n" for line in lines)
    if sys.stdout.isatty() and len(lines) >= os.get_terminal_size().lines:
        import click

        os.environ.setdefault("LESS", "FRX")  # as git does: colours stay, a short text does not wait for a key
        click.echo_via_pager(text)
        return
    echo(text)


def echo(text: str) -> None:
    """Write *text* to standard output, at once; what its encoding cannot say is shown by its number."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def table(
    cells: Sequence[Sequence[str]], headings: Sequence[str], width: int | None, struck: Collection[int] = ()
) -> list[str]:
    """Return the lines of a table: columns aligned, cells folded where *width* asks for it, or one record a row.

    The rows whose numbers, from 0, are *struck* are struck through.
    """
    widths = [max(map(_widest, column)) for column in zip(headings, *cells, strict=True)]
    if width is not None:
        fitted = _fitted(widths, [max(NARROWEST, cell_width(heading)) for heading in headings], width)
        if fitted is None:
            return _records(cells, headings, width, struck)
        widths = fitted if fitted == widths else _taut(zip(headings, *cells, strict=True), fitted, widths)
    lines = columns_of(headings, widths)
    for number, row in enumerate(cells):
        lines += _lined(columns_of(row, widths), struck=number in struck)
    return lines


def columns_of(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return *row* as lines, each cell at the width of its column."""
    folded = [fold(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded))):
        parts = (cell[number] if number < len(cell) else "" for cell in folded)
        lines.append(GAP.join(padded(part, width) for part, width in zip(parts, widths, strict=True)).rstrip())
    return lines


def fold(text: str, width: int) -> list[str]:
    """Return *text* in lines of at most *width* columns, broken where it is broken already, and at spaces."""
    if cell_width(text) <= width and "\n" not in text:
        return [text]  # with the spaces that it begins with
    if "\n" in text:
        return [line for part in text.split("\n") for line in fold(part, width)]
    lines, line = [], ""
    for word in text.split(" "):
        grown = f"{line} {word}" if line else word
        if cell_width(grown) <= width:
            line = grown
            continue
        lines += [line] if line else []
        *full, line = _cut(word, width)
        lines += full
    return [*lines, line]


def prose(text: str) -> list[str]:
    """Return a sentence as lines that fit the terminal."""
    width = terminal_width()
    return [text] if width is None else fold(text, max(width, NARROWEST))


def hung(text: str, indent: str = "  ", *, first: str | None = None) -> list[str]:
    """Return a sentence as lines that fit the terminal, each after *indent*, the *first* after something else if said."""
    width = terminal_width()
    lines = [text] if width is None else fold(text, max(width - len(indent), NARROWEST))
    return [(indent if first is None or number else first) + line for number, line in enumerate(lines)]


def cell_width(text: str) -> int:
    """Return how many columns of a terminal *text* takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def padded(text: str, width: int) -> str:
    """Return *text* filled with spaces to *width* columns."""
    return text + " " * (width - cell_width(text))


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


def _widest(text: str) -> int:
    return max(map(cell_width, text.split("\n")))


def _picked(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    return {name: row.get(name) for name in columns}


def _cell(value: Any) -> str:  # noqa: ANN401 -- whatever a table holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return json_text(value)
    return "" if value is None else safe(str(value))


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row.get(name)) for name in columns])


def _csv_cell(value: Any) -> Any:  # noqa: ANN401 -- whatever a table holds
    """Return *value* as databases export it: booleans as 0 and 1, lists as JSON, nothing as nothing."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        value = json_text(value)
    if not isinstance(value, str):
        return value
    return neutral(safe(value) if sys.stdout.isatty() else value)


def neutral(text: str) -> str:
    """Return *text* so that a spreadsheet does not run it: what begins a formula gets an apostrophe; a number does not."""
    from ledger_projections.neutral import neutral as harmless

    sign, number = text[:1], text[1:].replace(".", "", 1)
    return text if sign in {"+", "-"} and number.isascii() and number.isdecimal() else harmless(text)


def _fitted(widths: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """Return *widths* made to fit by narrowing the widest, none below its *least*; None where that does not fit."""
    fitted = list(widths)
    excess = sum(fitted) + len(GAP) * (len(fitted) - 1) - width
    while excess > 0:
        room = [number for number, column in enumerate(fitted) if column > least[number]]
        if not room:
            return None
        fitted[max(room, key=lambda number: fitted[number])] -= 1
        excess -= 1
    return fitted


def _lined(lines: list[str], *, struck: bool) -> list[str]:
    return [styled(line, "struck") for line in lines] if struck else lines


def _taut(columns: Iterable[Sequence[str]], fitted: Sequence[int], widest: Sequence[int]) -> list[int]:
    """Return *fitted* with the room that folded cells leave unused given to the column that lacks most."""
    used = [
        max(cell_width(line) for cell in column for line in fold(cell, n))
        for column, n in zip(columns, fitted, strict=True)
    ]
    lacking = max(range(len(used)), key=lambda number: widest[number] - used[number])
    used[lacking] += sum(fitted) - sum(used)
    return used


def _records(cells: Sequence[Sequence[str]], headings: Sequence[str], width: int, struck: Collection[int]) -> list[str]:
    name_width = max(map(cell_width, headings))
    value_width = max(NARROWEST, width - name_width - len(GAP))
    lines = []
    for number, row in enumerate(cells):
        for name, cell in zip(headings, row, strict=True):
            lines += _lined(
                columns_of((name, cell), (name_width, value_width)) if cell else [], struck=number in struck
            )
        lines.append("")
    return lines[:-1]


def _cut(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if cell_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
