"""`erase`: texts leave the ledger for good; that they were there, and why they went, stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Malformed, Refused
from ledger.values import Position
from ledger_cli.asking.entries import entry_named
from ledger_cli.printing.output import document, json_text
from ledger_cli.printing.safe import safe
from ledger_cli.recording.receipts import described

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.drafts import Receipt
    from ledger.keeping.erasing import Cleansed, Target
    from ledger_cli.app import App

_RANGE = re.compile(r"#?(\d{1,15})(?:-|\.\.)#?(\d{1,15})")
_SHOWN = 60
ELSEWHERE = "Exports, publications and backups made before may hold them too: the ledger keeps no list of those."
UNFINISHED = "files of the ledger may still hold the texts, so run the same command again."


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.argument("fields", nargs=-1, metavar="FIELD…")
@click.option(
    "--ground",
    type=click.Choice(["request", "retention", "court", "other"]),
    required=True,
    help="Somebody asked, its time is over, a court ordered it, or another.",
)
@click.option("--because", metavar="TEXT", help="Why; it can be erased in its turn.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def erase(
    app: App, *, entry: str, fields: tuple[str, ...], ground: str, because: str | None, yes: bool, as_json: bool
) -> None:
    """Erase texts of an entry, or of a range of them, with their corrections; nothing brings them back.

    The entry, its time and its place in the tree stay: every proof and checkpoint made before still holds.

    \b
    engage erase 14 why --ground request
    engage erase 14 why note --ground court --because "order of 3 June" --yes
    engage erase 12-40 all --ground retention
    """
    from ledger.keeping.erasing import erase as erase_texts
    from ledger.keeping.erasing import targets

    if not fields:
        raise click.UsageError(f"Which texts of {entry}? Name them, or: engage erase {entry} all --ground {ground}")
    texts = targets(app.reader, _positions(app, entry), fields)
    _confirmed(app, texts, yes=yes)
    app.unfinished = UNFINISHED
    receipts = erase_texts(app.ledger, texts, ground, because) if texts else []
    app.done += [receipt.position for receipt in receipts if receipt.new]
    _tell(app, texts, receipts, _cleansed(app, texts), as_json=as_json)


def _positions(app: App, word: str) -> list[Position]:
    match = _RANGE.fullmatch(word)
    if match is None:
        return [entry_named(app, word).position]
    first, last = int(match[1]), int(match[2])
    if not 1 <= first <= last <= app.reader.head():
        raise Malformed(
            f"{word} is no range of entries: the newest is #{app.reader.head()}.", advice="Write it as 12-40."
        )
    return [Position(position) for position in range(first, last + 1)]


def _confirmed(app: App, texts: Sequence[Target], *, yes: bool) -> None:
    """Go on only where somebody said that the texts may go for good."""
    if yes or not texts:
        return
    for each in texts:
        click.echo(f"  {_named(each)}  {_shown(each)}", err=True)
    many = "this text" if len(texts) == 1 else f"these {len(texts)} texts"
    if app.ask is None:
        raise Refused(f"Nobody is here to ask whether {many} may go for good.", advice="If they may: --yes")
    if app.ask(f"Erase {many} for good? [y/N] ").strip().lower() not in {"y", "yes"}:
        raise Refused("Nothing was erased.")


def _cleansed(app: App, texts: Sequence[Target]) -> Cleansed:
    """Make the tables anew without the texts, then make sure that no file of ours holds them."""
    from ledger_projections.readmodel.rebuild import rebuild
    from ledger_projections.tables import TABLES

    from ledger.keeping.erasing import cleanse

    rebuild(app.reader, app.projections, list(TABLES.values()), app.now)
    app.close()  # their files are looked into, which would take the locks of what is open
    found = cleanse(str(app.path), [app.projections], [each.disclosure for each in texts])
    app.unfinished = ""
    return found


def _tell(app: App, texts: Sequence[Target], receipts: Sequence[Receipt], files: Cleansed, *, as_json: bool) -> None:
    issued = [
        f"#{fact.entry.position} {fact.event.form} to {fact.event.to or 'somebody'}" for fact in _issued(app, texts)
    ]
    if as_json:
        erased = [{"position": each.position, "field": each.field, "digest": each.digest} for each in texts]
        told: dict[str, Any] = {"erased": erased, "recorded": [receipt.position for receipt in receipts]}
        document(
            {
                **told,
                "rewritten": files.vacuumed,
                "left_in": files.left,
                "same_words_in": files.said_elsewhere,
                "issued": issued,
            }
        )
        return
    rows = {row["position"]: row for row in app.model().rows("entries", "type = 'disclosures-erased'")}
    for receipt in receipts:
        click.echo(f"Recorded #{receipt.position}  {described(app, rows[receipt.position])}")
    for each in texts:
        click.echo(f"  {_named(each)}  erased")
    if not texts:
        click.echo("No such text is there any more.")
    click.echo(f"  {_of_files(files)}")
    for line in issued:
        click.echo(f"  May still hold it: {safe(line)}")
    click.echo(f"  {ELSEWHERE}")


def _issued(app: App, texts: Sequence[Target]) -> Sequence[Any]:
    from ledger.keeping.erasing import shown_to

    return shown_to(app.names.practice, texts)


def _of_files(files: Cleansed) -> str:
    if files.left:
        return f"STILL IN {', '.join(map(safe, files.left))}: let other programs end, then run this again."
    same = (
        f" The same words stand in {' '.join(f'#{at}' for at in files.said_elsewhere)}." if files.said_elsewhere else ""
    )
    return (
        "The ledger's files hold them no more; it was written anew."
        if files.vacuumed
        else "The ledger's files hold them no more."
    ) + same


def _named(each: Target) -> str:
    return f"#{each.position} {each.field}"


def _shown(each: Target) -> str:
    text = safe(each.value if isinstance(each.value, str) else json_text(each.value))
    return f'"{text[:_SHOWN]}{"…" if len(text) > _SHOWN else ""}"'
