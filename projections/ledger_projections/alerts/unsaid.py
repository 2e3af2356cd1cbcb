"""What one side said was told and the other withdrew: not told, though somebody wrote otherwise (P15, P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.withdrawn import withdrawn_tellings
from ledger_projections.wording import when_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.entry import Entry
    from ledger.facts import Fact
    from ledger_projections.view import View

OWN = {"provider": "our", "client": "the client's"}


def unsaid(view: View, ref: str) -> Sequence[Fact[Any]]:
    """Return the entries that told of what *ref* names and the other side withdrew, each with what withdrew it behind it.

    Whoever takes back their own word leaves nothing to be settled: all stands as it stood before.
    """
    find = view.standing.once
    gone = find(("tellings withdrawn", view.stream), lambda: withdrawn_tellings(view.state)).get(ref, ())
    pairs = ((fact, by) for fact in gone if (by := fact.withdrawn_by) and by.entry.party != fact.entry.party)
    return [each for pair in pairs for each in pair]


def unsaid_words(view: View, gone: Sequence[Fact[Any]]) -> str:
    """Return `told by our account 11 Jun 10:05 (#18), withdrawn by the client's #26`; nothing for none."""
    return "; ".join(_words(view, fact, by.entry) for fact, by in zip(gone[::2], gone[1::2], strict=True))


def _words(view: View, fact: Fact[Any], by: Entry) -> str:
    who = "by the client's account" if fact.entry.party == "client" else "by our account"
    told = f"told {who} {when_words(fact, view, fact.when)} (#{fact.entry.position})"
    return f"{told}, withdrawn by {OWN[by.party]} #{by.position}"
