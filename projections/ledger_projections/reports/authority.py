"""What somebody might do on a day, by which grant; and the acts of those who might not, with what cured them (P49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing.unauthorised import acts_of, held_by, scopes_on
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.lateness import writing
from ledger_projections.reports.reasons import numbers
from ledger_projections.sentences import what
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.canonical import JSON
    from ledger.events import AuthorityChanged
    from ledger.facts import Fact
    from ledger.standing.unauthorised import Act
    from ledger_projections.reports.source import Source

LACKING = ("Act", "By", "Done", "Written down", "Authority they held then", "Does it count?", "What cured it")
BESIDE = (("Act", "By"), ("Done", "Written down"), ("Authority they held then",), ("Does it count?", "What cured it"))
CURES = (
    "An act of somebody who had no authority for it is recorded, and does not count, until a grant ratifies it by name: "
    "then it counts from when it was done. A grant that does not name it cures nothing that was done before."
)


def lacking_section(source: Source) -> Section:
    """Return the acts that were done without authority, whether or not they were cured."""
    rows = [_line(source, act) for act in acts_of(source.known) if act.lacks]
    return Section(
        "Acts without authority", [CURES] if rows else ["None was recorded."], LACKING, rows, together=BESIDE
    )


def may_words(source: Source, act: Act) -> str:
    """Say by which entry whoever did *act* held the authority for it on that day, or which they held instead."""
    grant = held_by(source.known, act)
    if not act.lacks and grant is not None:
        return f"yes: {_granted(source, grant)}"
    return f"no: {_instead(source, act)}"


def _granted(source: Source, grant: Fact[AuthorityChanged]) -> str:
    event = grant.event
    words = f"#{grant.entry.position}, valid from {source.said(event.valid_from)}"
    words += f" until {source.said(event.valid_until)}" if event.valid_until else ""
    words += f", granted by {person(source.view, event.granted_by)}"
    return words


def _instead(source: Source, act: Act) -> str:
    if act.who is None:
        return "nobody is named"
    held = scopes_on(source.known, act)
    side = "us" if source.known.side(act.who) == "provider" else "the client"
    return f"{', '.join(held).replace('_', ' ')}, for {side}" if held else "none"


def grant_behind(source: Source, act: Act) -> list[Fact[AuthorityChanged]]:
    """Return the change of authority that decided about *act*, and what cured it."""
    return [change for change in (held_by(source.known, act), act.cure) if change is not None]


def _line(source: Source, act: Act) -> Line:
    fact, cure = act.fact, act.cure
    who = person(source.view, act.who) if act.who else "nobody named"
    words = f"{act.kind}: {what(fact, source.now)}"
    cured = "; ".join(_cured(source, act))
    cells = (words, who, source.said(fact.when), writing(source, fact), _instead(source, act), _counts(act), cured)
    found: dict[str, JSON] = {
        "act": act.kind,
        "subject": act.subject,
        "scopes": list(act.scopes),
        "counts": act.counts,
        "done": fact.when,
        **({"who": act.who} if act.who else {}),
        **({"cured_by": cure.entry.id, "cured_at": cure.recorded, "counts_from": fact.when} if cure else {}),
    }
    return Line(cells, numbers([fact, *grant_behind(source, act)]), values=found)


def _counts(act: Act) -> str:
    if act.kind == "instruction":
        return "it was asked all the same"
    return "yes" if act.counts else "no"


def _cured(source: Source, act: Act) -> Iterator[str]:
    if act.cure is None:
        yield "nothing"
        return
    yield f"ratified by #{act.cure.entry.position}, written down {source.said(act.cure.recorded)}"
    yield f"it counts from when it was done, {source.said(act.fact.when)}"
