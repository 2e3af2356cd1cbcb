"""When a contract was signed: for each party by the contact that stands for it, as a claim that nobody has ratified.

The standard says neither who signed nor with which authority, so an imported signature grants none (ADR 14).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.importing.ocds.drafting import days_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.importing.ocds.drafting import Drafting
    from ledger.importing.ocds.said import Contract

Signatories = dict[str, str]


def plan_signatures(
    draft: Drafting, said: Contract, contract: Mapping[str, Any], signatories: Signatories, awarded: str | None
) -> None:
    """Add the signatures that `dateSigned` amounts to: *signatories* are contacts with the side they sign for."""
    signed = contract.get("dateSigned")
    if signed is None:
        _take_back(draft, said)
        return
    version, when = said.signed_version, draft.past(signed, "dateSigned")
    if not version or (said.version > version and _dates(said, version) != {when}):
        version = said.version
    elif _dates(said, version) != {when}:
        _redate(draft, said, version, when)
    missing = {who: side for who, side in signatories.items() if who not in said.signed.get(version, {})}
    if missing:
        odd = oddities(signed, draft.release.date, awarded)
        for says in odd:
            draft.note(f"contract {contract['id']}: {says[0].lower()}{says[1:]}")
        _sign(draft, said, version, missing, when, odd)


def oddities(signed: str, published: str, awarded: str | None) -> list[str]:
    """Return what is odd about a date of signing: later than the release that tells of it, earlier than the award."""
    after = days_between(published, signed)
    found = (
        [f"Signed {signed[:10]}, {after:,} days after the release that says so ({published[:10]})."]
        if after > 0
        else []
    )
    if awarded and (early := days_between(signed, awarded)) > 0:
        found.append(f"Signed {signed[:10]}, {early:,} days before the award ({awarded[:10]}).")
    return found


def _sign(draft: Drafting, said: Contract, version: int, who: Signatories, when: str | None, odd: list[str]) -> None:
    for contact, side in who.items():
        data: dict[str, Any] = {
            "version": version,
            "signed_for": side,
            "signatory": contact,
            "document_sha256": said.documents[version],
            "method": "other",
            "note": " ".join(odd) or None,
            "evidence": draft.evidence,
            "evidence_count": 1,
        }
        entry = draft.add("agreement-signed", said.subject, data, occurred=when)
        said.signed.setdefault(version, {})[contact] = (entry, when)


def _redate(draft: Drafting, said: Contract, version: int, when: str | None) -> None:
    for contact, (entry, before) in said.signed[version].items():
        if before != when:
            draft.amend(said.subject, entry, {}, {"occurred": (before, when)})
            said.signed[version][contact] = (entry, when)


def _take_back(draft: Drafting, said: Contract) -> None:
    for by in said.signed.values():
        for entry, _ in by.values():
            draft.withdraw(said.subject, entry)
    said.signed.clear()


def _dates(said: Contract, version: int) -> set[str | None]:
    return {date for _, date in said.signed[version].values()}
