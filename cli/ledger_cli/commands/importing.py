"""`import`: JSON lines and tables made by others, every line accounted for."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from ledger.errors import Refused
from ledger_cli.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.importing import Counts
    from ledger.importing.recording import Plan, Rows
    from ledger.service import Ledger
    from ledger_cli.app import App

LONG = 5_000_000
"""Bytes from which on a file is long work, and shows its progress."""
SPOOLED = 8_000_000
"""Bytes of a pipe that are kept in memory; more go to a file."""
_DRY = click.option("--dry-run", is_flag=True, help="Say what would be recorded and refused; record nothing.")
_KEEP = click.option("--keep-going", is_flag=True, help="Record what can be recorded, and name what cannot.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("import")
def import_() -> None:
    """Bring in what others wrote; importing a file again adds nothing.

    \b
    engage import jsonl old-ledger.jsonl
    engage import csv portfolio.csv --map portfolio.toml --dry-run
    """


@import_.command("jsonl")
@click.argument("file")
@_DRY
@_KEEP
@_JSON
@click.pass_obj
def jsonl(app: App, file: str, *, dry_run: bool, keep_going: bool, as_json: bool) -> None:
    """Import events, one JSON object a line; - reads from a pipe.

    All or none, at most 100,000 lines; with --keep-going every line that can be recorded, however many.

    \b
    engage import jsonl old-ledger.jsonl
    engage export northwind --jsonl | engage --ledger other import jsonl -
    engage import jsonl huge.jsonl --keep-going
    """
    from ledger.importing import JsonLines, as_they_are

    ledger = app.ledger_for("import")
    with _reading(file) as source:
        counts = _record(ledger, source, JsonLines(source), as_they_are, dry_run=dry_run, keep_going=keep_going)
    _say(app, file, counts, f"{counts.rows:,} lines", dry_run=dry_run, as_json=as_json)


@import_.command("csv")
@click.argument("file")
@click.option("--map", "map_file", required=True, metavar="MAP.toml", help="What each column means.")
@_DRY
@_KEEP
@_JSON
@click.option("--encoding", metavar="NAME", help="Of the file; detected, if left out.")
@click.option("--delimiter", metavar="SIGN", help="Between cells; detected, if left out.")
@click.pass_obj
def csv(
    app: App,
    file: str,
    map_file: str,
    encoding: str | None,
    delimiter: str | None,
    *,
    dry_run: bool,
    keep_going: bool,
    as_json: bool,
) -> None:
    r"""Import the rows of a table as a mapping says; docs/importing.md explains the mapping.

    \b
    engage import csv uk_2020.csv --map gmpp/2020.toml --dry-run
    engage import csv uk_2020.csv --map gmpp/2020.toml --keep-going
    engage import csv list.csv --map list.toml --encoding latin-1 --delimiter ";"
    """
    from ledger import importing as parts

    mapping, ledger = parts.parse_mapping(_text(map_file)), app.ledger_for("import")
    with _reading(file) as source:
        name, sign = encoding or mapping.encoding, delimiter or mapping.delimiter
        written = parts.named_encoding(name) if name else parts.detect_encoding(source)
        sign = parts.named_delimiter(sign) if sign else parts.detect_delimiter(source, written)
        table = parts.Table(source, written, sign)
        planner = parts.Planner(ledger, table, mapping)
        counts = _record(ledger, source, planner, planner.plan, dry_run=dry_run, keep_going=keep_going)
    counts.notes += [*planner.notes, *table.notes]
    how = f", {written.name}, between {parts.DELIMITERS.get(sign, repr(sign))}"
    _say(app, file, counts, f"{counts.rows:,} rows{how}", dry_run=dry_run, as_json=as_json)


def _record(ledger: Ledger, source: BinaryIO, rows: Rows, plan: Plan, *, dry_run: bool, keep_going: bool) -> Counts:
    from ledger.importing import record_all, record_what_can, try_all

    if dry_run:
        return try_all(ledger, rows, plan)
    if keep_going:
        with _progress(source) as progress:
            return record_what_can(ledger, rows, plan, progress)
    counts = record_all(ledger, rows, plan)
    if counts.refused:
        raise _refusal(counts)
    return counts


def _refusal(counts: Counts) -> Refused:
    number = len(counts.refused)
    more = f"  ({number:,} rows are refused)" if number > 1 else ""
    rest = f"    Record the other {counts.readable:,}: --keep-going" if counts.readable else ""
    advice = f"See what is refused: --dry-run{rest}"
    first = counts.refused[0]
    return Refused(
        f"{first.says}{more}\nNothing was recorded.",
        advice=f"{first.error.advice}\n  {advice}" if first.error.advice else advice,
    )


def _say(app: App, file: str, counts: Counts, read: str, *, dry_run: bool, as_json: bool) -> None:
    app.exit_code = 3 if counts.refused else 0
    if as_json:
        click.echo(json.dumps(_document(file, counts, dry_run=dry_run), ensure_ascii=False, indent=2))
        return
    for said in (*(refusal.says for refusal in counts.refused), *counts.notes):
        click.echo(safe(said), err=True)
    left = ", ".join(f"{number:,} {why}" for why, number in sorted(counts.left_out.items()))
    made = ", ".join(f"{number:,} {name}" for name, number in sorted(counts.types.items()))
    became: list[tuple[str, int, str]] = [
        ("would be recorded" if dry_run else "recorded", counts.recorded, made),
        ("already there", counts.already, ""),
        ("nothing to record", counts.nothing, left),
        ("refused", len(counts.refused), ""),
    ]
    click.echo(f"{safe(file)}: {read}")
    for what, number, which in became:
        click.echo(f"  {what:<18}{number:>8,}" + (f"  {which}" if which else ""))


def _document(file: str, counts: Counts, *, dry_run: bool) -> dict[str, object]:
    return {
        "file": file,
        "dry_run": dry_run,
        "rows": counts.rows,
        "recorded": counts.recorded,
        "already_there": counts.already,
        "nothing_to_record": counts.nothing,
        "refused": [{"where": refusal.where, "reason": refusal.says} for refusal in counts.refused],
        "entries": dict(sorted(counts.types.items())),
        "notes": counts.notes,
    }


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused(f'"{path}" cannot be read: {error.strerror}.', advice="--map names a mapping in TOML.") from error
    except UnicodeDecodeError as error:
        raise Refused(f'"{path}" is not UTF-8: byte {error.start + 1}.', advice="TOML is written in UTF-8.") from error


@contextmanager
def _reading(path: str) -> Iterator[BinaryIO]:
    """Give the file, or what comes through the pipe, to be read more than once."""
    if path == "-":
        with SpooledTemporaryFile(SPOOLED) as spool:
            copyfileobj(sys.stdin.buffer, spool)
            spool.seek(0)
            yield cast("BinaryIO", spool)
        return
    try:
        source = Path(path).open("rb")  # noqa: SIM115 -- closed below
    except OSError as error:
        raise Refused(f'"{path}" cannot be read: {error.strerror}.') from error
    with source:
        yield source


@contextmanager
def _progress(source: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Give what hears of every part recorded; a bar stands on a terminal while a long file is read."""
    size = source.seek(0, 2)
    source.seek(0)
    if size < LONG or not sys.stderr.isatty():
        yield lambda rows: None
        return
    with click.progressbar(length=size, file=sys.stderr, label="Importing") as bar:
        yield lambda rows: bar.update(source.tell() - bar.pos)
