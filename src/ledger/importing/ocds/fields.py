"""Which fields of a release are read, and what each must be; everything else is left out, and counted by its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ledger.importing.ocds.reading import amount, currency, identifier, line, moment, stamp, text, words

if TYPE_CHECKING:
    from collections import Counter

    from ledger.importing.ocds.nodes import Node

Reader: TypeAlias = "Callable[[Node], Any]"
Spec: TypeAlias = "Reader | Fields | list[Fields]"
Fields: TypeAlias = "Mapping[str, Spec]"


MONEY: Fields = {"amount": amount, "currency": currency}
PERSON: Fields = {"id": identifier, "name": text}
DOCUMENT: Fields = {
    "id": identifier,
    "documentType": text,
    "title": text,
    "description": text,
    "url": text,
    "datePublished": stamp,
    "format": text,
}
MILESTONE: Fields = {
    "id": identifier,
    "title": text,
    "description": text,
    "dueDate": moment,
    "dateMet": moment,
    "dateModified": moment,
    "status": text,
}
AMENDMENT: Fields = {"id": identifier, "date": moment, "rationale": text, "description": text}
CONTRACT: Fields = {
    "id": identifier,
    "awardID": identifier,
    "title": text,
    "description": text,
    "status": text,
    "period": {"startDate": stamp, "endDate": stamp, "maxExtentDate": stamp},
    "value": MONEY,
    "dateSigned": moment,
    "documents": [DOCUMENT],
    "milestones": [MILESTONE],
    "amendments": [AMENDMENT],
    "implementation": {"milestones": [MILESTONE], "documents": [DOCUMENT]},
}
PARTY: Fields = {**PERSON, "roles": words, "contactPoint": {"name": text, "email": text}}
RELEASE: Fields = {
    "ocid": identifier,
    "id": identifier,
    "date": moment,
    "buyer": PERSON,
    "parties": [PARTY],
    "awards": [{"id": identifier, "date": moment, "suppliers": [PERSON]}],
    "contracts": [CONTRACT],
}
"""What is read of a release (OCDS 1.1, release schema)."""
UNCOUNTED = frozenset({"tag", "language", "initiationType"})
"""What says nothing of the contract: how the release itself is filed."""


def picked(node: Node, spec: Spec, left_out: Counter[str], name: str = "") -> Any:  # noqa: ANN401 -- JSON
    """Return what is read of *node*, checked; null stays, for it takes back; what is not read is counted by its path."""
    if node.value is None:
        if isinstance(spec, list):
            left_out[f"{name} (null)"] += 1  # what its objects brought into the ledger stays
        return None
    if isinstance(spec, Mapping):
        return _object(node, spec, left_out, name)
    if isinstance(spec, list):
        if not isinstance(node.value, list):
            raise node.no("list")
        return _list(node, spec[0], left_out, name)
    return spec(node)


def _object(node: Node, spec: Fields, left_out: Counter[str], name: str) -> dict[str, Any]:
    if not isinstance(node.value, dict):
        raise node.no("object")
    found: dict[str, Any] = {}
    for key in node.value:
        path = f"{name}/{key}" if name else key
        if key in spec:
            found[key] = picked(node.at(key), spec[key], left_out, path)
        elif path not in UNCOUNTED:
            left_out[line(path)] += len(node.value[key]) if isinstance(node.value[key], list) else 1
    return found


def _list(node: Node, spec: Fields, left_out: Counter[str], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list, each with its id: what is not told apart cannot be followed from release to release."""
    found: dict[str, dict[str, Any]] = {}
    for number in range(len(node.value)):
        one = _object(node.at(number), spec, left_out, name)
        one["id"] = one.get("id") or line(one.get("name") or one.get("date") or "")
        if not one["id"]:
            raise node.at(number).refusal(
                "it has no id.", "The publisher must give it one: ids tell apart what changes."
            )
        if one["id"] in found:
            raise node.at(number).refusal(f'the id "{one["id"]}" stands twice in this list.', "Leave one of the two.")
        found[one["id"]] = one
    return list(found.values())
