"""The terms of a contract as versions of an agreement: what was published first, and each change of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ledger.importing.ocds.drafting import changes, key
from ledger.importing.ocds.reading import line, minor_units
from ledger.importing.ocds.said import AMENDED, AS_PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.importing.ocds.drafting import Drafting
    from ledger.importing.ocds.said import Contract

TERMS = ("id", "awardID", "title", "description", "value", "period")
"""The fields of a contract that are its terms: the document that a version is, for its own bytes are not published."""
NO_CURRENCY = "XXX"
"""ISO 4217: no currency is involved; here: none is published."""


def terms_of(contract: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms that a merged contract states."""
    return {name: contract[name] for name in TERMS if contract.get(name)}


def document_of(terms: Mapping[str, Any]) -> str:
    """Return SHA-256 of *terms* as JSON in UTF-8: keys sorted, no space, amounts as text."""
    return sha256(_written(terms).encode()).hexdigest()


def plan_terms(draft: Drafting, said: Contract, contract: Mapping[str, Any], account: str, alias: str) -> None:
    """Open the engagement and draft its first version, or the next where terms or amendments say something new."""
    terms = terms_of(contract)
    if not said.drafted:
        title = line(contract.get("title") or "") or None
        opening = {"account": account, "alias": alias, "title": title}
        known_by = key("contract", draft.release.ocid, contract["id"])
        draft.add("engagement-opened", said.subject, opening, known_by=known_by)
        said.amendments |= set(_new_amendments(said, contract))  # the terms before them are not known
        said.drafted = _draft(draft, said, terms, None)
        return
    amendments = _new_amendments(said, contract)
    if terms != said.terms or amendments:
        _amend(draft, said, terms, amendments)


def _amend(draft: Drafting, said: Contract, terms: dict[str, Any], amendments: Mapping[str, Mapping[str, Any]]) -> None:
    """Propose and draft the next version; the amendments of one release are one version, dated as the last of them."""
    before = said.version
    dated = max((one["date"] for one in amendments.values() if "date" in one), default=None)
    occurred = draft.past(dated, "amendment: date")
    proposed: dict[str, Any] = {
        "from_version": before,
        "new_version": said.highest + 1,
        "proposed_by": "client",
        "changes": changes(_moved(said.terms, terms)),
        "reason": _reasons(amendments) or None,
        "note": AS_PUBLISHED + _written(sorted(amendments)) if amendments else None,
    }
    draft.add("amendment-proposed", said.subject, proposed, occurred=occurred)
    if len(amendments) > 1:
        draft.note(
            f"{len(amendments)} amendments in one release are one version: the terms between them are not known."
        )
    _draft(draft, said, terms, before, occurred)
    said.amendments |= set(amendments)


def _draft(
    draft: Drafting, said: Contract, terms: dict[str, Any], amends: int | None, occurred: str | None = None
) -> str:
    first = amends is None and said.amendments
    said.highest = said.version = said.highest + 1
    said.terms, said.documents[said.version] = terms, document_of(terms)
    data: dict[str, Any] = {
        "version": said.version,
        "amends": amends,
        "drafted_by": "client",
        "document_sha256": said.documents[said.version],
        "currency": (terms.get("value") or {}).get("currency") or NO_CURRENCY,
        "calendar": "default",
        "parts": [
            part for part, there in (("timeframe", _completion(terms)), ("compensation", _value(terms))) if there
        ],
        "notices": [],
        "results": [],
        "value": _value(terms),
        "timeframe": _completion(terms),
        "note": AS_PUBLISHED + _written(terms) + (AMENDED + _written(sorted(said.amendments)) if first else ""),
        "evidence": draft.evidence,
        "evidence_count": 1,
    }
    if terms.get("value") and not data["value"]:
        draft.note(
            f"value {_written(terms['value'])} is no whole number of minor units in a currency: the note has it."
        )
    return draft.add("agreement-drafted", said.subject, data, occurred=occurred)


def _new_amendments(said: Contract, contract: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in contract.get("amendments") or () if one["id"] not in said.amendments}


def _reasons(amendments: Mapping[str, Mapping[str, Any]]) -> str:
    said = []
    for name, one in amendments.items():
        words = " ".join(text for text in (one.get("rationale"), one.get("description")) if text)
        said.append(
            f"Amendment {name}" + (f" ({one['date']})" if "date" in one else "") + (f": {words}" if words else "")
        )
    return "\n".join(said)[:20_000]


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields of the draft that differ: the value, the completion, and the terms as published."""
    found: dict[str, tuple[Any, Any]] = {
        "data.value": (_value(before), _value(after)),
        "data.timeframe": (_completion(before), _completion(after)),
    }
    if _rest(before) != _rest(after):
        found["data.note"] = (AS_PUBLISHED + _written(before), AS_PUBLISHED + _written(after))
    return {path: pair for path, pair in found.items() if pair[0] != pair[1]}


def _rest(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms that no field of a draft holds."""
    period = {name: date for name, date in (terms.get("period") or {}).items() if name != "endDate"}
    return {**{name: said for name, said in terms.items() if name != "value"}, "period": period}


def _value(terms: Mapping[str, Any]) -> dict[str, Any] | None:
    money = terms.get("value") or {}
    if "amount" not in money or "currency" not in money:
        return None
    minor = minor_units(money)
    return None if minor is None else {"currency": money["currency"], "minor": minor}


def _completion(terms: Mapping[str, Any]) -> dict[str, str] | None:
    end = (terms.get("period") or {}).get("endDate")
    return {"completion": str(end)[:10]} if end else None


def _written(value: Mapping[str, Any] | Sequence[str]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
