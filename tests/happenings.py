"""Whatever else can happen in a ledger, one short example of each type: its numbers few, so that entries meet."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger.canonical import JSON

ROOT = "c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM="
_SCALE: Any = {"min": "0", "max": "10"}
_TOPICS = ("price", "people")


def _scores(which: int) -> Any:
    return [{"dimension": ("trust", "pace")[which % 2], "score": str(which % 11)}]


def _assumed(which: int) -> Mapping[str, Any]:
    return {"assumption_id": f"H{which % 2 + 1}"}


Data = Callable[[int], Mapping[str, Any]]

OF_ENGAGEMENTS: Mapping[str, Data] = {
    "amendment-proposed": lambda n: {
        "from_version": n % 2 + 1, "new_version": n % 2 + 2, "proposed_by": "client",
        "changes": [{"path": "data.currency", "before": ('"GBP"', '"EUR"')[n % 2], "after": '"EUR"'}]},
    "amendment-declined": lambda n: {"new_version": n % 2 + 2, "declined_by": "client"},
    "work-started": lambda n: {"basis": "none", **({"agreement_version": n % 2 + 1} if n % 3 else {})},
    "work-recorded": lambda n: {"from_on": "2025-06-02", "to_on": "2025-06-05", "days": str(n), "milestone_id": "M1"},
    "result-measured": lambda n: {"result_id": "R1", "value": str(n), "measured_by": "client"},
    "assumption-recorded": lambda n: {"statement": "s", **({"test_by": "2025-06-20"} if n % 2 else {})},
    "assumption-tested": lambda n: {**_assumed(n), "verdict": ("held", "failed")[n % 2], "how": "h"},
    "review-held": lambda n: {
        "attendees": ["c1", "c2"][n % 2 :], "scale": _SCALE, "decision": "continue",
        **({"needs_met_client": "7", "needs_met_provider": "7"} if n % 3 else {}),
        **({"cadence_id": "weekly"} if n % 4 else {})},
    "feedback-given": lambda n: {"to": ["c1"], "text": "t", "closing": n % 2 == 0},
    "self-assessed": lambda n: {"scale": _SCALE, "scores": _scores(n), "closing": n % 3 == 0},
    "position-stated": lambda n: {"dispute_id": f"D{n % 2 + 1}", "item_id": "late", "stated_by": "client", "position": "p"},
    "dispute-closed": lambda n: {"dispute_id": f"D{n % 2 + 1}", "outcome": "settled"},
    "availability-declared": lambda n: {"person": "a1", "from_on": "2025-06-02", "to_on": "2025-06-05", "reason": "r"},
    "engagement-closed": lambda n: {"reason": "mutual", "results": [], "open_obligations": ["O1"] if n % 2 else []},
}  # fmt: skip
OF_BOTH: Mapping[str, Data] = {
    "news-verified": lambda n: {
        "news_id": f"N{n % 2 + 1}", "verdict": ("confirmed", "refuted", "partly")[n % 3], "method": "m",
        "implications_stated": n % 2 == 0},
    "feedback-requested": lambda n: {
        "wave": f"w{n % 3 + 1}", "to": ["c1"], "instrument": "call", "dimensions": ["trust"], "scale": _SCALE,
        **({"cadence_id": "weekly"} if n % 5 == 4 else {})},
    "action-agreed": lambda n: {
        "trigger": ("news:N1", "feedback:F1", "review:V1", "milestone:M1")[n % 4], "owner": "a1", "due": f"2025-06-1{n % 9}",
        "what": "w"},
    "action-completed": lambda n: {"action_id": f"A{n % 2 + 1}"},
    "lesson-recorded": lambda n: {"source": ("news:N1", "milestone:M1")[n % 2], "lesson": "l"},
    "idea-offered": lambda n: {"to": ["c1"], "text": "t"},
    "idea-decided": lambda n: {"idea_id": f"I{n % 2 + 1}", "outcome": ("adopted", "declined")[n % 2]},
    "concern-felt": lambda n: {"topic": _TOPICS[n % 2], "text": "t", **({"concern_id": "C1"} if n % 3 == 0 else {})},
    "concern-raised": lambda n: {
        "topic": _TOPICS[n % 2], "raised_by": ("client", "provider")[n % 2], "text": "t",
        **({"concern_id": f"C{n % 2 + 1}"} if n % 3 else {})},
    "concern-resolved": lambda n: {"concern_id": f"C{n % 2 + 1}", "outcome": "resolved"},
}  # fmt: skip
OF_ACCOUNTS: Mapping[str, Data] = {
    "preference-recorded": lambda n: {"contact": "c1", "channel": "call", "detail_level": "summary", "source": "asked"},
    "client-fit-assessed": lambda n: {"scale": _SCALE, "criteria": _scores(n), "verdict": "fit", "key": n % 2 == 0},
    "account-plan-approved": lambda n: {
        "version": n % 3 + 1, "drafted_by": "a1", "approved_by": "a1", "valid_until": f"2025-07-0{n % 9 + 1}",
        "objectives": [{"objective_id": "grow", "aligned_to": "ports", "shared": n % 2 == 0}]},
    "gift-recorded": lambda n: {
        "direction": ("to_us", "to_them")[n % 2], "counterpart": "c1", "our_person": "a1", "kind": "gift",
        "value": {"currency": "GBP", "minor": 4_000 * n}, "estimated": True, "what": "w",
        "decision": ("accepted", "accepted", "declined")[n % 3], **({"approved_by": "a1"} if n % 4 == 0 else {})},
    "prospect-declined": lambda n: {"reason": "r"},
    "knowledge-noted": lambda n: {"topic": "industry", "text": "t"},
    "exit-considered": lambda n: {"pain": n, "benefit": 50, "reasons": "r"},
    "exit-decided": lambda n: {"decision": ("stay", "exit")[n % 2]},
}  # fmt: skip
OF_OURS: Mapping[str, Data] = {
    "actor-added": lambda n: {"name": f"actor {n}"},
    "capacity-stated": lambda n: {"from_on": "2025-06-01", "to_on": "2025-06-30", "days": str(n)},
    "reserves-stated": lambda n: {"months": str(n)},
    "actor-key-registered": lambda n: {
        "key_id": f"ada+{n}", "holder": "a1", "public_key": ROOT, "possession": "c2lnbmVk",
        "valid_from": "2025-06-06T00:00:00.000000Z"},
    "ledger-checkpointed": lambda n: {"size": n, "root": ROOT, "checkpoint": "c"},
    "evidence-issued": lambda n: {"form": "report", "size": n, "root": ROOT, "withheld": 0, "to": "counsel"},
    "clock-corrected": lambda n: {
        "first_position": n + 1, "last_position": n + 3, "offset_seconds": 3600 * (n % 3 - 1), "reason": "r"},
}  # fmt: skip
HAPPENINGS: Mapping[str, Data] = {**OF_ENGAGEMENTS, **OF_BOTH, **OF_ACCOUNTS, **OF_OURS}


def happening(kind: str, which: int, engagement: str, account: str) -> tuple[str, Mapping[str, "JSON"]]:
    """Return the subject and the data of the *which*-th happening of a kind."""
    number = which // 3
    data = HAPPENINGS[kind](number)
    if kind in OF_OURS:
        return "practice", data
    if kind in OF_ACCOUNTS or (kind in OF_BOTH and which % 3 == 0):
        return account, data
    return engagement, data
