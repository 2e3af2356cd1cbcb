"""Which event a stated date amounts to, where a source says year by year when something will end.

    nothing agreed yet   milestone-agreed       the date is taken as agreed
    d = L                status-report-sent     no change
    d > D                slip-reported          the new forecast, of the open slip if there is one
    d = D, a slip open   slip-averted           what was forecast will not come
    d = D, none open     status-report-sent     the date in force is confirmed
    d < D                milestone-rescheduled  the client's own earlier date

d is the date stated, D the date in force, L the date stated last. The first line that fits decides. A forecast never
moves the date in force: between D and L a date is still late, and is a new forecast of the same slip.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledger.calendars import is_day, parse_instant
from ledger.standing import due_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON
    from ledger.engagement import Engagement, Milestone
    from ledger.standing import Known


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone as it stands: the date in force, the date stated last, the slip that is open, the next slip's id."""

    in_force: str | None = None
    stated: str | None = None
    open_slip: str | None = None
    next_slip: str = "S1"


@dataclass(frozen=True, slots=True)
class Restated:
    """What a stated date amounts to: an event's *type* and *data*, who says it, and how the milestone stands then."""

    type: str
    data: Mapping[str, JSON]
    party: str | None
    after: Standing


def restate(now: Standing, milestone_id: str, day: str, title: str) -> Restated:
    """Return the event that *day*, stated for a milestone that stands as *now*, amounts to."""
    if now.in_force is None:
        data: dict[str, JSON] = {"milestone_id": milestone_id, "due": day, "title": title}
        return Restated("milestone-agreed", data, None, replace(now, in_force=day, stated=day))
    if day == now.stated:
        return _reported(now, day, no_change=True)
    if day > now.in_force:
        return _slipped(now, milestone_id, day)
    if day < now.in_force:
        data = {"milestone_id": milestone_id, "from_due": now.in_force, "to_due": day}
        after = replace(now, in_force=day, stated=day, open_slip=None)
        return Restated("milestone-rescheduled", data, "client", after)
    if now.open_slip:
        after = replace(now, stated=day, open_slip=None)
        return Restated("slip-averted", {"slip_id": now.open_slip}, None, after)
    return _reported(now, day, no_change=False)


def standing_of(known: Known, milestone_id: str, on: str) -> Standing:
    """Return how a milestone stands at the close of day *on*, as recorded until now."""
    state = known.engagement
    milestone = state.milestones.get(milestone_id)
    next_slip = state.next_id("slip")
    if milestone is None or milestone.agreed is None:
        return Standing(next_slip=next_slip)
    date = due_in_force(known, milestone, known.instant_of(on))
    in_force = _day(known, date.due if date else milestone.agreed.event.due)
    stated = _stated(state, milestone)
    return Standing(in_force, _day(known, stated) if stated else in_force, state.open_slip(milestone_id), next_slip)


def _reported(now: Standing, day: str, *, no_change: bool) -> Restated:
    return Restated("status-report-sent", {"to": [], "no_change": no_change}, None, replace(now, stated=day))


def _slipped(now: Standing, milestone_id: str, day: str) -> Restated:
    slip_id = now.open_slip or now.next_slip
    following = now.next_slip if now.open_slip else f"S{int(now.next_slip[1:]) + 1}"
    data: dict[str, JSON] = {"slip_id": slip_id, "milestone_id": milestone_id, "forecast": day, "to": []}
    return Restated("slip-reported", data, None, replace(now, stated=day, open_slip=slip_id, next_slip=following))


def _stated(state: Engagement, milestone: Milestone) -> str | None:
    """Return the date that was stated last of *milestone*, in the order of the log; None for the one in force."""
    said: list[tuple[int, str | None]] = [(m.entry.position, m.event.to_due) for m in milestone.moves]
    if milestone.agreed:
        said.append((milestone.agreed.entry.position, milestone.agreed.event.due))
    for slip in (state.slips[slip_id] for slip_id in milestone.slips):
        said += [(fact.entry.position, fact.event.forecast) for fact in slip.foreseen]
        said += [(fact.entry.position, fact.event.forecast) for fact in slip.reported]
        if slip.averted:
            said.append((slip.averted.entry.position, None))
    return max(said, key=lambda one: one[0])[1]


def _day(known: Known, due: str) -> str:
    if is_day(due):
        return due
    when = parse_instant(due)
    return known.calendar(when).day_of(when)
