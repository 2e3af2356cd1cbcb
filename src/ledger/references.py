"""What an event brings into being, and what it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import AgreementDrafted, CadenceAgreed, DisputeRaised, EngagementClosed, PolicySet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import Event

_HOLDING_REFERENCES = (AgreementDrafted, CadenceAgreed, EngagementClosed, DisputeRaised)
"""Types that refer to something within the objects of a list, or to a calendar."""


def defined(event: Event) -> tuple[str, str]:
    """Return the kind and id of the thing that *event* brings into being."""
    name = event.sorted.defining
    return (event.defines, str(getattr(event, name))) if name else ("", "")


def brings(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of all that *event* brings into being, the results and items it names included."""
    if event.defines:
        yield defined(event)
    if isinstance(event, AgreementDrafted):
        yield from (("result", result["result_id"]) for result in event.results)
    if isinstance(event, DisputeRaised):
        yield from (("item", item["item_id"]) for item in event.items)
    if isinstance(event, PolicySet):
        yield from (("calendar", calendar["calendar"]) for calendar in event.calendars)


def references(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of everything that *event* refers to."""
    own = set(brings(event)) if event.defines else ()
    for reference in _named(event):
        if reference not in own:
            yield reference
    if isinstance(event, _HOLDING_REFERENCES):
        yield from (reference for reference in _named_within(event) if reference not in own)


def parse_ref(ref: str) -> tuple[str, str]:
    """Return the kind and id in a Ref; one of another account keeps its account in the id: `account/<id>#c1`."""
    where, _, thing = ref.rpartition("#")
    kind, _, name = thing.partition(":")
    return kind, f"{where}#{name}" if where else name


def _named(event: Event) -> Iterator[tuple[str, str]]:
    for field in event.sorted.referring:
        value = getattr(event, field.name)
        if value is None:
            continue
        for name in value if isinstance(value, list) else [value]:
            yield parse_ref(name) if field.kind == "ref" else (field.kind, str(name))


def _named_within(event: Event) -> Iterator[tuple[str, str]]:
    if isinstance(event, AgreementDrafted | CadenceAgreed) and event.calendar != "default":  # that one is always there
        yield "calendar", event.calendar
    match event:
        case AgreementDrafted(evaluation=evaluation) if evaluation:
            yield "cadence", evaluation["cadence_id"]
        case EngagementClosed(results=results):
            yield from (("result", result["result_id"]) for result in results)
        case DisputeRaised(items=items):
            yield from (parse_ref(ref) for item in items for ref in item["about"])
        case _:
            pass
