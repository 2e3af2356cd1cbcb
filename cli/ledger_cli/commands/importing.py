"""`import`: JSON lines, tables and contracting releases made by others, every row accounted for."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.recording.files import progress_in, progress_of, reading, record, say

if TYPE_CHECKING:
    from ledger_cli.app import App

_DRY = click.option("--dry-run", is_flag=True, help="Say what would be recorded and refused; record nothing.")
_KEEP = click.option("--keep-going", is_flag=True, help="Record what can be recorded, and name what cannot.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("import")
def import_() -> None:
    """Bring in what others wrote; importing a file again adds nothing.

    \b
    engage import jsonl old-ledger.jsonl
    engage import csv portfolio.csv --map portfolio.toml --dry-run
    engage import ocds release-package.json
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
    with reading(file) as source:
        progress = progress_in(source)
        counts = record(
            ledger, JsonLines(source), as_they_are, dry_run=dry_run, keep_going=keep_going, progress=progress
        )
    say(app, file, counts, f"{counts.rows:,} lines", dry_run=dry_run, as_json=as_json)


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
    """Import the rows of a table as a mapping says; docs/importing.md explains the mapping.

    \b
    engage import csv uk_2020.csv --map gmpp/2020.toml --dry-run
    engage import csv uk_2020.csv --map gmpp/2020.toml --keep-going
    engage import csv list.csv --map list.toml --encoding latin-1 --delimiter ";"
    """
    from ledger import importing as parts

    mapping, ledger = parts.parse_mapping(_text(map_file)), app.ledger_for("import")
    with reading(file) as source:
        name, sign = encoding or mapping.encoding, delimiter or mapping.delimiter
        written = parts.named_encoding(name) if name else parts.detect_encoding(source)
        sign = parts.named_delimiter(sign) if sign else parts.detect_delimiter(source, written)
        table = parts.Table(source, written, sign)
        planner = parts.Planner(ledger, table, mapping)
        progress = progress_in(source)
        counts = record(ledger, planner, planner.plan, dry_run=dry_run, keep_going=keep_going, progress=progress)
    counts.notes += [*planner.notes, *table.notes]
    how = f", {written.name}, between {parts.DELIMITERS.get(sign, repr(sign))}"
    say(app, file, counts, f"{counts.rows:,} rows{how}", dry_run=dry_run, as_json=as_json)


@import_.command("ocds")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_DRY
@_KEEP
@_JSON
@click.pass_obj
def ocds(app: App, files: tuple[str, ...], *, dry_run: bool, keep_going: bool, as_json: bool) -> None:
    """Import releases of the Open Contracting Data Standard 1.1; docs/ocds.md says what becomes what.

    Releases, release packages and records that hold their releases, as JSON; - reads from a pipe. The releases of all
    files are put in order by their date. Every entry is a claim of its release: engage replay … --trust-claimed.

    \b
    engage import ocds release-package.json --dry-run
    engage import ocds 2010-*.json 2011-*.json
    curl -s https://publisher.example/release.json | engage import ocds -
    """
    from ledger.importing.ocds import OcdsPlanner, Releases

    with ExitStack() as opened:
        contents = [(name, opened.enter_context(reading(name)).read()) for name in files]
    ledger = app.ledger_for("import")
    rows, planner = list(Releases(contents)), OcdsPlanner(ledger)
    progress = progress_of(len(rows), sum(len(raw) for _, raw in contents))
    counts = record(ledger, rows, planner.plan, dry_run=dry_run, keep_going=keep_going, progress=progress)
    counts.notes += [*planner.notes, *planner.said_of_what_was_left_out()]
    name = files[0] if len(files) == 1 else f"{len(files)} files"
    say(
        app, name, counts, f"{counts.rows:,} release{'' if counts.rows == 1 else 's'}", dry_run=dry_run, as_json=as_json
    )


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused(f'"{path}" cannot be read: {error.strerror}.', advice="--map names a mapping in TOML.") from error
    except UnicodeDecodeError as error:
        raise Refused(f'"{path}" is not UTF-8: byte {error.start + 1}.', advice="TOML is written in UTF-8.") from error
