"""`letter`: the letter of agreement to be read, printed, or changed (P01 to P10)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused, Unknown
from ledger_cli.agreeing.file import reading_of, whose
from ledger_cli.asking.about import about, known_of
from ledger_cli.asking.files import read_file
from ledger_cli.printing.output import echo
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.standing import Known
    from ledger_cli.app import App
    from ledger_cli.letter.blocks import Page

FORMATS = ("md", "html", "toml")


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] [FILE.toml]")
@click.option("--version", type=int, metavar="N", help="Which version; the one in force, else the newest, if left out.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="md, html to print, toml to change; by --out, else md."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file, which may not be there yet."
)
@click.pass_obj
def letter(app: App, words: tuple[str, ...], version: int | None, form: str | None, out: Path | None) -> None:
    """Show the letter of agreement as the ledger has it, or as a draft says it.

    \b
    engage letter northwind
    engage letter northwind --out letter.html
    engage letter northwind --format toml > v2.toml      the letter to change, for a new version
    engage letter northwind draft.toml --format html     a draft, before anything is recorded
    """
    form = form or (out.suffix.removeprefix(".").lower() if out and out.suffix[1:].lower() in FORMATS else "md")
    drafted = bool(words) and words[-1].endswith(".toml")
    text = _drafted(app, words, form) if drafted else _recorded(app, words, version, form)
    if out is None:
        echo(text)
        return
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Refused(f"{out} cannot be written: {error.strerror}.", advice="Name a file that is not there.") from error
    click.echo(f"Wrote {safe(str(out))}", err=True)


def _recorded(app: App, words: Sequence[str], version: int | None, form: str) -> str:
    from ledger_cli.letter.rendering import version_page
    from ledger_cli.letter.said import newest, recorded, withheld

    stream, _ = about(app, words, 0)
    known = known_of(app, stream)
    drafts = known.engagement.drafts
    if not drafts:
        raise Refused("No version of the agreement has been recorded.", advice="engage agreed FILE")
    number = newest(known) if version is None else version
    if number not in drafts:
        candidates, advice = [str(v) for v in drafts][-3:], "engage table agreements lists them."
        raise Unknown("version of the agreement", str(number), candidates=candidates, advice=advice)
    if form == "toml":
        return _toml(app, known, number)
    if left_out := withheld(known, recorded(known, app.reader, number)):
        click.echo(f"Left out, for they are private: {safe(', '.join(left_out))}.", err=True)
    return _rendered(version_page(known, app.reader, number, app.zone), form)


def _drafted(app: App, words: Sequence[str], form: str) -> str:
    from ledger_cli.letter import read_letter
    from ledger_cli.letter.before import before, nothing
    from ledger_cli.letter.rendering import draft_page

    path = Path(words[-1])
    raw = read_file(path, "engage agreed --template > letter.toml prints one to fill in.")
    known = known_of(app, whose(app, words, path, raw))
    if form == "toml":
        raise Refused(f"{path} is that letter already.", advice="Say --format md or --format html.")
    read = read_letter(path, raw, reading_of(app, path.parent), nothing(known.account, before(known).untitled))
    return _rendered(draft_page(known, read, path.name, raw, app.zone), form)


def _rendered(page: Page, form: str) -> str:
    if form == "html":
        from ledger_cli.letter.html import html

        return html(page)
    from ledger_cli.letter.markdown import markdown

    return markdown(page)


def _toml(app: App, known: Known, version: int) -> str:
    from ledger_cli.letter.content import content
    from ledger_cli.letter.said import recorded
    from ledger_cli.letter.writing import written

    said = recorded(known, app.reader, version)
    document = said.agreement["document_sha256"]
    says = [
        f"The letter of agreement as the ledger has version {version}. It is not the document that was signed:",
        f"that one has the SHA-256 {document}.",
        "Change it, then:  engage agreed FILE    (what is left out here is let go in the new version)",
    ]
    if said.lost:
        says.append(
            f"Texts that were erased, or are withheld from this copy, are missing: {', '.join(sorted(said.lost))}."
        )
    return written(content(said, reading_of(app, Path())), says=says)
