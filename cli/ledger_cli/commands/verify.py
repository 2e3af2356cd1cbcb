"""`verify`: re-derive everything from the bytes, and name the first entry that differs."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TYPE_CHECKING

import click

from ledger.values.named import NamedTuple
from ledger_cli.printing.output import document
from ledger_cli.printing.progress import Progress
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.audit import Report
    from ledger.checkpoint import Checkpoint
    from ledger.keys import VerifierKey
    from ledger_cli.app import App

MOST = 4
"""Processes that are started without being asked for: more seldom help, for they share one disk."""


class Held(NamedTuple):
    """A checkpoint that somebody holds, who signed it, and whether the ledger itself had to say whose key that is."""

    checkpoint: Checkpoint
    signers: Sequence[VerifierKey]
    ours: bool

    def words(self, entries: int) -> list[str]:
        """Say what the checkpoint shows."""
        size, later = self.checkpoint.size, entries - self.checkpoint.size
        names = " and ".join(key.key_id.hex() for key in self.signers)
        lines = [f"Its first {size:,} are those of the checkpoint, signed by key {names}; {later:,} came later."]
        if self.ours:
            lines.append(
                "That key was taken from this ledger itself, which proves nothing to anybody but you: name the one"
                " you were given, with --key."
            )
        return lines


@click.command()
@click.option("--against", metavar="FILE", help="A checkpoint that somebody keeps: the ledger must extend it.")
@click.option("--key", "keys", metavar="KEY", multiple=True, help="The key you were given for it: name+id+base64.")
@click.option("--processes", type=click.IntRange(1, 64), help="How many processes share the work of a large ledger.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def verify(app: App, *, against: str | None, keys: tuple[str, ...], processes: int | None, as_json: bool) -> None:
    """Re-derive the ledger from its bytes; end with exit code 5 at the first entry that differs.

    \b
    engage verify
    engage verify --processes 2 --json
    engage verify --against checkpoint-24.txt
    engage verify --against checkpoint-24.txt --key "$(cat northwind.key)"
    """
    from ledger.audit import verify as audit

    if keys and not against:
        raise click.UsageError("--key says who signed a checkpoint: name that too, with --against FILE.")
    progress = Progress("Verifying")
    try:
        report = audit(app.path, processes=processes or min(os.cpu_count() or 1, MOST), progress=progress)
    finally:
        seconds = progress.done()
    held = _held(app, report, against, keys) if against else None
    if as_json:
        document({"verified": True, **_counts(report), **_about(report, held)})
        return
    entries = f"{report.entries:,} {'entry' if report.entries == 1 else 'entries'}"
    erased = f", {report.erased:,} erased" if report.erased else ""
    click.echo(
        f"Verified {entries}: bytes, tree, versions, clocks, {report.digests:,} digests{erased}.   {seconds:.2f} s"
    )
    click.echo(f"Root {b64encode(report.root).decode()}")
    for line in held.words(report.entries) if held else [report.caveat]:
        click.echo(line)


def _held(app: App, report: Report, against: str, keys: Sequence[str]) -> Held:
    """Hold the verified ledger against a checkpoint that somebody keeps."""
    from ledger.keeping import trusted
    from ledger.keeping.extending import check_extends
    from ledger.keys import parse_verifier
    from ledger_cli.printing.handing import taken_in

    note = taken_in(against)
    known = [parse_verifier(key.strip()) for key in keys] or trusted(app.names.practice, app.reader.origin)
    checkpoint, signers = check_extends(app.reader, report.entries, report.root, note, known)
    return Held(checkpoint, signers, ours=not keys)


def _counts(report: Report) -> dict[str, int]:
    names = ("entries", "digests", "erased", "streams", "tiles")
    return {name: getattr(report, name) for name in names}


def _about(report: Report, held: Held | None) -> dict[str, object]:
    root = b64encode(report.root).decode()
    if held is None:
        return {"root": root, "caveat": report.caveat}
    signed = [safe(f"{key.name}+{key.key_id.hex()}") for key in held.signers]
    about = {"size": held.checkpoint.size, "signed_by": signed, "key_from_ledger": held.ours}
    return {"root": root, "against": about, "caveat": held.words(report.entries)[-1] if held.ours else None}
