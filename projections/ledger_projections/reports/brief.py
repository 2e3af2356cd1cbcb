"""A dispute in half a page: who knew what when, who was told, how late notice was, as written down first and as known now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.errors import LedgerError
from ledger.replay import Replay
from ledger.standing import knowledge_of
from ledger.standing.delays import delays_of
from ledger.values.named import NamedTuple
from ledger_projections.reports.corrected import corrected_by_words
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.knowing import name_of
from ledger_projections.reports.known_otherwise import before_first_correction
from ledger_projections.reports.stating import positions
from ledger_projections.reports.taken_back import by_words
from ledger_projections.reports.voices import dated
from ledger_projections.reports.weeks import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.standing import Knowledge, Known
    from ledger.standing.statements import Clock, Statement
    from ledger_projections.reports.source import Source

HEADING = "In short"
SAME = "same"
BEFORE = "Before it was corrected"
UNKNOWN = "nothing says so"
CLOCKS: Mapping[tuple[Clock, str], str] = {
    ("aware", "provider"): "we knew",
    ("aware", "client"): "the client knew",
    ("told", "provider"): "we were told",
    ("told", "client"): "the client was told",
    ("acknowledged", "provider"): "we acknowledged",
    ("acknowledged", "client"): "the client acknowledged",
}
ALWAYS: Mapping[str, Sequence[tuple[Clock, str]]] = {
    "slip": [("aware", "provider"), ("told", "client")],
    "news": [("aware", "provider"), ("told", "client")],
    "obligation": [("told", "provider")],
}
"""What is told of a thing of a kind also where nobody said anything: that is what it is asked for."""


class Measure(NamedTuple):
    """What is told of a thing of a *kind*, of any if None: the column of a table, what it is called, its unit."""

    kind: str | None
    table: str
    column: str
    what: str
    unit: str = ""


MEASURES = (
    Measure("slip", "slips", "delay_bh", "told after we knew", "business hours"),
    Measure("news", "news", "disclosure_bh", "told after we knew", "business hours"),
    Measure(None, "notices", "deadline", "notice was due"),
    Measure(None, "notices", "late_bh", "notice late by", "business hours"),
    Measure(None, "notices", "late_hours", "that is, by the clock", "hours"),
    Measure("slip", "slips", "lead_bd", "told before it was due", "business days"),
    Measure("obligation", "obligations", "due", "was due"),
    Measure("obligation", "obligations", "fulfilled_at", "was given"),
    Measure("obligation", "obligations", "days_late_bd", "late by", "business days"),
)


class State(NamedTuple):
    """What is known at one moment of the replay: what stands, and the rows of the tables."""

    known: Known
    replay: Replay
    as_of: str


def brief(source: Source, refs: Sequence[str], things: Sequence[str]) -> Section:
    """Return what the entries say of *things*, and of what else *refs* name, in a few lines."""
    then = source.asked.options.get("then") or before_first_correction(source, refs)
    first = _state(source, then) if then else None
    now = State(source.known, source.replay, source.as_of)
    rows = [line for thing in things for line in _lines(source, thing, first, now)]
    rows += [line for name in _milestones(source, refs) for line in _late(source, name, first)]
    asked = source.asked.options.get("then")
    before = f"As known {source.said(asked)}" if asked else BEFORE
    columns = ("Of", "What", *((before,) if first else ()), "As known now")
    if not rows:
        return Section(HEADING, ("Nothing is written down of who knew of it, or of how late it was.",))
    return Section(HEADING, [*_said(source, refs)], columns, rows)


def _state(source: Source, then: str) -> State:
    replay = Replay(then, then, source.asked.trust_claimed)
    return State(source.seen(replay, then).standing, replay, then)


def _said(source: Source, refs: Sequence[str]) -> Iterator[str]:
    yield (
        "What the entries say of what is in dispute: our word, unless the client's is named. The evidence stands in the "
        "parts below."
    )
    yield from corrected_by_words(source, refs)


def _lines(source: Source, ref: str, first: State | None, now: State) -> Iterator[Line]:
    title = name_of(source, ref)
    for what, then_words, now_words, entries in _told(source, ref, first, now):
        cells = (title, what, *((SAME if then_words == now_words else then_words,) if first else ()), now_words)
        values: dict[str, Any] = {"subject": ref, "what": what}
        yield Line(cells, entries, values=values)
        title = ""


def _told(source: Source, ref: str, first: State | None, now: State) -> Iterator[tuple[str, str, str, Sequence[int]]]:
    pair = (_knowledge(first.known, ref) if first else None), _knowledge(now.known, ref)
    for (clock, side), what in CLOCKS.items():
        said = [_first(knowledge, clock, side) for knowledge in pair]
        if any(said) or (clock, side) in ALWAYS.get(ref.partition(":")[0], ()):
            yield what, _moment(source, said[0]), *_now(source, pair[1], *said)
    for measure in MEASURES:
        then_words, now_words = (_measured(source, state, measure, ref) for state in (first, now))
        if then_words or now_words:
            yield measure.what, then_words or "-", now_words or "-", ()


def _now(
    source: Source, knowledge: Knowledge | None, then: Statement | None, now: Statement | None
) -> tuple[str, Sequence[int]]:
    """Return what is said now, and in which entries: where nothing is, what was said then and was withdrawn since."""
    withdrawn = knowledge.withdrawn if knowledge and then and not now else ()
    gone = next((fact for fact in withdrawn if then and fact.entry.id == then.fact.entry.id), None)
    if gone and gone.withdrawn_by:
        return f"withdrawn by {by_words(gone)}", [gone.entry.position, gone.withdrawn_by.entry.position]
    last = now or then
    return _moment(source, now), positions(last) if last else ()


def _knowledge(known: Known, ref: str) -> Knowledge | None:
    try:
        return knowledge_of(known, ref)
    except LedgerError:  # it was not known then
        return None


def _first(knowledge: Knowledge | None, clock: Clock, side: str) -> Statement | None:
    """Return the earliest that is said of one clock of a side; that a sender knew is said by its sending."""
    found = knowledge.of(clock, side=side) if knowledge else []
    return next((said for said in found if not said.inferred), None)


def _moment(source: Source, said: Statement | None) -> str:
    if said is None:
        return UNKNOWN
    word = ", the client's word" if said.party == "client" else ""
    return f"{dated(source, said.moment)}{word}"


def _measured(source: Source, state: State | None, measure: Measure, ref: str) -> str:
    kind, _, name = ref.partition(":")
    if state is None or measure.kind not in {None, kind}:
        return ""
    key, wanted = (measure.kind, name) if measure.kind else ("subject", ref)
    rows = source.rows(measure.table, state.replay, state.as_of)
    row = next((row for row in rows if row[key] == wanted and row[measure.column] is not None), None)
    return "" if row is None else _words(source, row, measure)


def _words(source: Source, row: Mapping[str, Any], measure: Measure) -> str:
    value = row[measure.column]
    if isinstance(value, str):
        return source.said(value)
    number = str(int(value)) if value == int(value) else str(value)
    unit = measure.unit.removesuffix("s") if value == 1 else measure.unit
    return f"{'at least ' if row.get('censored') and value else ''}{number} {unit}"


def _milestones(source: Source, refs: Iterable[str]) -> list[str]:
    """Return the milestones that are in dispute, or whose slips are."""
    named = {tuple(ref.split(":", 1)) for ref in refs}
    known = source.known.engagement.milestones
    return [n for n, m in known.items() if ("milestone", n) in named or any(("slip", s) in named for s in m.slips)]


def _late(source: Source, name: str, first: State | None) -> Iterator[Line]:
    for delay in delays_of(source.known, parse_instant(source.as_of)):
        if delay.name == name:
            count, shares = len(delay.window), delay.shares._asdict()
            parts = ", ".join(f"{LETTERS[part][1]} {len(days)}" for part, days in shares.items())
            said = f"{count} business day{'' if count == 1 else 's'}{f' ({parts})' if count else ''}"
            facts = [int(fact.entry.position) for fact in delay.facts]
            cells = (name, "late by", *(("",) if first else ()), said)
            yield Line(cells, facts, values={"milestone": name, "late_bd": count})
