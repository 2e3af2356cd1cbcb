"""`signed`: one side put its name to a version of the agreement (P09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.errors import Refused, Unknown
from ledger_cli.asking.about import needed
from ledger_cli.asking.introducing import contacts, side_of
from ledger_cli.asking.missing import Need
from ledger_cli.follows.agreement import after_signature
from ledger_cli.follows.late import written_late
from ledger_cli.recording.envelope import PARTIES, act
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.engagement import Engagement
    from ledger.events import AgreementDrafted
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option("--version", type=int, metavar="N", help="Which version; the newest, if left out.")
@click.option("--by", "who", metavar="WHO", help="Who signed.")
@click.option("--for", "side", type=PARTIES, help="For which side; theirs, if left out.")
@click.option(
    "--method",
    type=click.Choice(["wet_ink", "e_signature", "email", "other"]),
    default="e_signature",
    show_default=True,
    help="How.",
)
@act
@click.pass_obj
def signed(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    version: int | None,
    who: str | None,
    side: str | None,
    method: str,
) -> None:
    """Record that somebody signed a version of the agreement: the very document that was drafted.

    \b
    engage signed northwind --version 1 --by "delivery lead"
    engage signed --by sponsor --at 2025-03-05 --evidence signed.pdf
    """
    stream, state, (signer,) = needed(app, words, Need("Who signed?", "--by WHO", who))
    draft = _draft(state, version)
    signatory = contacts(app, state, [signer])[0]
    theirs = side_of(app, state.account, signatory)
    data = {
        "version": draft.version,
        "signed_for": side or theirs,
        "signatory": signatory,
        "document_sha256": draft.document_sha256,
        "method": method,
    }
    receipts = app.record(envelope.draft(app, "agreement-signed", stream, data))

    def after(model: ReadModel) -> After:
        follows = after_signature(app, model, stream, draft.version)
        return follows._replace(says=[*written_late(app, model, receipts[-1].position), *follows.says])

    recorded(app, receipts, as_json=envelope.as_json, after=after)


def _draft(state: Engagement, version: int | None) -> AgreementDrafted:
    if not state.drafts:
        raise Refused("No version of the agreement has been recorded.", advice="engage agreed FILE")
    number = max(state.drafts) if version is None else version
    if number not in state.drafts:
        raise Unknown("version of the agreement", str(number), candidates=[str(v) for v in state.drafts][-3:])
    return state.drafts[number].event
