"""Delays by milestone: which open days were late, what each side had to do with them, and no verdict (M15)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.standing import pauses
from ledger.standing.delays import delays_of
from ledger.standing.reasons import days_after
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.reasons import PARTIES, according, listed, numbers, owed_sections, reasons
from ledger_projections.reports.weeks import LETTERS, drawn
from ledger_projections.wording import named, span_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.facts import Fact
    from ledger.standing.delays import Delay
    from ledger.standing.reasons import Days
    from ledger_projections.reports.source import Source

TITLE = "Delays"
METHOD = (
    "A day is late if it is open in the calendar of the agreement and lies after the date in force, up to the delivery or "
    "to the moment that this is judged at. It is the client's if something that they owed, and that blocks the "
    "milestone, was late that day; it is ours if a cause of our own side was stated for it. These are counts of days: "
    "they say nothing of what caused what, or of who owes what for it."
)
OVERVIEW = ("Milestone", "Due", "Until", "Late", *(words.capitalize() for _, words in LETTERS.values()))
SETS = ("Days", "Business days", "When", "According to")
MOST_SPANS = 8
"""No more spells of days are written out; the values have them all."""


def sections(source: Source) -> Iterator[Section]:
    """Yield the overview, each milestone that is late, and what the client owed; or one milestone alone."""
    wanted = source.asked.options.get("milestone")
    delays = [d for d in delays_of(source.known, parse_instant(source.as_of)) if wanted in {None, d.name}]
    if not wanted:
        yield overview(source, delays)
    for delay in delays:
        if delay.window or wanted:
            yield days_section(source, delay)
            yield from reasons(source, delay)
    if not wanted:
        yield from owed_sections(source)


def overview(source: Source, delays: Sequence[Delay]) -> Section:
    """Return how many days of each milestone are in which set."""
    rows = [_overview(source, delay) for delay in delays]
    return Section("Days late, by milestone", [METHOD] if rows else ["No milestone has been agreed."], OVERVIEW, rows)


def days_section(source: Source, delay: Delay) -> Section:
    """Return the days of one delay: drawn, and as sets with the entries behind each."""
    rows = [_all_late(source, delay), *_sets(source, delay), *_apart(source, delay)] if delay.window else []
    columns = SETS if rows else ()
    return Section(_heading(delay), [*_said(source, delay)], columns, rows, drawn(delay), entries=numbers(delay.facts))


def _heading(delay: Delay) -> str:
    count = len(delay.window)
    return f"{_name(delay)}: {f'late {_days(count)}' if count else 'no day late'}"


def _name(delay: Delay) -> str:
    return named(delay.name, delay.milestone.agreed.event.title if delay.milestone.agreed else None)


def _said(source: Source, delay: Delay) -> Iterator[str]:
    if delay.due is None:
        yield "No date is in force: the version that names it is not signed by both."
        return
    yield f"Due {source.said(delay.due.due)}; {_ended(source, delay)}."
    first = delay.dates[0].due if delay.dates else delay.due.due
    if first != delay.due.due:
        yield f"First agreed for {source.said(first)}: {_days(_since(delay, first))} up to then."
    if delay.moved_past:
        yield (
            f"{_days(len(delay.moved_past))} had passed after an earlier date when another took its place: "
            f"{_when(source, delay, delay.moved_past)}. By the date in force they are not late."
        )


def _ended(source: Source, delay: Delay) -> str:
    when = source.said(instant(delay.end.when))
    words = {"open": f"not delivered by {when}", "closed": f"not delivered when the engagement was closed, {when}"}
    return words.get(delay.end.how, f"{delay.end.how} {when}")


def _since(delay: Delay, due: str) -> int:
    return len(days_after(delay.calendar, due, delay.end.when))


def _overview(source: Source, delay: Delay) -> Line:
    due = source.said(delay.due.due) if delay.due else "not in force"
    cells = (_name(delay), due, _until(source, delay), *map(str, (len(delay.window), *map(len, delay.shares))))
    return Line(cells, numbers(delay.facts), values=values(delay))


def _until(source: Source, delay: Delay) -> str:
    how = "still open" if delay.end.how == "open" else delay.end.how
    return how if delay.end.how == "open" else f"{how} {source.said(instant(delay.end.when))}"


def values(delay: Delay) -> dict[str, JSON]:
    """Return *delay* for programs: the counts of M15, and the days themselves."""
    sets = {"window": delay.window, **delay.shares._asdict()}
    counts = {"client_late": delay.client, "own_cause": delay.own, **sets}
    found: dict[str, JSON] = {f"{name}_bd": len(days) for name, days in counts.items()}
    dates: dict[str, JSON] = {name: listed(days) for name, days in sets.items()}
    return {
        "milestone": delay.name,
        **({"due": delay.due.due} if delay.due else {}),
        "until": instant(delay.end.when),
        "ended": delay.end.how,
        **found,
        "on_hold_bd": len(delay.on_hold),
        "moved_past_bd": len(delay.moved_past),
        "days": dates,
    }


def _all_late(source: Source, delay: Delay) -> Line:
    return _line(source, delay, "late in all", delay.window, delay.facts)._replace(values=values(delay))


def _sets(source: Source, delay: Delay) -> Iterator[Line]:
    for name, days in delay.shares._asdict().items():
        yield _line(source, delay, LETTERS[name][1], days, delay.behind(days), name)


def _apart(source: Source, delay: Delay) -> Iterator[Line]:
    """Yield what is told beside the sets, and changes none of them."""
    for party in ("third_party", "unknown", "client"):
        stated = [said for said in delay.causes if said.cause["party"] == party]
        days = delay.window & delay.caused_by(party)
        if stated:
            words = {"client": "beside: said of the client, and owed by nobody"}
            said = words.get(party, f"beside: a cause of {PARTIES[party]}")
            yield _line(source, delay, said, days, [one.fact for one in stated])
    if delay.on_hold:
        facts = [fact for pause in pauses(delay.known) for fact in pause.facts]
        yield _line(source, delay, "beside: on hold", delay.on_hold, facts)


def _line(
    source: Source, delay: Delay, name: str, days: Days, facts: Sequence[Fact[Any]], kind: str = "beside"
) -> Line:
    cells = (name, str(len(days)), _when(source, delay, days), according(facts) if days else "")
    return Line(
        cells, numbers(facts) if days else (), values={"set": kind, "business_days": len(days), "days": listed(days)}
    )


def _when(source: Source, delay: Delay, days: Days) -> str:
    """Return *days* as `30 Jun to 4 Jul, 9 Jul`: open days that follow each other are one spell."""
    if not days:
        return ""
    first, last = min(days), max(days)
    runs = groupby([first, *delay.calendar.open_days(first, last)], key=days.__contains__)
    spells = [list(run) for inside, run in runs if inside]
    words = [span_words(spell[0], spell[-1], source.as_of) for spell in spells[:MOST_SPANS]]
    more = len(spells) - MOST_SPANS
    return ", ".join([*words, *([f"and {more} more spells"] if more > 0 else [])])


def _days(count: int) -> str:
    return f"{count} business {'day' if count == 1 else 'days'}"
