"""Rows as they are wanted: a table for people, JSON, JSON lines or CSV for programs."""

from __future__ import annotations

import sys
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Literal

from ledger_cli.printing.again import Again, again
from ledger_cli.printing.columns import lines
from ledger_cli.printing.output import document, in_pieces, json_row, json_text, page, terminal_width
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Mode = Literal["text", "json", "jsonl", "csv"]


FORMS: Mapping[Mode, str] = {
    "json": "Print one JSON document.",
    "jsonl": "Print one JSON object a line.",
    "csv": "Print CSV; cells are safe in a spreadsheet.",
}
"""The forms for programs, and what each is."""


def listed(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options `--json`, `--jsonl` and `--csv`, gathered in its parameter `mode`."""
    return _with_forms(command, ("json", "jsonl", "csv"))


def described(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command*, whose answer is no table, the options `--json` and `--jsonl`, gathered in its parameter `mode`."""
    return _with_forms(command, ("json", "jsonl"))


def json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print *rows*, a JSON object a line."""
    in_pieces(f"{json_row(row)}\n" for row in rows)


def _with_forms(command: Callable[..., None], names: Sequence[Mode]) -> Callable[..., None]:
    import click

    def gathered(*given: Any, **options: Any) -> None:  # noqa: ANN401 -- click's options
        wanted: list[Mode] = [name for name in names if options.pop(f"as_{name}")]
        if len(wanted) > 1:
            *some, last = (f"--{name}" for name in names)
            raise click.UsageError(f"One of {', '.join(some)} and {last}, not {len(wanted)}.")
        command(*given, mode=wanted[0] if wanted else "text", **options)

    update_wrapper(gathered, command)
    for name in reversed(names):
        gathered = click.option(f"--{name}", f"as_{name}", is_flag=True, help=FORMS[name])(gathered)
    return gathered


def listing(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    mode: Mode,
    *,
    about: Any = None,  # noqa: ANN401 -- any JSON
    saying: bool = False,
) -> None:
    """Print *rows* in the way *mode* names; *about* stands beside them in a JSON document.

    For people, columns that say nothing in any row are left out where only those *saying* something are asked for.
    """
    match mode:
        case "json":
            document({**(about or {}), "rows": (_picked(row, columns) for row in rows)})
        case "jsonl":
            json_lines(_picked(row, columns) for row in rows)
        case "csv":
            _csv(rows, columns)
        case "text":
            _text(rows, columns, saying=saying)


def _text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, saying: bool) -> None:
    said: set[str] = set()

    def cells() -> Iterator[Sequence[str]]:
        for row in rows:
            said.update(name for name in columns if name not in said and row.get(name) not in (None, "", [], {}))
            yield [_cell(row.get(name)) for name in columns]

    with again(cells()) as found:
        shown = [number for number, name in enumerate(columns) if not (saying and said) or name in said]
        chosen = Again(lambda: ([row[number] for number in shown] for row in found))
        page(lines(chosen, [columns[number] for number in shown], terminal_width()))


def _picked(row: Mapping[str, Any], columns: Sequence[str]) -> Mapping[str, Any]:
    """Return *columns* of *row*: mostly it has these and no other, among hundreds of thousands."""
    return row if [*row] == columns else {name: row.get(name) for name in columns}


def _cell(value: Any) -> str:  # noqa: ANN401 -- whatever a table holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return json_text(value)
    return "" if value is None else safe(str(value))


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    import csv

    writer, to_terminal = csv.writer(sys.stdout, lineterminator="\n"), sys.stdout.isatty()
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row.get(name), to_terminal=to_terminal) for name in columns])


def _csv_cell(value: Any, *, to_terminal: bool) -> Any:  # noqa: ANN401 -- whatever a table holds
    """Return *value* as databases export it: booleans as 0 and 1, lists as JSON, nothing as nothing."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        value = json_text(value)
    if not isinstance(value, str):
        return value
    return neutral(safe(value) if to_terminal else value)


def neutral(text: str) -> str:
    """Return *text* so that a spreadsheet does not run it: what begins a formula gets an apostrophe; a number does not."""
    if text[:1].isalnum() or text[:1] in {"[", ""}:  # nearly all of millions
        return text
    from ledger_projections.neutral import neutral as harmless

    sign, number = text[:1], text[1:].replace(".", "", 1)
    return text if sign in {"+", "-"} and number.isascii() and number.isdecimal() else harmless(text)
