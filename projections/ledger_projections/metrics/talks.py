"""Whose talk a figure counts: that of an engagement; of an account, its own and that of all its engagements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.account import Account
from ledger.standing import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.dialogue import Dialogue
    from ledger_projections.view import View


def talks(view: View) -> Iterator[tuple[Known, Dialogue]]:
    """Yield the talk in the stream of *view*, then that of each engagement of an account, with what stands of each."""
    yield view.standing, view.dialogue
    for engagement in () if view.engagement else view.engagements:
        yield Known(engagement, view.account or Account(), view.practice), engagement
