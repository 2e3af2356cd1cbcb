"""`person`: who stands on either side, and what each may do (P06, P49, P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.names import called, pick
from ledger_cli.asking.about import needed
from ledger_cli.asking.granting import SCOPES, first_holder, for_scope, scopes
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.options import refuse
from ledger_cli.asking.typed import listed, money
from ledger_cli.commands.departing import departed
from ledger_cli.follows.people import after_grant
from ledger_cli.recording.envelope import act
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.account import Account
    from ledger.canonical import JSON
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

_FLAGS = {"valid_from": "from", "only_here": "engagement"}
"""The options whose flag is not their name."""
LEVELS = click.Choice(["executive", "senior", "manager", "operational"])


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] WHO")
@click.option("--side", type=click.Choice(["provider", "client"]), help="Which side somebody new is on.")
@click.option("--level", type=LEVELS, help="How high somebody new stands.")
@click.option("--role", metavar="TEXT", help="What they are there; the name, if left out.")
@click.option("--email", metavar="ADDRESS", help="Where they are written to.")
@click.option("--may", metavar="SCOPE,…", help=f"What they may do: {', '.join(SCOPES)}.")
@click.option("--may-not", metavar="SCOPE,…", help="What they may do no longer.")
@click.option("--granted-by", metavar="WHO", help="Who says so; the first of their side who may do it, else themself.")
@click.option("--limit", metavar="AMOUNT", help='Up to how much, for spend: "5000 GBP".')
@click.option("--from", "valid_from", metavar="DAY", help="From which day; that of --at or today, if left out.")
@click.option("--until", metavar="DAY", help="Up to which day.")
@click.option("--engagement", "only_here", is_flag=True, help="For this engagement alone, not for all of the account.")
@click.option("--ratifies", metavar="ENTRY,…", help="Acts done without authority that this makes good.")
@click.option("--leaves", metavar="DAY", help="The day they leave, instead; what they leave behind is said.")
@click.option("--successor", metavar="WHO", help="Who comes in their place.")
@act
@click.pass_obj
def person(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: str | bool | None) -> None:
    """Record a person, what they may do, or that they leave.

    \b
    engage person northwind "Client sponsor" --side client --level executive --may sign,accept
    engage person "Stage manager" --side client --level manager --role "runs the rehearsals"
    engage person sponsor --may-not sign --from 2025-09-01
    engage person sponsor --leaves 2025-11-28 --successor "Stage manager"
    """
    leaves, successor = said.pop("leaves"), said.pop("successor")
    if leaves:
        refuse("Somebody who leaves", **{_FLAGS.get(name, name): value for name, value in said.items()})
        departed(app, envelope, words, str(leaves), str(successor) if successor else None)
        return
    refuse("Somebody who stays", successor=successor)
    stream, state, (name,) = needed(app, words, Need("Who?", "WHO"))
    account = app.names.account(state.account)
    contact, card = _card(app, account, name, said)
    side = str(card["side"]) if card else account.contacts[contact].event.side
    here = stream.partition("/")[2] if said["only_here"] else None
    subject = f"account/{state.account}"
    drafts = [envelope.draft(app, "contact-added", subject, card)] if card else []
    for terms in _grants(app, account, contact, side, said, envelope.day(app)):
        drafts.append(envelope.draft(app, "authority-changed", subject, {**terms, "engagement": here}))
    if not drafts:
        raise click.UsageError(
            f"{name} is known already, as {contact}. Say what is new: --may SCOPE or --may-not SCOPE."
        )
    ratified = listed(str(said["ratifies"] or ""))
    receipts = app.record(*drafts)
    recorded(
        app, receipts, as_json=envelope.as_json, after=lambda model: after_grant(app, model, ratified, said["may"])
    )


def _grants(
    app: App, account: Account, contact: str, side: str, said: Mapping[str, str | bool | None], today: str
) -> Iterator[dict[str, JSON | None]]:
    """Yield what *contact* may, or may no longer: said by whoever was named, else by the first of the side who may."""
    granter = pick(called(account), str(said["granted_by"])) if said["granted_by"] else None
    for option in ("may", "may_not"):
        for scope in scopes(said[option]):
            by = granter or first_holder(account, scope, side) or contact
            terms: dict[str, JSON | None] = {"contact": contact, "scope": scope, "granted": option == "may"}
            yield {**terms, "granted_by": by, **for_scope(scope, _valid(app, said, today))}


def _card(
    app: App, account: Account, name: str, said: Mapping[str, str | bool | None]
) -> tuple[str, dict[str, JSON | None]]:
    """Return the id of the person called *name*, and what makes them known if they are not."""
    from ledger.errors import Unknown

    adding = said["side"] or said["level"]
    exact = {c: texts for c, texts in called(account).items() if name.casefold() in {t.casefold() for t in texts}}
    if exact or not adding:
        try:
            return pick(exact or called(account), name), {}
        except Unknown as error:
            raise click.UsageError(
                f'{error.message} Say who it is: engage person "{name}" --side client --level executive --role TEXT'
            ) from error
    if not (said["side"] and said["level"]):
        missing = "--level LEVEL" if said["side"] else "--side provider or --side client"
        raise click.UsageError(f'Say {missing} too: engage person "{name}" --side client --level executive')
    contact = account.next_id("contact")
    card = {"contact_id": contact, "side": said["side"], "level": said["level"], "name": name}
    return contact, {**card, "role": said["role"] or name, "email": said["email"]}


def _valid(app: App, said: Mapping[str, str | bool | None], today: str) -> dict[str, JSON | None]:
    from ledger_cli.asking.typed import day, entry_id

    begin, until = said["valid_from"], said["until"]
    return {
        "valid_from": day(parse_moment(str(begin), app.clock(), app.zone, ahead=True)) if begin else today,
        "valid_until": day(parse_moment(str(until), app.clock(), app.zone, ahead=True)) if until else None,
        "limit": money(str(said["limit"])) if said["limit"] else None,
        "ratifies": [entry_id(app, word) for word in listed(str(said["ratifies"] or ""))] or None,
    }
