"""What we said that we told and that was withdrawn since: not told, though somebody wrote otherwise (P15, P31)."""

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
    """Return the entries that told of what *ref* names and were withdrawn, each with what withdrew it behind it."""
    find = view.standing.once
    gone = find(("tellings withdrawn", view.stream), lambda: withdrawn_tellings(view.state.history)).get(ref, ())
    return [each for fact in gone if fact.withdrawn_by for each in (fact, fact.withdrawn_by)]


def unsaid_words(view: View, gone: Sequence[Fact[Any]]) -> str:
    """Return `told by our account 11 Jun 10:05 (#18), withdrawn by the client's #26`; nothing for none."""
    return "; ".join(_words(view, fact, by.entry) for fact, by in zip(gone[::2], gone[1::2], strict=True))


def _words(view: View, fact: Fact[Any], by: Entry) -> str:
    who = "by the client's account" if fact.entry.party == "client" else "by our account"
    told = f"told {who} {when_words(fact, view, fact.when)} (#{fact.entry.position})"
    return f"{told}, withdrawn by {OWN[by.party]} #{by.position}"
