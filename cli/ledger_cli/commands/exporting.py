"""`export`: the log as JSON lines, for other ledgers and other tools; or as tiles, for auditors."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ledger.errors import Refused
from ledger_cli.asking.about import about
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.values import Stream
    from ledger_cli.app import App


@click.command()
@click.argument("engagement", required=False)
@click.option("--jsonl", "target", metavar="[FILE]", is_flag=False, flag_value="-", help="As JSON lines; - is stdout.")
@click.option("--tiles", "folder", metavar="DIR", help="As C2SP tlog-tiles in a new folder, up to the last checkpoint.")
@click.option("--no-texts", is_flag=True, help="Leave out every text that could be erased.")
@click.option("--all", "private", is_flag=True, help="Private entries too.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.pass_obj
def export(
    app: App,
    engagement: str | None,
    target: str | None,
    folder: str | None,
    *,
    no_texts: bool,
    private: bool,
    force: bool,
) -> None:
    """Write every entry as one JSON line, in the order of the log; or the bytes of all, with their tree.

    \b
    engage export --jsonl
    engage export --jsonl ledger.jsonl
    engage export northwind --jsonl --no-texts
    engage export --jsonl everything.jsonl --all
    engage export --tiles for-the-auditor
    """
    if folder is not None:
        if engagement or target or no_texts or force:
            raise click.UsageError(
                "Tiles hold the bytes of the whole ledger, in a new folder: only --all goes with --tiles."
            )
        _tiles(app, Path(folder), private=private)
        return
    from ledger.exporting import export_lines

    if target is None:
        raise click.UsageError("Say as what: --jsonl [FILE], or --tiles DIR.")
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
        raise Refused(
            f'"{path}" cannot be written: {error.strerror}. Nothing was written.', advice="Name another file."
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _tiles(app: App, folder: Path, *, private: bool) -> None:
    """Write the tiles to *folder*, which appears whole or not at all."""
    from shutil import rmtree

    from ledger.keeping.tiling import tiles_for

    checkpoint, files = tiles_for(app.reader, app.names.practice, private=private)
    if folder.exists():
        raise Refused(f'"{folder}" is there already. Nothing was written.', advice="Name a new folder.")
    part = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for path, content in files:
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            (part / path).write_bytes(content)
        part.replace(folder)
    except OSError as error:
        advice = "Name another folder."
        raise Refused(f'"{folder}" cannot be written: {error.strerror}. Nothing was written.', advice=advice) from error
    finally:
        rmtree(part, ignore_errors=True)
    click.echo(
        f"{checkpoint.size:,} entries as tiles in {safe(str(folder))}, with the checkpoint that commits to them.",
        err=True,
    )


def _say(target: str, counts: dict[str, int]) -> None:
    where = "" if target == "-" else f" to {target}"
    click.echo(f"{counts['written']:,} entries exported{where}.", err=True)
    if counts["left out"]:
        click.echo(f"  {counts['left out']:,} private entries were left out. With them: --all", err=True)
