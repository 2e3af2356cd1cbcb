"""The account of a process: whoever its contracts are for, under an alias made of their id."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed
from ledger.importing.ocds.drafting import key
from ledger.importing.ocds.parties import buyer_of
from ledger.importing.ocds.process import account_name
from ledger.names import Names
from ledger.values.slugs import LONGEST, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.importing.ocds.drafting import Drafting
    from ledger.importing.ocds.process import Process
    from ledger.importing.ocds.shelves import Shelves


class Accounts:
    """The accounts in the ledger, with those that this run opens."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves, self._names = shelves, Names(shelves.reader)
        self._opening: set[str] = set()

    def find(self, process: Process, says: Mapping[str, Any]) -> None:
        """Find the account of a *process* of which nothing is in the ledger by the buyer that it *says*."""
        buyer = buyer_of(says)
        if process.account is None and buyer and (entry := self._shelves.entry_known_by("buyer", buyer["id"])):
            process.account = entry.stream.partition("/")[2]

    def open_for(self, draft: Drafting, process: Process) -> str | None:
        """Return the account of the buyer, opened if nobody has; None where no buyer is named, and nothing agreed."""
        buyer = buyer_of(process.says)
        if buyer is None:
            _check_nothing_agreed(draft.release.says.get("contracts"))
            return None
        alias = alias_of(buyer["id"])
        if stream := self._names.by_alias("account").get(alias):
            process.account = stream.partition("/")[2]
            return process.account
        if alias not in self._opening:
            opening = {"kind": "organisation", "alias": alias, "name": account_name(buyer)}
            draft.add("account-opened", f"account/{alias}", opening, known_by=key("buyer", buyer["id"]))
        self._opening.add(alias)
        process.account = alias
        return alias


def alias_of(name: str, within: str = "") -> str:
    """Return the alias of what has the id *name*, perhaps *within* a process; what a slug loses, a hash keeps apart."""
    whole = name if not within or name.startswith(within) else f"{within}-{name}"
    alias = slug(whole)
    if alias == whole.lower():
        return alias
    return f"{alias[: LONGEST - 9].strip('-') or 'ocds'}-{sha256(whole.encode()).hexdigest()[:8]}"


def _check_nothing_agreed(contracts: object) -> None:
    if contracts:
        raise Malformed(
            "/buyer: nobody is named whom the contract is for.",
            field="/buyer",
            advice='The release needs a buyer, or a party with the role "buyer" or "procuringEntity".',
        )
