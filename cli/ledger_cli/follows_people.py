"""What follows from somebody leaving, in sentences: the requests, obligations and milestones they leave behind (P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values import Stream
from ledger_cli.follows import here
from ledger_cli.follows_client import listing
from ledger_cli.receipts import After
from ledger_cli.verbs import engagement_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.store import ReadModel

    from ledger.dialogue import Dialogue
    from ledger.standing.orphaned import Orphans
    from ledger_cli.app import App


def after_departure(app: App, model: ReadModel, account_id: str, contact: str) -> After:
    """Return what a contact who leaves leaves behind in every engagement of the account, and what would mend it."""
    says: list[str] = []
    then = ""
    rows = model.rows("engagement_status", "account = ? AND state <> 'closed'", (account_id,))
    for stream in [Stream(f"account/{account_id}"), *(Stream(f"engagement/{row['engagement']}") for row in rows)]:
        where = here(app, stream)
        state, orphans = _left(app, stream, account_id, contact)
        says += [f"{where.strip()}: {line}" if where else line for line in _told(state, orphans)]
        if orphans.milestones and not then:
            then = f"Let somebody accept: engage person {where}WHO --may accept --granted-by {contact}"
    return After(says or ["Nothing is left behind: no open request, no obligation, no milestone."], then)


def _left(app: App, stream: Stream, account_id: str, contact: str) -> tuple[Dialogue, Orphans]:
    from ledger.engagement import Engagement
    from ledger.standing import Known
    from ledger.standing.orphaned import orphans_of

    account = app.names.account(account_id)
    engagement = engagement_of(app, stream) if stream.startswith("engagement/") else Engagement()
    state: Dialogue = engagement if engagement.opened else account
    known = Known(engagement, account, app.names.practice)
    leaves_on = account.departures[contact].event.leaves_on
    return state, orphans_of(known, state, contact, leaves_on, app.clock())


def _told(state: Dialogue, orphans: Orphans) -> Iterator[str]:
    if orphans.requests:
        many = len(orphans.requests)
        yield f"{many} open {'request' if many == 1 else 'requests'} of theirs: {listing(orphans.requests)}."
    if orphans.obligations:
        yield f"Theirs to give: {listing([_titled(state, name) for name in orphans.obligations])}."
    if orphans.milestones:
        yield f"Nobody may accept any more: {listing([_titled(state, name) for name in orphans.milestones])}."


def _titled(state: Dialogue, name: str) -> str:
    from ledger_projections.wording import named

    kind = "milestone" if name.startswith("M") else "obligation"
    return named(name, getattr(state.things[kind][name].event, "title", None))
