"""What has no event of its own and is kept as a remark: how a contract is said to stand, and its documents.

A document whose bytes nobody has hashed is no evidence (domain 3.1): it is named, with its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day, normalise_instant
from ledger.importing.ocds.reading import line
from ledger.importing.ocds.said import NO_STATUS, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.importing.ocds.drafting import Drafting
    from ledger.importing.ocds.said import Contract

DOCUMENT = "Document as published: "
ENDED = frozenset({"cancelled", "terminated"})


def plan_remarks(draft: Drafting, said: Contract, contract: Mapping[str, Any]) -> None:
    """Add a remark for a status that is new, and for each document that is new or described anew."""
    status = line(contract.get("status") or "") or None
    if status != said.status:
        _remark(draft, said, STATUS + (status or NO_STATUS), None)
        said.status = status
        if status in ENDED:
            draft.note(
                f"contract {contract['id']} is {status}: how it ended is not said, so its engagement stays open "
                f"(engage close {said.subject.partition('/')[2]} …)."
            )
    for document in contract.get("documents") or ():
        if (text := _described(document)) not in said.remarks:
            _remark(draft, said, text, _published(draft, document))


def _remark(draft: Drafting, said: Contract, text: str, occurred: str | None) -> None:
    said.remarks.add(text)
    data = {"entry": said.drafted, "text": text}
    draft.add("entry-annotated", said.subject, data, occurred=occurred, visibility="shared")


def _published(draft: Drafting, document: Mapping[str, Any]) -> str | None:
    said = document.get("datePublished")
    when = said if said is None or is_day(said) else normalise_instant(said)
    return draft.past(when, f"document {document['id']}: datePublished")


def _described(document: Mapping[str, Any]) -> str:
    kind = ", ".join(line(document[name]) for name in ("documentType", "format") if document.get(name))
    published = f"published {document['datePublished']}" if "datePublished" in document else ""
    title = line(document.get("title") or "") or document["id"]
    lines = [
        title,
        ", ".join(part for part in (kind, published) if part),
        document.get("url"),
        document.get("description"),
    ]
    return DOCUMENT + "\n".join(text for text in lines if text)
