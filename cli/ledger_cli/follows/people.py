"""What follows from what somebody may do, or from their leaving: what is made good, and what is left behind (P49, P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import AgreementSigned, MilestoneJudged, MilestoneRescheduled
from ledger.values import Stream
from ledger_cli.asking.entries import standing
from ledger_cli.asking.granting import scopes
from ledger_cli.follows.agreement import after_milestone, after_signature
from ledger_cli.follows.client import listing
from ledger_cli.follows.place import here
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger_cli.app import App

    Row = Mapping[str, Any]


def after_departure(app: App, model: ReadModel, account_id: str, contact: str) -> After:
    """Return what a contact who leaves leaves behind, in each engagement of the account, and what would mend it."""
    says: list[str] = []
    then = ""
    for row in model.rows("contacts", "account = ? AND contact = ?", (account_id, contact)):
        where = here(app, Stream(f"engagement/{row['engagement']}")) if row["engagement"] else ""
        says += [f"{where.strip()}: {line}" if where else line for line in _left(model, row)]
        if row["left_milestones"] and not then:
            then = f"Let somebody accept: engage person {where}WHO --may accept"
    return After(says or ["Nothing is left behind: no open request, no obligation, no milestone."], then)


def after_grant(app: App, model: ReadModel, ratified: Sequence[str], may: object) -> After:
    """Return what acts that were made good amount to now, and who may sign."""
    says = [line for word in ratified for line in _cured(app, model, word)]
    return After(says, "Next: engage signed --by WHO" if "sign" in scopes(may) and not says else "")


def _cured(app: App, model: ReadModel, word: str) -> Sequence[str]:
    stream, fact = standing(app, word)
    match fact.event:
        case MilestoneJudged(milestone_id=milestone) | MilestoneRescheduled(milestone_id=milestone):
            return after_milestone(app, model, stream, milestone)
        case AgreementSigned(version=version):
            return after_signature(app, model, stream, version).says
        case _:
            return (
                []
                if _lacked(model, fact.entry.id)
                else [f"#{fact.entry.position} lacked no authority: there was nothing to make good."]
            )


def _lacked(model: ReadModel, entry: str) -> bool:
    return bool(model.rows("flags", "entry = ? AND flag = 'without-authority'", (entry,)))


def _left(model: ReadModel, row: Row) -> Iterator[str]:
    requests, engagement = row["left_requests"], row["engagement"]
    if requests:
        yield f"{len(requests)} open {'request' if len(requests) == 1 else 'requests'} with them: {listing(requests)}."
    if row["left_obligations"]:
        yield f"Theirs to give: {_titled(model, engagement, 'obligation', row['left_obligations'])}."
    if row["left_milestones"]:
        yield f"Nobody may accept any more: {_titled(model, engagement, 'milestone', row['left_milestones'])}."


def _titled(model: ReadModel, engagement: str, kind: str, names: Sequence[str]) -> str:
    """Return the things of *kind* that *names* are, with what they are called."""
    rows = model.rows("obligations" if kind == "obligation" else "milestones", "engagement = ?", (engagement,))
    titles = {row[kind]: row["title"] for row in rows}
    return listing([f'{name} "{titles[name]}"' if titles.get(name) else name for name in names])
