"""What was in the way of a milestone, and what the client owed: the entries behind the days of a delay (M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.standing import obligations_of
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.weeks import MOST_DAYS
from ledger_projections.whose import written
from ledger_projections.wording import named, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.facts import Fact
    from ledger.standing import Owed
    from ledger.standing.delays import Delay
    from ledger.standing.reasons import Days, Late, Stated
    from ledger_projections.reports.source import Source

REASONS = ("What", "From", "To", "Business days", "Of the late days", "According to")
OWED = ("What", "Due", "Given", "Days late", "Said beforehand", "Times we asked")
PARTIES = {
    "provider": "our own side",
    "client": "the client",
    "third_party": "a third party",
    "unknown": "nobody known",
}
WHOSE = {"provider": "us", "client": "the client"}


def owed_sections(source: Source) -> Iterator[Section]:
    """Yield what the client owed, and how much of it came in time (M15)."""
    as_of = parse_instant(source.as_of)
    owed = [one for one in obligations_of(source.known, as_of) if one.in_force is not None and one.in_force <= as_of]
    if owed:
        due = [one for one in owed if one.state != "released" and one.due_at <= as_of]
        late = [one for one in due if one.given is None or one.given > one.due_at]
        silent = [one for one in late if all(source.known.at(said) > one.due_at for said in one.delays)]
        asked = sum(len(one.chases) for one in owed)
        said = (
            f"Of {len(due)} that were due, {len(due) - len(late)} came in time and {len(late)} did not; of those, "
            f"{len(silent)} without a word beforehand. We asked {asked} {'time' if asked == 1 else 'times'}."
        )
        yield Section("What the client owed", [said], OWED, [_owed(source, one) for one in owed])


def reasons(source: Source, delay: Delay) -> Iterator[Section]:
    """Yield what the client owed that blocks a milestone, and each cause that was stated, whosesoever it is."""
    rows = [
        *(_late(source, delay, late) for late in delay.lates),
        *(_cause(source, delay, one) for one in delay.causes),
    ]
    if rows:
        yield Section(f"{delay.name}: what was in the way", (), REASONS, rows)


def _late(source: Source, delay: Delay, late: Late) -> Line:
    owed = late.owed
    name = named(owed.name, owed.agreed.event.title)
    let_go = f"let go {source.said(written(owed.release.since))}" if owed.release else "still owed"
    given = f"given {source.said(written(owed.given))}" if owed.given else let_go
    due = f"due {source.said(owed.agreed.event.due)}"
    return _reason(delay, (f"{name}, owed by the client", due, given), late.days, owed.facts)


def _cause(source: Source, delay: Delay, stated: Stated) -> Line:
    cause = stated.cause
    last = source.said(cause["to_on"]) if "to_on" in cause else "no end was said"
    what = f"a cause of {PARTIES[cause['party']]}, said of slip {stated.slip}"
    return _reason(delay, (what, source.said(cause["from_on"]), last), stated.days, [stated.fact])


def _reason(delay: Delay, cells: Sequence[str], days: Days, facts: Sequence[Fact[Any]]) -> Line:
    counts = len(days), len(days & delay.window)
    found: dict[str, JSON] = {
        "business_days": counts[0],
        "late_business_days": counts[1],
        "days": listed(days),
    }
    return Line((*cells, *map(str, counts), according(facts)), numbers(facts), values=found)


def _owed(source: Source, owed: Owed) -> Line:
    event = owed.agreed.event
    who = f", {person(source.view, event.owner)}" if event.owner else ""
    notice = source.said(owed.delays[0].when) if owed.delays else "no"
    given = source.said(written(owed.given)) if owed.given else owed.state
    late = "" if owed.days_late is None else str(owed.days_late)
    cells = (
        f"{named(owed.name, event.title)}{who}",
        source.said(event.due),
        given,
        late,
        notice,
        str(len(owed.chases)),
    )
    found: dict[str, JSON] = {
        "obligation": owed.name,
        "state": owed.state,
        "due": event.due,
        "chases": len(owed.chases),
        **({"fulfilled_at": instant(owed.given)} if owed.given else {}),
        **({} if owed.days_late is None else {"days_late_bd": owed.days_late}),
    }
    return Line(cells, numbers(owed.facts), values=found)


def listed(days: Days) -> list[str]:
    """Return *days* one by one; none where there are more than ten years of them, which are a slip of somebody's pen."""
    return sorted(days) if len(days) <= MOST_DAYS else []


def according(facts: Iterable[Fact[Any]]) -> str:
    """Say whose word *facts* are: ours, the client's own, or both."""
    parties = {fact.entry.party for fact in facts}
    return " and ".join(words for party, words in WHOSE.items() if party in parties)


def numbers(facts: Iterable[Fact[Any]]) -> list[int]:
    """Return the positions of *facts*, each once."""
    return sorted({fact.entry.position for fact in facts})
