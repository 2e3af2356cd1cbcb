"""`open`: an engagement for a client begins to be kept (P01, P07, P53)."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING

import click

from ledger.dialogue import Dialogue
from ledger.errors import Malformed, Refused
from ledger.values.slugs import slug
from ledger_cli.asking.about import filled_in
from ledger_cli.asking.missing import Need, confirmed
from ledger_cli.recording.envelope import act
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.drafts import Draft
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@click.command("open")
@click.argument("alias", required=False, metavar="ALIAS")
@click.option("--account", "client", metavar="NAME", help="The client: an alias or a new name.")
@click.option("--title", metavar="TEXT", help="What the engagement is called in full.")
@click.option(
    "--kind",
    type=click.Choice(["organisation", "person", "community"]),
    default="organisation",
    show_default=True,
    help="What a new client is.",
)
@click.option("--sensitive", is_flag=True, help="It needs a confidentiality clause to be complete (P07).")
@act
@click.pass_obj
def open_(
    app: App,
    envelope: Envelope,
    alias: str | None,
    client: str | None,
    title: str | None,
    kind: str,
    *,
    sensitive: bool,
) -> None:
    """Open an engagement, and the client's account if it is new.

    \b
    engage open northwind --account "Northwind Theatre" --title "Autumn season move"
    engage open harbour --account northwind-theatre --sensitive
    """
    alias, client = filled_in(
        app,
        Dialogue(),
        [alias] if alias else [],
        Need("What do you call it: one word, in small letters?", "ALIAS", alias),
        Need("Who is the client?", "--account NAME", client),
    )
    if not _SLUG.fullmatch(alias):
        near = slug(alias) or "northwind"
        raise Malformed(
            f'"{alias}" is no alias: small letters a to z, digits and hyphens.', advice=f"engage open {near} …"
        )
    drafts, account = _account(app, envelope, client, kind)
    data = {"account": account, "alias": alias, "title": title, "sensitive": sensitive or None}
    drafts.append(envelope.draft(app, "engagement-opened", f"engagement/{alias}", data))
    follows = After([], f"Next: engage agreed --template > letter.toml, then engage agreed {alias} letter.toml")
    recorded(app, app.record(*drafts), as_json=envelope.as_json, after=lambda _: follows, undoable=False)


def _account(app: App, envelope: Envelope, client: str, kind: str) -> tuple[list[Draft], str]:
    """Return what opens the client's account, if it is new, and its alias."""
    known = app.names.by_alias("account")
    alias = _known(app, client, known) or _free(slug(client), client, kind, known)
    if alias in known:
        return [], alias
    data = {"kind": kind, "alias": alias, "name": client}
    return [envelope.draft(app, "account-opened", f"account/{alias}", data)], alias


def _known(app: App, client: str, known: Mapping[str, Stream]) -> str | None:
    """Return the alias of the client that is known so; ask, or refuse, where one of another name is only spelt alike."""
    if client.casefold() in known:
        return client.casefold()
    alias = slug(client)
    if not _loses_letters(client) and alias not in known:
        return None
    names = {each: _name(app, stream) for each, stream in known.items()}
    if same := next((each for each, name in names.items() if name and _plain(name) == _plain(client)), None):
        return same
    if _loses_letters(client):  # two clients may have that alias, or none
        return None
    return alias if _is_meant(app, client, alias, names[alias]) else None


def _is_meant(app: App, client: str, alias: str, name: str | None) -> bool:
    """Return whether *client* is the one called *name*, as somebody at the terminal says; one without a name of its own is."""
    if name in {None, alias}:
        return True
    known = f'"{name}" is a client already, and "{client}" is spelt otherwise.'
    if app.ask is None:
        raise Refused(
            known, advice=f'The same: --account {alias}. Another: say more of its name, as in "{client}, Bern".'
        )
    return confirmed(app, f"{known} Is it the same?")


def _name(app: App, stream: Stream) -> str | None:
    opened = app.names.account(stream.partition("/")[2]).opened
    return opened.event.name if opened else None


def _loses_letters(name: str) -> bool:
    """Return whether letters or digits of *name* are not in its alias: those that are not Latin."""
    return any(letter.isalnum() and not letter.isascii() for letter in unicodedata.normalize("NFKD", name))


def _free(alias: str, client: str, kind: str, known: Mapping[str, Stream]) -> str:
    """Return *alias*, with the first number behind it that makes it nobody's; that of its *kind* where no letter is Latin."""
    alias = alias or (kind if _loses_letters(client) else "")
    if not alias:
        raise Malformed(f'"{client}" has no letter or digit to make an alias of.', advice="--account NAME")
    numbered = (f"{alias[:59]}-{number}" for number in count(2))
    return next(each for each in chain([alias], numbered) if each not in known)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
