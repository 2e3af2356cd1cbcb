"""Flags on acts done without authority, and what cures them (P49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing.unauthorised import granted, instructed, judged, moved, signed
from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.standing import Known
    from ledger.standing.unauthorised import Act
    from ledger_projections.view import View

NOBODY = "nobody of the client agreed to the date"


def authority_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on signatures, judgements and new dates."""
    yield from _flags(view, signed(known), "may not sign for the {0.signed_for}")
    for name, milestone in known.engagement.milestones.items():
        if view.concerns("milestone", name):
            yield from _flags(view, judged(known, name, milestone), "may not accept or reject")
            yield from _flags(view, moved(known, name, milestone), "may not agree to a date")


def instructing_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on instructions of somebody who may not instruct, in an engagement or with an account."""
    wanted = (act for act in instructed(known, view.dialogue) if view.concerns(*act.subject.split(":", 1)))
    yield from _flags(view, wanted, "may not instruct")


def granting_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield the flags on authorities that were granted by somebody who does not hold them."""
    for act in granted(known):
        scope = act.scopes[0].replace("_", " ")
        yield from _flags(view, [act], f"may not {scope}, so cannot grant or take it")


def _flags(view: View, acts: Iterable[Act], said: str) -> Iterator[Flag]:
    for act in acts:
        if act.lacks:
            words = f"{person(view, act.who)} {said.format(act.fact.event)}" if act.who else NOBODY
            yield Flag(act.fact, "without-authority", act.subject, words, cured=act.cure)
