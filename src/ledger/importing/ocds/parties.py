"""The parties of a process as contacts of its account: buyers on the client's side, suppliers on the provider's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.importing.ocds.drafting import key
from ledger.importing.ocds.reading import line
from ledger.importing.ocds.said import CONTACT_POINT, PARTY, Party

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ledger.importing.ocds.drafting import Drafting

BUYER, SUPPLIER = "buyer", "supplier"
CLIENT_ROLES = frozenset({BUYER, "procuringEntity", "payer"})
PROVIDER_ROLES = frozenset({SUPPLIER, "payee"})
WITHOUT_SIDE = "parties (on neither side)"


def side_of(roles: Iterable[str]) -> str | None:
    """Return the side that a party with these *roles* stands on; None for one that only tendered, funds or looks on."""
    if CLIENT_ROLES.intersection(roles):
        return "client"
    return "provider" if PROVIDER_ROLES.intersection(roles) else None


def everybody(process: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the parties of a merged process by id; the buyer and the suppliers of awards are there also if unlisted."""
    parties = {one["id"]: one for one in process.get("parties", ())}
    buyer = process.get("buyer") or {}
    if name := buyer.get("id") or line(buyer.get("name") or ""):
        parties.setdefault(name, {"name": name, **buyer, "id": name, "roles": [BUYER]})
    for award in process.get("awards", ()):
        for one in award.get("suppliers") or ():
            parties.setdefault(one["id"], {**one, "roles": [SUPPLIER]})
    return parties


def buyer_of(process: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return whoever the contract is for: the buyer, else the procuring entity."""
    parties = everybody(process)
    named = (process.get("buyer") or {}).get("id")
    if named in parties:
        return parties[named]
    for role in (BUYER, "procuringEntity"):
        if found := next((one for one in parties.values() if role in one.get("roles", ())), None):
            return found
    return None


def plan_parties(
    draft: Drafting,
    account: str,
    wanted: Mapping[str, Mapping[str, Any]],
    said: dict[str, Party],
    next_contact: Callable[[], str],
) -> None:
    """Add a contact for each party on a side that has none, and correct those that are said otherwise now."""
    stated = {one["id"] for one in draft.release.says.get("parties") or ()}
    for name, party in wanted.items():
        side = side_of(party.get("roles") or ())
        if side is None and name not in said:
            draft.release.left_out[WITHOUT_SIDE] += name in stated
        elif name not in said:
            said[name] = _added(draft, account, name, party, str(side), next_contact())
        else:
            _restated(draft, account, said[name], _texts(draft, name, party), side or said[name].side)


def _added(draft: Drafting, account: str, name: str, party: Mapping[str, Any], side: str, contact: str) -> Party:
    texts = _texts(draft, name, party)
    known_by = key("party", draft.release.ocid, name)
    data = {"contact_id": contact, "side": side, "level": "operational", **texts}
    entry = draft.add("contact-added", f"account/{account}", data, known_by=known_by)
    return Party(contact, entry, side, texts)


def _restated(draft: Drafting, account: str, said: Party, texts: dict[str, str], side: str) -> None:
    """Correct the texts that differ; those that were erased stay erased."""
    if not said.texts:
        return
    paths = {name: (said.texts.get(name), texts.get(name)) for name in ("name", "role", "email", "note")}
    moved = {f"data.{name}": pair for name, pair in paths.items() if pair[0] != pair[1]}
    plain = {"data.side": (said.side, side)} if side != said.side else {}
    if moved or plain:
        draft.amend(f"account/{account}", said.entry, moved, plain)
        said.texts, said.side = texts, side


def _texts(draft: Drafting, name: str, party: Mapping[str, Any]) -> dict[str, str]:
    point = party.get("contactPoint") or {}
    note = f"{PARTY}{name} of {draft.release.ocid}"
    texts = {
        "name": line(party.get("name") or "") or name,
        "role": line(", ".join(party.get("roles") or ())) or "party",
        "email": line(point.get("email") or ""),
        "note": f"{note}{CONTACT_POINT}{line(point['name'])}" if line(point.get("name") or "") else note,
    }
    return {field: said for field, said in texts.items() if said}
