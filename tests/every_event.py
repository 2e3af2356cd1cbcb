"""A valid example of every event type with all its fields, and a ledger that holds one of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from ledger.canonical import JSON
from ledger.disclosures import protect
from ledger.entry import Proposal
from ledger.events import TYPES
from ledger.stores.sqlite import SqliteJournal

ORIGIN = "ledger.example/engagements/q3r7"
DOCUMENT = sha256(b"the letter of agreement").hexdigest()
START = datetime(2025, 6, 6, 8, 20, tzinfo=UTC)

_WITH_ANY: Mapping[str, Any] = {
    "evidence": [
        {"sha256": DOCUMENT, "bytes": 48_113, "media_type": "application/pdf", "name": "letter.pdf", "locator": "dms:1"}
    ],
    "evidence_count": 1,
    "note": "Said by telephone first,\nthen in writing.",
}
_MONEY = {"currency": "GBP", "minor": 1_840_000}
_CAUSES = [{"party": "third_party", "from_on": "2025-06-01", "to_on": "2025-06-05"}]
_CALENDAR = {
    "calendar": "london",
    "zone": "Europe/London",
    "open": [{"weekday": day, "from_time": "09:00", "to_time": "17:30"} for day in ("mo", "tu", "we", "th", "fr")],
    "exceptions": [
        {"day": "2025-12-24", "open": [{"from_time": "09:00", "to_time": "12:00"}]},
        {"day": "2025-12-25", "open": []},
    ],
}
_PARTS = ["scope", "timeframe", "evaluation", "compensation", "relationship", "confidentiality", "retention"]


def entry_id(number: int) -> str:
    """Return a UUIDv7; those of higher numbers are later."""
    return f"01974000-0000-7000-8000-{number:012x}"


_EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "actor-added": {"actor": "a1", "name": "Ada Ríos", "email": "ada@firm.example", "role": "partner"},
    "policy-set": {
        "policies": [{"policy": "slip_notice_bh", "value": "16"}, {"policy": "floor", "value": "80"}],
        "calendars": [_CALENDAR],
        "valid_from": "2025-01-01",
    },
    "account-opened": {
        "kind": "organisation",
        "key": True,
        "market": "ports",
        "alias": "acme",
        "name": "ACME Harbours",
    },
    "contact-added": {
        "contact_id": "c1",
        "side": "client",
        "level": "executive",
        "name": "Ann Ojo",
        "role": "sponsor",
        "email": "ann@acme.example",
        "responsible_for": ["the quay"],
        "accountable_for": ["the budget", "the date"],
    },
    "engagement-opened": {"account": "acme", "sensitive": True, "alias": "northwind", "title": "Moving the cranes"},
    "authority-changed": {
        "contact": "c1",
        "scope": "spend",
        "granted": True,
        "engagement": "northwind",
        "limit": _MONEY,
        "valid_from": "2025-01-01",
        "valid_until": "2025-12-31",
        "granted_by": "c1",
        "ratifies": [entry_id(4)],
    },
    "cadence-agreed": {
        "cadence_id": "weekly",
        "kind": "report",
        "rrule": "FREQ=WEEKLY;BYDAY=FR",
        "starts": "2025-06-06T16:00",
        "calendar": "london",
        "tolerance_bd": 2,
        "audience": ["c1"],
        "agreement_version": 1,
    },
    "agreement-drafted": {
        "version": 2,
        "amends": 1,
        "drafted_by": "provider",
        "document_sha256": DOCUMENT,
        "currency": "GBP",
        "calendar": "london",
        "parts": _PARTS,
        "notices": [{"on": "slip", "within_bh": "16", "clause": "7.2"}],
        "value": _MONEY,
        "day_cap": "120.5",
        "results": [
            {
                "result_id": "r1",
                "target": "98.5",
                "unit": "% of moves",
                "measure_stated_by": "client",
                "client_goal": "goal-1",
            }
        ],
        "timeframe": {"completion": "2025-12-19"},
        "evaluation": {"format": "one page", "cadence_id": "weekly"},
        "retention": {"from_on": "2026-01-01", "to_on": "2026-06-30", "notice_days": 30, "exclusive": False},
        "scope": {
            "in_scope": ["cranes 1 to 4"],
            "out_of_scope": ["the road"],
            "results": [{"result_id": "r1", "statement": "Cranes move.", "measure": "Moves an hour."}],
            "skills": ["hydraulics"],
        },
        "compensation": {
            "basis": "mixed",
            "amount": _MONEY,
            "day_rate": _MONEY,
            "bonuses": [{"result_id": "r1", "threshold": "99", "amount": _MONEY}],
            "expenses": [{"kind": "travel", "included": False, "cap": _MONEY}],
        },
        "relationship": {"mode": "change_authority", "counterparts": ["c1"], "rules": ["call before writing"]},
        "confidentiality": {"applies": True, "clause": "9", "indemnity": True, "indemnity_extent": "up to the fee"},
    },
    "agreement-signed": {
        "version": 2,
        "signed_for": "client",
        "signatory": "c1",
        "document_sha256": DOCUMENT,
        "method": "e_signature",
    },
    "milestone-agreed": {
        "milestone_id": "M2",
        "due": "2025-06-27",
        "agreement_version": 2,
        "starts_on": "2025-06-02",
        "effort_days": "12.5",
        "depends_on": ["M1"],
        "assumptions": ["H1"],
        "from_request": "R1",
        "title": "dress rehearsal",
        "acceptance_criteria": "All four cranes, one night.",
    },
    "obligation-agreed": {
        "obligation_id": "O1",
        "kind": "access",
        "due": "2025-06-10T16:00:00.000000Z",
        "owner": "c1",
        "blocks": ["M2"],
        "agreement_version": 2,
        "title": "keys of the quay",
    },
    "slip-foreseen": {
        "slip_id": "S1",
        "milestone_id": "M2",
        "forecast": "2025-07-18",
        "causes": _CAUSES,
        "why": "vendor interface late",
    },
    "slip-reported": {
        "slip_id": "S1",
        "milestone_id": "M2",
        "forecast": "2025-07-18",
        "to": ["c1"],
        "channel": "call",
        "affected": ["c1"],
        "causes": _CAUSES,
        "impact_stated": True,
        "options_count": 2,
        "impact": "Three weeks.",
        "options": ["wait", "go without crane 4"],
    },
    "slip-averted": {"slip_id": "S1", "how": "The vendor came on Sunday."},
    "milestone-rescheduled": {
        "milestone_id": "M2",
        "from_due": "2025-06-27",
        "to_due": "2025-07-18",
        "agreed_by": "c1",
        "agreement_version": 2,
        "reason": "the vendor",
    },
    "milestone-delivered": {"milestone_id": "M2", "summary": "Rehearsed on Friday night."},
    "milestone-judged": {"milestone_id": "M2", "verdict": "accepted", "by": "c1", "reasons": "All four moved."},
    "status-report-sent": {
        "cadence_id": "weekly",
        "period": "2025-W23",
        "to": ["c1"],
        "channel": "email",
        "no_change": True,
        "content_sha256": DOCUMENT,
        "summary": "No change.",
    },
    "communication-acknowledged": {
        "acknowledges": entry_id(13),
        "leaf_hash": "c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM=",
        "by": "c1",
        "channel": "message",
    },
    "news-learned": {
        "news_id": "N1",
        "polarity": "bad",
        "severity": 4,
        "about": ["milestone:M2"],
        "summary": "The vendor is insolvent.",
        "source": "its website",
    },
    "news-reported": {
        "news_id": "N1",
        "kind": "update",
        "to": ["c1"],
        "channel": "meeting",
        "admits_fault": True,
        "text": "We should have asked.",
    },
    "feedback-received": {
        "feedback_id": "F1",
        "wave": "2025-q2",
        "from_contact": "c1",
        "scale": {"min": "0", "max": "10"},
        "scores": [{"dimension": "trust", "score": "8.5"}],
        "solicited": True,
        "closing": True,
        "verbatim": "They say what is so.",
    },
    "dispute-raised": {
        "dispute_id": "D1",
        "raised_by": "client",
        "items": [{"item_id": "late-notice", "about": ["slip:S1"]}],
        "claims": [{"item_id": "late-notice", "text": "We heard of it on Monday."}],
    },
    "entry-corrected": {
        "entry": entry_id(12),
        "kind": "amend",
        "changes": [{"path": "data.forecast", "before": '"2025-07-18"', "after": '"2025-07-21"'}],
        "text_changes": [{"path": "data.why", "before": '"vendor interface late"', "after": '"vendor late"'}],
        "reason": "misread the mail",
    },
    "amendment-proposed": {
        "from_version": 1,
        "new_version": 2,
        "proposed_by": "client",
        "changes": [{"path": "data.day_cap", "before": '"100"', "after": '"120.5"'}],
        "reason": "four cranes, not three",
    },
    "amendment-declined": {"new_version": 2, "declined_by": "provider", "reason": "Not before May."},
    "work-started": {"agreement_version": 2, "basis": "letter_of_intent", "effort_hours": "7.5", "value": _MONEY},
    "work-recorded": {
        "from_on": "2025-06-02",
        "to_on": "2025-06-05",
        "days": "3.5",
        "agreement_version": 2,
        "milestone_id": "M2",
        "value": _MONEY,
    },
    "result-measured": {"result_id": "r1", "value": "-97.25", "unit": "% of moves", "measured_by": "client"},
    "engagement-paused": {"by": "client", "resume_expected_on": "2025-09-01", "reason": "the storm"},
    "engagement-resumed": {"by": "provider"},
    "commitment-released": {
        "released": "milestone:M2",
        "agreed_by": "c1",
        "agreement_version": 2,
        "reason": "no need of it",
    },
    "obligation-delay-notified": {
        "obligation_id": "O1",
        "new_date": "2025-06-13",
        "by": "c1",
        "channel": "call",
        "reason": "the locksmith",
    },
    "obligation-fulfilled": {"obligation_id": "O1", "by": "c1"},
    "assumption-recorded": {
        "assumption_id": "H1",
        "test_by": "2025-06-13",
        "statement": "The quay bears two cranes.",
        "basis": "the drawings of 1974",
    },
    "assumption-tested": {"assumption_id": "H1", "verdict": "failed", "how": "It was measured."},
    "contact-made": {
        "kind": "meeting",
        "direction": "outbound",
        "purpose": "check_in",
        "participants": ["c1"],
        "minutes": 45,
        "substantive": True,
        "about": ["milestone:M2"],
        "cadence_id": "weekly",
        "substance": "How the rehearsal is going.",
        "outcome": "They bring the keys.",
    },
    "request-received": {
        "request_id": "R1",
        "from_contact": "c1",
        "kind": "instruction",
        "channel": "email",
        "needs_reply": True,
        "in_scope": "unclear",
        "part": "scope",
        "value": _MONEY,
        "text": "Please paint the cranes.",
    },
    "request-sent": {
        "request_id": "R2",
        "to": ["c1"],
        "kind": "document",
        "channel": "letter",
        "blocks": ["M2"],
        "text": "Please send the drawings.",
    },
    "holding-reply-sent": {
        "request_id": "R1",
        "channel": "email",
        "promised_by": "2025-06-09T11:00:00.000000Z",
        "reason": "Whoever paints is away.",
    },
    "request-answered": {"request_id": "R1", "channel": "call", "answer": "Not in this year."},
    "preference-recorded": {
        "contact": "c1",
        "channel": "call",
        "detail_level": "summary",
        "source": "stated",
        "frequency": "weekly, before ten",
    },
    "availability-declared": {
        "person": "a1",
        "from_on": "2025-08-04",
        "to_on": "2025-08-15",
        "to": ["c1"],
        "cover": "a1",
        "reason": "in the mountains",
    },
    "news-verified": {
        "news_id": "N1",
        "verdict": "partly",
        "implications_stated": True,
        "method": "asked the receiver",
        "implications": "Parts come later.",
    },
    "review-held": {
        "review_id": "V1",
        "cadence_id": "weekly",
        "attendees": ["c1"],
        "scale": {"min": "1", "max": "5"},
        "needs_met_provider": "4",
        "needs_met_client": "3.5",
        "decision": "revise",
        "benefits": {"provider": "A reference.", "client": "A quay that works."},
    },
    "feedback-requested": {
        "feedback_id": "F1",
        "wave": "2025-q2",
        "to": ["c1"],
        "instrument": "five questions",
        "dimensions": ["trust", "pace"],
        "scale": {"min": "0", "max": "10"},
        "cadence_id": "weekly",
    },
    "feedback-given": {
        "to": ["c1"],
        "closing": True,
        "text": "You decide quickly.",
        "key_issues": ["keys", "drawings"],
    },
    "self-assessed": {
        "scale": {"min": "0", "max": "10"},
        "scores": [{"dimension": "trust", "score": "9"}],
        "closing": True,
        "reasons": "We told them at once.",
    },
    "action-agreed": {
        "action_id": "A1",
        "trigger": "feedback:F1",
        "owner": "a1",
        "due": "2025-06-20",
        "what": "Ask every vendor for its accounts.",
    },
    "action-completed": {"action_id": "A1", "outcome": "Two more are weak."},
    "lesson-recorded": {"source": "slip:S1", "applies_to": "suppliers", "lesson": "Ask earlier."},
    "contact-departed": {"contact": "c1", "leaves_on": "2025-11-28", "successor": "c1"},
    "client-fit-assessed": {
        "scale": {"min": "1", "max": "5"},
        "criteria": [{"dimension": "market", "score": "5"}],
        "verdict": "fit",
        "key": True,
    },
    "account-plan-approved": {
        "version": 1,
        "drafted_by": "a1",
        "approved_by": "a1",
        "valid_until": "2026-05-31",
        "objectives": [{"objective_id": "goal-1", "aligned_to": "ports", "shared": True}],
        "statements": [{"objective_id": "goal-1", "text": "Every crane moves at night."}],
        "document_sha256": DOCUMENT,
    },
    "gift-recorded": {
        "gift_id": "G1",
        "direction": "to_us",
        "counterpart": "c1",
        "our_person": "a1",
        "value": _MONEY,
        "estimated": True,
        "kind": "hospitality",
        "decision": "declined",
        "approved_by": "a1",
        "what": "A day at the races.",
        "occasion": "the opening of the quay",
    },
    "prospect-declined": {"reason": "Too far from the sea.", "referred_to": "Inland Ltd"},
    "idea-offered": {"idea_id": "I1", "to": ["c1"], "client_goal": "goal-1", "text": "Move them by night."},
    "idea-decided": {"idea_id": "I1", "outcome": "adopted"},
    "knowledge-noted": {"topic": "industry", "text": "Grain comes in October.", "source": "the harbour master"},
    "exit-considered": {"pain": 60, "benefit": 40, "reasons": "They pay late."},
    "exit-decided": {"decision": "stay", "plan": "Ask for a deposit.", "referred_to": "Inland Ltd"},
    "concern-felt": {
        "concern_id": "C1",
        "topic": "cooperation",
        "intuition": True,
        "about": ["obligation:O1"],
        "text": "Nobody looks for the keys.",
    },
    "concern-raised": {
        "concern_id": "C1",
        "topic": "cooperation",
        "raised_by": "provider",
        "by": "c1",
        "to": ["c1"],
        "channel": "call",
        "about": ["obligation:O1"],
        "client_view_stated": True,
        "text": "Without the keys we stand still.",
        "client_view": "The quay is busy.",
    },
    "concern-resolved": {
        "concern_id": "C1",
        "outcome": "agreed_to_differ",
        "confirmed": True,
        "how": "A second set of keys.",
    },
    "position-stated": {
        "dispute_id": "D1",
        "item_id": "late-notice",
        "stated_by": "provider",
        "position": "We told them on Friday.",
    },
    "dispute-closed": {"dispute_id": "D1", "outcome": "settled", "terms": "Each bears its own costs."},
    "capacity-stated": {"person": "a1", "from_on": "2025-06-01", "to_on": "2025-06-30", "days": "18.5"},
    "reserves-stated": {"months": "6.5"},
    "entry-annotated": {"entry": entry_id(12), "text": "Ask Ann what she heard."},
    "actor-key-registered": {
        "key_id": "ada+1",
        "holder": "a1",
        "public_key": "c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM=",
        "possession": "c2lnbmVk",
        "valid_from": "2025-06-06T00:00:00.000000Z",
        "valid_until": "2027-06-06T00:00:00.000000Z",
        "replaces": "ada+1",
        "revoked": True,
    },
    "ledger-checkpointed": {
        "size": 12,
        "root": "c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM=",
        "checkpoint": f"{ORIGIN}\n12\nc3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM=\n\n\u2014 ada+1 c2lnbmVk\n",
    },
    "disclosures-erased": {
        "erased": [{"entry": entry_id(12), "field": "why", "digest": "c3imyvymuwbpzci4o0oMSKrDYP458i-nyadHaAN5HOM"}],
        "ground": "request",
        "reason": "Whoever it names asked for it.",
    },
    "evidence-issued": {
        "form": "bundle",
        "stream": "engagement/k7h2",
        "last_version": 9,
        "size": 25,
        "root": "c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM=",
        "sha256": DOCUMENT,
        "entries": [entry_id(12)],
        "withheld": 3,
        "to": "counsel of ACME",
    },
    "clock-corrected": {
        "first_position": 1,
        "last_position": 3,
        "offset_seconds": -3600,
        "reason": "The clock was an hour ahead.",
    },
    "engagement-closed": {
        "reason": "completed",
        "results": [{"result_id": "r1", "verdict": "attained"}],
        "open_obligations": ["O1"],
        "outcome": "Cranes move.",
    },
}
EVERY: Mapping[str, Mapping[str, Any]] = {name: {**data, **_WITH_ANY} for name, data in _EXAMPLES.items()}
"""A valid example of every event type, with all its fields, in an order in which they could happen."""

if missing := TYPES.keys() ^ EVERY.keys():
    raise AssertionError(f"tests/every_event.py lacks an example of {', '.join(sorted(missing))}")
for _name, _event_type in TYPES.items():
    if unsaid := _event_type.fields.keys() ^ EVERY[_name].keys():
        raise AssertionError(f"the example of {_name} lacks {', '.join(sorted(unsaid))}")

GOVERNING = (
    "policy-set",
    "actor-key-registered",
    "ledger-checkpointed",
    "disclosures-erased",
    "evidence-issued",
    "clock-corrected",
)
"""The types that govern the ledger, and have only their own commands (domain 3.3.3)."""
STREAMS: Mapping[str, str] = {"engagement": "engagement/northwind", "account": "account/acme", "practice": "practice"}


def stream_of(short_name: str) -> str:
    """Return the stream of the examples that an event of this type stands in."""
    return next(STREAMS[kind] for kind in STREAMS if kind in TYPES[short_name].streams)


def proposal(short_name: str, number: int, **attributes: JSON) -> Proposal:
    """Return the example of a type as a proposal with all attributes there are, some replaced by *attributes*."""
    event = TYPES[short_name](**EVERY[short_name])
    texts = {name: event.data[name] for name in event.erasable() if name in event.data}
    digests, disclosures = protect(texts, len(event.erasable()), _entropy(number))
    envelope: dict[str, JSON] = {
        "specversion": "1.0",
        "id": entry_id(number),
        "source": ORIGIN,
        "type": event.stored_name,
        "subject": stream_of(short_name),
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "import",
        "occurred": "2025-06-06T07:30:00.000000Z",
        "aware": "2025-06-06",
        "claimedtime": "2025-06-06T08:00:00.000000Z",
        "claimedactor": "Ada Ríos",
        "onbehalfof": "c1",
        "sourcekey": sha256(b"original %d" % number).hexdigest(),
        "causationid": "case 7",
        "correlationid": "mail 12",
        "privileged": True,
        "signature": "c2lnbmVk",
        "signerkey": "ada+1",
        "data": {**event.plain, "_sd": list(digests)},
    }
    return Proposal({**envelope, **attributes}, disclosures)


def make_ledger(path: Path, *more: str) -> None:
    """Make a ledger at *path* that holds every example once, in their order, then one of each type in *more*."""
    names = [*EVERY, *more]
    with SqliteJournal.create(path, ORIGIN, _clock()) as journal:
        _append(journal, [proposal(name, number) for number, name in enumerate(names, 1)])


def _append(journal: SqliteJournal, proposals: Sequence[Proposal]) -> None:
    journal.append(proposals, {proposal.stream: journal.version(proposal.stream) for proposal in proposals})


def _clock() -> Callable[[], datetime]:
    ticks: Iterator[datetime] = (START + timedelta(seconds=second) for second in range(10**6))
    return lambda: next(ticks)


def _entropy(number: int) -> Callable[[int], bytes]:
    salts = (sha256(b"salt %d of %d" % (ordinal, number)).digest() for ordinal in range(64))
    return lambda size: next(salts)[:size]
