"""Flags: what was recorded although a rule speaks against it (domain 3.3.5). Nothing is refused for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.flagging.agreement import agreement_flags
from ledger_projections.flagging.authority import authority_flags, granting_flags
from ledger_projections.flagging.corrections import correction_flags
from ledger_projections.flagging.flag import FLAGS, Flag
from ledger_projections.flagging.milestones import milestone_flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

__all__ = ["FLAGS", "Flag", "flags"]


def flags(view: View) -> Iterator[Flag]:
    """Yield the flags of the stream of *view*."""
    if view.known is not None:
        for find in (agreement_flags, authority_flags, milestone_flags, correction_flags):
            yield from (flag for flag in find(view, view.known) if view.concerns(flag.subject))
    elif view.account is not None:
        yield from granting_flags(view, view.account)
