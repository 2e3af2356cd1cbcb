"""What the words of `import` share: files read more than once, the recording, and the account of what became of every row."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from ledger.errors import Refused
from ledger_cli.printing.output import document
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from ledger.importing import Counts
    from ledger.importing.recording import Plan, Rows
    from ledger.service import Ledger
    from ledger_cli.app import App

    Progress = AbstractContextManager[Callable[[int], object]]

_NAME_ONE = "Name the file that was sent, or - for what comes through a pipe."
LONG = 5_000_000
"""Bytes from which on a file is long work, and shows its progress."""
SPOOLED = 8_000_000
"""Bytes of a pipe that are kept in memory; more go to a file."""


def record(
    ledger: Ledger, rows: Rows, plan: Plan, *, dry_run: bool, keep_going: bool, progress: Progress | None = None
) -> Counts:
    """Record *rows* as *plan* makes drafts of them: all or none, what can be, or nothing on a dry run."""
    from ledger.importing import record_all, record_what_can, try_all

    if dry_run:
        return try_all(ledger, rows, plan)
    if keep_going:
        with progress or nullcontext(int) as hear:
            return record_what_can(ledger, rows, plan, hear)
    counts = record_all(ledger, rows, plan)
    if counts.refused:
        raise _refusal(counts)
    return counts


def say(app: App, file: str, counts: Counts, read: str, *, dry_run: bool, as_json: bool) -> None:
    """Print what became of every row of *file*."""
    app.exit_code = 3 if counts.refused else 0
    if as_json:
        document(_document(file, counts, dry_run=dry_run))
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


@contextmanager
def reading(path: str) -> Iterator[BinaryIO]:
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
        raise Refused(f'"{path}" cannot be read: {error.strerror}.', advice=_NAME_ONE) from error
    with source:
        yield source


@contextmanager
def progress_in(source: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Give what hears of every part recorded; a bar stands on a terminal while a long file is read."""
    size = source.seek(0, 2)
    source.seek(0)
    if size < LONG or not sys.stderr.isatty():
        yield lambda rows: None
        return
    with click.progressbar(length=size, file=sys.stderr, label="Importing") as bar:
        yield lambda rows: bar.update(source.tell() - bar.pos)


@contextmanager
def progress_of(rows: int, size: int) -> Iterator[Callable[[int], object]]:
    """Give what hears of every part recorded, of so many *rows* in files of so many bytes."""
    if size < LONG or not sys.stderr.isatty():
        yield lambda recorded: None
        return
    with click.progressbar(length=rows, file=sys.stderr, label="Importing") as bar:
        yield bar.update


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
