"""What an event brings into being, and what it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import (
    AccountPlanApproved,
    AgreementDrafted,
    CadenceAgreed,
    DisclosuresErased,
    DisputeRaised,
    EngagementClosed,
    NewsReported,
    PolicySet,
    PositionStated,
    SlipReported,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ledger.events import Event

_HOLDING_REFERENCES = (
    AgreementDrafted,
    CadenceAgreed,
    EngagementClosed,
    DisputeRaised,
    PositionStated,
    DisclosuresErased,
)
"""Types that refer to something within the objects of a list, to an item of a dispute, or to a calendar."""
_CARRIED_ON = frozenset({
    "milestone_id", "slip_id", "obligation_id", "request_id", "news_id", "action_id", "assumption_id", "idea_id", "released",
})  # fmt: skip


def defined(event: Event) -> tuple[str, str]:
    """Return the kind and id of the thing that *event* brings into being."""
    name = event.sorted.defining
    return (event.defines, str(getattr(event, name))) if name else ("", "")


def brings(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of all that *event* brings into being, the results, items and objectives included."""
    if event.defines:
        yield defined(event)
    match event:
        case AgreementDrafted():
            yield "amendment", str(event.version)  # it can be declined, whether or not somebody proposed it
            yield from (("result", result["result_id"]) for result in event.results)
            yield from (("objective", r["client_goal"]) for r in event.results if "client_goal" in r)
        case AccountPlanApproved():
            yield from (("objective", objective["objective_id"]) for objective in event.objectives)
        case DisputeRaised():
            yield from (("item", item["item_id"]) for item in event.items)
            yield from ((f"item of {event.dispute_id}", item["item_id"]) for item in event.items)
        case PolicySet():
            yield from (("calendar", calendar["calendar"]) for calendar in event.calendars)
        case _:
            pass


def references(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of everything that *event* refers to."""
    own = set(brings(event)) if event.defines else ()
    for reference in _named(event):
        if reference not in own:
            yield reference
    if isinstance(event, _HOLDING_REFERENCES):
        yield from (reference for reference in _named_within(event) if reference not in own)


def carried_on(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of each thing that *event* is a later act of; none where the other side was told by it."""
    if not isinstance(event, SlipReported | NewsReported):
        yield from _named(event, _CARRIED_ON)


def parse_ref(ref: str) -> tuple[str, str]:
    """Return the kind and id in a Ref; one of another account keeps its account in the id: `account/<id>#c1`."""
    where, _, thing = ref.rpartition("#")
    kind, _, name = thing.partition(":")
    return kind, f"{where}#{name}" if where else name


def _named(event: Event, within: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    for field in event.sorted.referring:
        value = getattr(event, field.name)
        if value is None or (within is not None and field.name not in within):
            continue
        for name in value if isinstance(value, list) else [value]:
            match field.kind:
                case "ref":
                    yield parse_ref(name)
                case "person":
                    yield from _person(name)
                case kind:
                    yield kind, str(name)


def _person(name: str) -> Iterator[tuple[str, str]]:
    """Yield the actor or contact that *name* is; nobody for the ledger itself."""
    if "#" in name:
        yield parse_ref(name)
    elif name[0] in "ac":
        yield {"a": "actor", "c": "contact"}[name[0]], name


def _named_within(event: Event) -> Iterator[tuple[str, str]]:
    if isinstance(event, AgreementDrafted | CadenceAgreed) and event.calendar != "default":  # that one is always there
        yield "calendar", event.calendar
    match event:
        case AgreementDrafted(evaluation=evaluation) if evaluation:
            yield "cadence", evaluation["cadence_id"]
        case EngagementClosed(results=results):
            yield from (("result", result["result_id"]) for result in results)
        case PositionStated():
            yield f"item of {event.dispute_id}", event.item_id
        case DisclosuresErased():
            yield from (("entry", erased["entry"]) for erased in event.erased)
        case DisputeRaised(items=items):
            yield from (parse_ref(ref) for item in items for ref in item["about"])
        case _:
            pass
