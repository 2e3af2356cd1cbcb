"""`prove`: an entry and the proof that it is in the ledger, for somebody who has neither the ledger nor our software."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.asking.entries import entry_named
from ledger_cli.printing.handing import hand_out
from ledger_cli.printing.output import document
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from ledger.entry import Entry
    from ledger.keeping.proving import Evidence
    from ledger_cli.app import App


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.option("--to", metavar="WHO", help="Who is shown it: that is recorded.")
@click.option("--out", "folder", metavar="DIR", default=".", help="Where the files go; here, if left out.")
@click.option("--texts", is_flag=True, help="With the texts that were said, which the proof alone does not show.")
@click.option("--private", is_flag=True, help="Even though the entry is private.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def prove(app: App, *, entry: str, to: str | None, folder: str, texts: bool, private: bool, as_json: bool) -> None:
    """Write an entry's bytes, and the proof that they stand in the ledger under its last checkpoint.

    \b
    engage prove 31
    engage prove 31 --to "Client counsel" --out for-counsel --texts
    """
    from ledger.keeping.proving import evidence_for, issued

    found = entry_named(app, entry)
    _may_be_shown(app, found, private=private)
    made = evidence_for(app.reader, app.names.practice, found.position, texts=texts)
    files = _written(made, Path(folder))
    receipts = app.record(issued(made, found, to)) if to else []
    if as_json:
        recorded_as = [receipt.position for receipt in receipts]
        document(
            {"entry": made.position, "size": made.checkpoint.size, "files": [*map(str, files)], "recorded": recorded_as}
        )
        return
    click.echo(f"#{made.position} is in the ledger as signed at {made.checkpoint.size:,} entries:")
    for path in files:
        click.echo(f"  {safe(str(path))}")
    for receipt in receipts:
        click.echo(f"Recorded #{receipt.position}  shown to {safe(to or '')}")
    click.echo("  How they check it, with software that is not ours: docs/proof.md. They need the key: engage key list")


def _may_be_shown(app: App, entry: Entry, *, private: bool) -> None:
    from ledger_cli.asking.entries import standing

    _, fact = standing(app, str(entry.position))
    if fact.visibility == "private" and not private:
        raise Refused(f"#{entry.position} is private.", advice="To show it all the same: --private")


def _written(made: Evidence, folder: Path) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f'"{folder}" cannot be made: {error.strerror}.', advice="Name another place: --out") from error
    files = {f"{made.position}.tlog-proof": made.proof.encode(), f"{made.position}.json": made.raw}
    if made.disclosures:
        files[f"{made.position}.texts"] = b"".join(text + b"\n" for text in made.disclosures)
    for name, content in files.items():
        hand_out(folder / name, content)
    return [folder / name for name in files]
