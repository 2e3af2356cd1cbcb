"""`checkpoint`: sign the ledger as it is, in a note that the other side keeps."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger_cli.printing.handing import hand_out
from ledger_cli.printing.output import document
from ledger_cli.printing.progress import Progress
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from ledger.keeping import Signed
    from ledger_cli.app import App


@click.command()
@click.option("--out", metavar="FILE", help="Where the note goes; - is stdout. Else checkpoint-N.txt, here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def checkpoint(app: App, *, out: str | None, as_json: bool) -> None:
    """Sign the size and the root of the ledger, in a note for the other side to keep.

    Whatever is changed later in the entries so far will not fit it. Where nothing came since the last, that is given again.

    \b
    engage checkpoint
    engage checkpoint --out northwind-june.txt
    """
    from ledger.keeping import sign

    progress = Progress("Verifying")
    try:
        signed = sign(app.ledger, app.keyring, app.path, progress)
    finally:
        progress.done()
    if signed.new:
        app.done.append(signed.position)
    path = None if out == "-" else Path(out or f"checkpoint-{signed.checkpoint.size}.txt")
    if path:
        hand_out(path, signed.note.encode())
    else:
        sys.stdout.write(signed.note)
    _tell(signed, path, as_json=as_json)


def _tell(signed: Signed, path: Path | None, *, as_json: bool) -> None:
    from ledger.keys import format_base64

    size, root = signed.checkpoint.size, format_base64(signed.checkpoint.root)
    if as_json and path:
        about = {"size": size, "root": root, "keys": list(signed.keys), "file": str(path), "note": signed.note}
        document({**about, "new": signed.new, "position": signed.position})
        return
    entries = f"{size:,} {'entry' if size == 1 else 'entries'}"
    said = "Signed" if signed.new else "Nothing came since the checkpoint of"
    lines = [f"{said} {entries}, root {root}, by key {' and '.join(signed.keys)}.   #{signed.position}"]
    if path:
        lines.append(f"  Written to {safe(str(path))}. Send this file to the other side, as a file; they keep it.")
        lines.append(f"  Later: engage verify --against {safe(str(path))}      One entry shown: engage prove ENTRY")
    for line in lines:
        click.echo(line, err=path is None)
