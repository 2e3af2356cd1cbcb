"""`export`: the log as JSON lines, for other ledgers and other tools."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ledger.errors import Refused
from ledger_cli.asking.about import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.values import Stream
    from ledger_cli.app import App


@click.command()
@click.argument("engagement", required=False)
@click.option("--jsonl", "target", metavar="[FILE]", is_flag=False, flag_value="-", help="As JSON lines; - is stdout.")
@click.option("--no-texts", is_flag=True, help="Leave out every text that could be erased.")
@click.option("--all", "private", is_flag=True, help="Private entries too.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.pass_obj
def export(app: App, engagement: str | None, target: str | None, *, no_texts: bool, private: bool, force: bool) -> None:
    """Write every entry as one JSON line, in the order of the log.

    \b
    engage export --jsonl
    engage export --jsonl ledger.jsonl
    engage export northwind --jsonl --no-texts
    engage export --jsonl everything.jsonl --all
    """
    from ledger.exporting import export_lines

    if target is None:
        raise click.UsageError("Say as what: --jsonl [FILE].")
    stream: Stream | None = about(app, [engagement], 0)[0] if engagement else None
    counts = {"written": 0, "left out": 0}
    with _opened(app, target, force=force) as out:
        plain = out.isatty()
        for _, line in export_lines(app.reader, stream=stream, texts=not no_texts, private=private, plain=plain):
            counts["written" if line else "left out"] += 1
            if line:
                out.write(line + "\n")
    _say(target, counts)


@contextmanager
def _opened(app: App, target: str, *, force: bool) -> Iterator[TextIO]:
    """Give stdout, or a file that appears whole or not at all."""
    if target == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    path = Path(target)
    app.reader.head()  # a ledger that cannot be read is said before a file is made
    if path.exists() and not force:
        raise Refused(f'"{path}" is there already. Nothing was written.', advice="Name another file, or: --force")
    if force and path.exists() and path.samefile(app.path):
        raise Refused(f'"{path}" is the ledger itself. Nothing was written.', advice="Name another file.")
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise Refused(f'"{path}" cannot be written: {error.strerror}. Nothing was written.') from error
    finally:
        part.unlink(missing_ok=True)


def _say(target: str, counts: dict[str, int]) -> None:
    where = "" if target == "-" else f" to {target}"
    click.echo(f"{counts['written']:,} entries exported{where}.", err=True)
    if counts["left out"]:
        click.echo(f"  {counts['left out']:,} private entries were left out. With them: --all", err=True)
