"""A contract as an engagement: its versions, its signatures, its milestones, and what is remarked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.importing.ocds.accounts import alias_of
from ledger.importing.ocds.milestones import plan_milestone
from ledger.importing.ocds.parties import SUPPLIER, buyer_of
from ledger.importing.ocds.remarks import plan_remarks
from ledger.importing.ocds.said import Contract
from ledger.importing.ocds.signing import plan_signatures
from ledger.importing.ocds.terms import plan_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.importing.ocds.drafting import Drafting
    from ledger.importing.ocds.process import Process


def plan_contract(draft: Drafting, process: Process, stated: Mapping[str, Any], account: str) -> None:
    """Add what *stated*, all that was said of a contract, says beyond what is in the ledger."""
    alias = alias_of(stated["id"], draft.release.ocid)
    said = process.contracts.setdefault(stated["id"], Contract(f"engagement/{alias}"))
    award = _award_of(stated, process.says)
    who = _signatories(process, award)
    plan_terms(draft, said, stated, account, alias)
    plan_signatures(draft, said, stated, who, award.get("date"))
    buyer = next((contact for contact, side in who.items() if side == "client"), None)
    for milestone in stated.get("milestones") or ():
        plan_milestone(draft, said, milestone, buyer)
    plan_remarks(draft, said, stated)


def _signatories(process: Process, award: Mapping[str, Any]) -> dict[str, str]:
    """Return the contacts that sign a contract, each with its side: the buyer, and the suppliers of its *award*."""
    suppliers = {one["id"] for one in award.get("suppliers") or ()}
    buyer = buyer_of(process.says)
    found = [process.parties[buyer["id"]]] if buyer and buyer["id"] in process.parties else []
    for name, party in process.parties.items():
        if party.side == "provider" and (name in suppliers or (not suppliers and party.has(SUPPLIER))):
            found.append(party)
    return {party.contact: party.side for party in found}


def _award_of(contract: Mapping[str, Any], says: Mapping[str, Any]) -> Mapping[str, Any]:
    awards = (one for one in says.get("awards") or () if one["id"] == contract.get("awardID"))
    return next(awards, {})
