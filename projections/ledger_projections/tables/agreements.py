"""Agreements: one row a version, who signed it, and from when it is in force (P01 to P10, M17)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from ledger.engagement import Amendment
from ledger.standing import Known, missing_parts, required_parts
from ledger.values import Part
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import AgreementDrafted
    from ledger.facts import Fact
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("version", "integer", "The version.", example="1"),
    Column("state", "text",
           "unsigned, half-signed or signed by both (as of freshness.as_of).", example="signed by both"),
    Column("is_in_force", "boolean", "1: the newest version that both have signed (as of freshness.as_of)."),
    Column("amends", "integer", "The version it amends.", nullable=True),
    Column("drafted_by", "text", "provider or client.", example="provider"),
    Column("drafted_at", "instant", "When it was drafted."),
    Column("signed_by_provider_at", "instant", "When our signature counts from.", nullable=True),
    Column("provider_signatory", "text", "Who signed for us.", nullable=True),
    Column("signed_by_client_at", "instant", "When the client's signature counts from.", nullable=True),
    Column("client_signatory", "text", "Who signed for the client.", nullable=True, example="client sponsor"),
    Column("signed_by_both_at", "instant", "When the later of the two was given.", nullable=True),
    Column("in_force_from", "instant", "From when it is the version in force.", nullable=True),
    Column("in_force_to", "instant", "When a newer one took its place; null: none has.", nullable=True),
    Column("uncounted_signatures", "integer", "Signatures that do not count: without authority."),
    Column("document_sha256", "text", "The SHA-256 of the document."),
    Column("currency", "text", "Its currency (ISO 4217).", example="GBP"),
    Column("value_minor", "integer", "Its value.", "minor units", nullable=True),
    Column("day_cap", "number", "The most days to be worked.", "days", nullable=True),
    Column("calendar", "text", "The calendar its dates are counted in.", example="default"),
    Column("completion", "day", "The estimated completion (P03).", nullable=True),
    Column("parts_present", "json", "Which of the seven parts it has."),
    Column("parts_missing", "json", "Which of the required ones it lacks."),
    Column("parts_required", "integer", "M17: how many it needs: five, six where it is sensitive."),
    Column("notices", "json", "The notices it asks for: on, within_bh, clause."),
    Column("proposed_by", "text", "The side that proposed it as a change (P10).", nullable=True, example="client"),
    Column("proposed_at", "instant", "When.", nullable=True),
    Column("changes", "integer", "How many changes the proposal names.", nullable=True),
    Column("declined_by", "text", "The side that first declined it.", nullable=True),
    Column("declined_at", "instant", "When.", nullable=True),
    Column("results", "integer", "How many results it names."),
    Column("results_without_measure", "integer", "How many of them have no measure (P48)."),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each version that was drafted."""
    known = view.known
    if known is None:
        return
    for version, draft in known.engagement.drafts.items():
        if view.concerns("version", version):
            said = {**_signing(view, known, version), **_terms(known, draft), **_proposal(known, version)}
            yield row_on(_facts(known, version, draft), {**whose(view), **said})


def _facts(known: Known, version: int, draft: Fact[AgreementDrafted]) -> list[Fact[Any]]:
    amendment = known.engagement.amendments.get(version, Amendment())
    signed = [fact for fact in known.engagement.signatures if fact.event.version >= version]
    return [draft, *signed, *([amendment.proposed] if amendment.proposed else []), *amendment.declined]


def _proposal(known: Known, version: int) -> dict[str, Scalar]:
    amendment = known.engagement.amendments.get(version, Amendment())
    proposed, declined = amendment.proposed, min(amendment.declined, key=known.at, default=None)
    return {
        "proposed_by": proposed.event.proposed_by if proposed else None,
        "proposed_at": written(known.at(proposed)) if proposed else None,
        "changes": len(proposed.event.changes) if proposed and proposed.event.changes is not None else None,
        "declined_by": declined.event.declined_by if declined else None,
        "declined_at": written(known.at(declined)) if declined else None,
    }


def _signing(view: View, known: Known, version: int) -> dict[str, Scalar]:
    both = known.signed_by_both
    newer = [when for other, when in both.items() if other > version]
    mine, signatures = both.get(version), known.engagement.signatures
    begun = mine if mine and all(when > mine for when in newer) else None
    counting = known.signatures.get(version, {})
    return {
        "version": version,
        "state": known.signing(version),
        "is_in_force": version == max(both, default=None),
        **_side(view, known, version, "provider"),
        **_side(view, known, version, "client"),
        "signed_by_both_at": written(mine),
        "in_force_from": written(begun),
        "in_force_to": written(min(newer)) if begun and newer else None,
        "uncounted_signatures": sum(
            fact.event.version == version and fact.event.signed_for not in counting and not known.counts_signature(fact)
            for fact in signatures
        ),
    }


def _side(view: View, known: Known, version: int, side: str) -> dict[str, Scalar]:
    fact = known.signatures.get(version, {}).get(side)
    return {
        f"signed_by_{side}_at": written(known.signed_at(version, fact)) if fact else None,
        f"{side}_signatory": person(view, fact.event.signatory) if fact else None,
    }


def _terms(known: Known, draft: Fact[AgreementDrafted]) -> dict[str, Scalar]:
    event = draft.event
    sensitive = bool(known.engagement.opened and known.engagement.opened.event.sensitive)
    return {
        "amends": event.amends,
        "drafted_by": event.drafted_by,
        "drafted_at": written(known.at(draft)),
        "document_sha256": event.document_sha256,
        "currency": event.currency,
        "value_minor": event.value["minor"] if event.value else None,
        "day_cap": Decimal(event.day_cap) if event.day_cap else None,
        "calendar": event.calendar,
        "completion": event.timeframe["completion"] if event.timeframe else None,
        "parts_present": json_text([part for part in get_args(Part) if part in event.parts]),
        "parts_missing": json_text(missing_parts(event.parts, sensitive=sensitive)),
        "parts_required": len(required_parts(sensitive=sensitive)),
        "notices": json_text(event.notices),
        "results": len(event.results),
        "results_without_measure": sum("measure_stated_by" not in result for result in event.results),
    }


TABLE = Table(
    "agreements",
    "One row a version of the agreement.",
    ("engagement", "version"),
    COLUMNS,
    rows,
    about=("version", "version:"),
    unread=CONVERSATION,
)
