"""`key`: the keys that the ledger signs its checkpoints with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.printing.output import document
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import say
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.drafts import Receipt
    from ledger_cli.app import App

GIVE = "Give the other side the key to check with, not by the way the checkpoints go: engage key list"
LOSE = "Keep a copy of its file where you would keep a signed letter: nobody can make it again."


@click.group()
def key() -> None:
    """Make, list, replace and revoke the keys that the ledger signs with.

    \b
    engage key new
    engage key list
    """


@key.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def new(app: App, *, as_json: bool) -> None:
    """Make the key of the ledger (Ed25519), and record its public half.

    \b
    engage key new
    """
    from ledger.keeping import register

    _made(app, register(app.ledger, app.keyring, app.entropy, app.now), as_json=as_json)


@key.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def replace(app: App, *, as_json: bool) -> None:
    """Make a key in the place of the newest; until that is revoked, both sign.

    \b
    engage key replace
    """
    from ledger.keeping import replace as put

    _made(app, put(app.ledger, app.keyring, app.entropy, app.now), as_json=as_json)


@key.command()
@click.argument("key_id", metavar="KEY")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def revoke(app: App, *, key_id: str, as_json: bool) -> None:
    """Record that a key is to be trusted no more, and delete its private half.

    \b
    engage key revoke c74f20a3
    """
    from ledger.keeping import revoke as take

    receipt, deleted = take(app.ledger, app.keyring, key_id)
    _done(app, receipt)
    done = "Its private half is deleted." if deleted else "Its private half was not here."

    def after(model: ReadModel) -> After:
        return After([done, "Tell everybody whom you gave it: they cannot know it from the ledger alone."])

    recorded(app, [receipt], as_json=as_json, after=after, undoable=False)


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def list_(app: App, *, as_json: bool) -> None:
    """List the keys, each with what others check its signatures with.

    \b
    engage key list
    """
    rows = _rows(app)
    if as_json:
        document({"keys": rows})
        return
    if not rows:
        click.echo("The ledger has no key yet.\n  engage key new", err=True)
    for row in rows:
        marks = [f"of {row['holder']}", f"from {say(row['valid_from'], app.zone)}", row["state"]]
        marks += [f"replaces {row['replaces']}"] if row["replaces"] else []
        marks += [] if row["proven"] else ["NOT PROVEN: whoever registered it may not have it"]
        marks += ["signs here"] if row["here"] and row["state"] == "valid" else []
        click.echo(f"{safe(row['key'])}  {safe(', '.join(marks))}")
        click.echo(f"  {safe(row['verifier'])}")


def _rows(app: App) -> list[dict[str, Any]]:
    from ledger.keeping import key_ids
    from ledger.keeping.registering import possession, proven
    from ledger.keys import format_verifier

    here, origin = key_ids(app.keyring), app.reader.origin
    return [
        {
            "key": event.key_id,
            "holder": event.holder,
            "valid_from": event.valid_from,
            "state": "revoked" if event.revoked else "valid",
            "replaces": event.replaces,
            "proven": proven(event, origin),
            "here": event.key_id in here,
            "verifier": format_verifier(possession(event, origin).key),
        }
        for event in (fact.event for fact in app.names.practice.keys.values())
    ]


def _made(app: App, receipt: Receipt, *, as_json: bool) -> None:
    _done(app, receipt)
    where = app.keyring.path_of(str(receipt.event.data["key_id"])) if receipt.event else ""

    def after(model: ReadModel) -> After:
        return After([f"Its private half is in {where}, readable by you alone.", LOSE, GIVE], "Next: engage checkpoint")

    recorded(app, [receipt], as_json=as_json, after=after, undoable=False)


def _done(app: App, receipt: Receipt) -> None:
    """Remember that it was recorded, should the answer fail."""
    app.done += [receipt.position] if receipt.new else []
