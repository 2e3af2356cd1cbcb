"""M19: how fresh each entry was, and whether a dispute was open on what it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from tests.strangers.reckoning.agreed import Terms
from tests.strangers.reckoning.promised import Row
from tests.strangers.reckoning.telling import Fact

LIMITS = ((24, "A"), (7 * 24, "B"), (30 * 24, "C"))


def lags(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M19 of every entry as it was first written down."""
    entries = [one for one in terms.told.entries if one.stream == terms.stream and one.id in terms.told.so]
    clock = terms.told.clocks["default"]
    for one in entries:
        said = (
            {each["path"]: each.get("after") for each in one["changes"] or []} if one.type == "entry-corrected" else {}
        )
        aware = json.loads(said.get("aware") or "null") or one.aware
        begun = (
            clock.opening(aware) if aware else clock.close(json.loads(said.get("occurred") or "null") or one.occurred)
        )
        if not one.is_stated and not aware and not said.get("occurred"):
            yield "M19", ("lag_hours", one.id, None, None)
            yield "M19", ("grade", one.id, "", None)
            yield "M19", ("after_dispute", one.id, _disputed(terms, one), None)
            continue
        hours = max(Fraction(0), Fraction((one.recorded - begun) // timedelta(microseconds=1), 3_600_000_000))
        yield "M19", ("lag_hours", one.id, hours, None)
        yield "M19", ("grade", one.id, next((grade for limit, grade in LIMITS if hours <= limit), "D"), None)
        yield "M19", ("after_dispute", one.id, _disputed(terms, one), None)


OPENING = {
    "milestone-agreed": "milestone",
    "obligation-agreed": "obligation",
    "cadence-agreed": "cadence",
    "slip-foreseen": "slip",
    "slip-reported": "slip",
    "request-received": "request",
    "request-sent": "request",
    "news-learned": "news",
    "concern-felt": "concern",
    "concern-raised": "concern",
    "dispute-raised": "dispute",
    "review-held": "review",
    "feedback-requested": "feedback",
    "action-agreed": "action",
    "assumption-recorded": "assumption",
    "idea-offered": "idea",
}
"""What the types of entry bring into being that later ones are about."""

NAMING = {
    **{f"{kind}_id": kind for kind in OPENING.values()},
    **dict.fromkeys(("version", "new_version", "agreement_version", "from_version", "amends"), "version"),
    **dict.fromkeys(("entry", "acknowledges"), "entry"),
    "blocks": "milestone",
    "open_obligations": "obligation",
    "depends_on": "milestone",
    "assumptions": "assumption",
    "from_request": "request",
}
"""What the fields name, of those that are not references in full."""


def _disputed(terms: Terms, one: Fact) -> bool:
    if one.type in ("position-stated", "dispute-raised", "dispute-closed"):
        return False
    for dispute in terms.told.of(terms.stream, "dispute-raised"):
        closed = [
            each
            for each in terms.told.of(terms.stream, "dispute-closed")
            if each["dispute_id"] == dispute["dispute_id"]
        ]
        during = dispute.position < one.position and not any(each.position <= one.position for each in closed)
        if during and f"entry:{one.id}" in _subject(terms, dispute):
            return True
    return False


def _subject(terms: Terms, dispute: Fact) -> set[str]:
    """Name what a dispute is about, and all that came of it: entries, and what they brought into being."""
    named = {ref for item in dispute["items"] for ref in item["about"]}
    first = [one for one in terms.told.entries if one.stream == terms.stream]
    found: set[str] = set()
    for entries in (first, [terms.told.righted[one.id] for one in first]):
        about, before = set(named), set[str]()
        while about != before:
            before = set(about)
            for one in entries:
                about |= _brought(one) if about & (_named(one) | _brought(one)) else set()
        found |= about
    return found


def _brought(one: Fact) -> set[str]:
    kind = OPENING.get(one.type)
    return {f"entry:{one.id}", *([f"{kind}:{one[f'{kind}_id']}"] if kind else [])}


def _named(one: Fact) -> set[str]:
    names = {*(one["about"] or []), *(ref for item in one["items"] or [] for ref in item["about"])}
    names |= {one[field] for field in ("trigger", "released", "source") if one[field]}
    for field, kind in NAMING.items():
        said = one[field] if isinstance(one[field], list) else [one[field]]
        names |= {f"{kind}:{each}" for each in said if each is not None}
    return names
