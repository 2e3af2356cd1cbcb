"""What the practices of the agreement ask to see (P08, P11, P12).

P08  days_left           guaranteed work that is left in the version in force, in business days; when to plan what is next
P11  clarifications      how often a part of the agreement had to be clarified: that part was unclear
P12  out_of_scope        requests outside the scope, and how many of them no proposed amendment followed

What is outside the scope is what somebody said so of when the request was recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number, day_text, parse_instant
from ledger.events import RequestReceived
from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.practised.share import all_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.facts import Fact
    from ledger_projections.view import View


def guaranteed(view: View) -> Iterator[Figure]:
    """Yield how much guaranteed work is left, where the version in force guarantees any."""
    known, as_of = view.standing, parse_instant(view.as_of)
    version = known.version_in_force(as_of)
    draft = known.engagement.drafts[version] if version else None
    if draft is None or draft.event.retention is None:
        return
    span, calendar = draft.event.retention, known.calendar(as_of)
    begun = max(calendar.day_of(as_of), day_text(day_number(span["from_on"]) - 1))
    left = max(0, calendar.bd(begun, span["to_on"]))
    plan_by = day_text(max(1, day_number(span["to_on"]) - span["notice_days"]))
    yield Figure("days_left", left, 1, [draft], f"version:{version}", f"plan the next by {plan_by}")


def clarified(view: View) -> Iterator[Figure]:
    """Yield how often each part was asked about, then how often any."""
    asked = [fact for fact in _received(view) if fact.event.kind == "clarification"]
    for part in dict.fromkeys(fact.event.part for fact in asked if fact.event.part):
        some = [fact for fact in asked if fact.event.part == part]
        yield Figure("clarifications", len(some), len(some), some, f"part:{part}")
    yield Figure("clarifications", len(asked), len(asked), asked)


def beyond_scope(view: View) -> Iterator[Figure]:
    """Yield how many requests lie outside the scope, and how many of those changed no agreement since."""
    known = view.standing
    asked = [fact for fact in _received(view) if fact.event.in_scope == "no"]
    proposed = [amendment.proposed for amendment in known.engagement.amendments.values() if amendment.proposed]
    last = max(map(known.at, proposed), default=None)
    bare = [fact for fact in asked if last is None or last < known.at(fact)]
    yield Figure("out_of_scope", len(asked), len(asked), asked)
    yield Figure("without_amendment", len(bare), len(asked), all_of([asked, proposed]) if asked else ())


def _received(view: View) -> list[Fact[RequestReceived]]:
    asked = (request.asked for request in view.dialogue.requests.values())
    return [fact.saying(event) for fact in asked if fact and isinstance(event := fact.event, RequestReceived)]


METRICS = (
    Metric(
        "P08", "Guaranteed work", ("P08",),
        {"days_left": Meaning("Business days of guaranteed work that are left.", "business days", "lower")},
        guaranteed,
    ),
    Metric(
        "P11", "Terms clarified", ("P11",),
        {"clarifications": Meaning("How often a part of the agreement had to be clarified.", "requests", "higher")},
        clarified,
    ),
    Metric(
        "P12", "Beyond the scope", ("P12",),
        {
            "out_of_scope": Meaning("Requests outside the scope of the agreement.", "requests", "higher"),
            "without_amendment": Meaning("Those that no proposed amendment followed.", "requests", "higher"),
        },
        beyond_scope,
    ),
)  # fmt: skip
