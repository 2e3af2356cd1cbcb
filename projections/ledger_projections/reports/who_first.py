"""Which of two things was first, by each clock: known, told, acknowledged, recorded; what cannot be told apart is said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger.standing import knowledge_of, orders
from ledger.standing.firsts import orders_by
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.knowing import check_shown, name_of, short_name
from ledger_projections.reports.taken_back import withdrawn_words
from ledger_projections.reports.voices import VOICES, dated, voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.standing import Knowledge, Order
    from ledger.standing.firsts import Apart, Mark, Verdict
    from ledger_projections.reports.source import Source

TITLE = "Who was first"
METHOD = (
    "Each clock by its earliest statement, which is not the order in which the entries stand. A day without a time lasts "
    "from its first to its last moment. Business hours are those of the calendar in force at the later of the two."
)


def sections(source: Source) -> Iterator[Section]:
    """Yield what each clock says of the two things that were asked about."""
    first, second = (source.asked.options.get(name) for name in ("first", "second"))
    if first is None or second is None:
        raise Malformed("It does not say of which two.", field="options")
    for ref in (first, second):
        check_shown(source, ref)
    yield first_section(source, first, second)


def first_section(source: Source, first: str, second: str) -> Section:
    """Return, clock by clock, when each of two things was so, and which was first by how much."""
    names = name_of(source, first), name_of(source, second)
    each = [knowledge_of(source.known, ref) for ref in (first, second)]
    said = dict.fromkeys(words for knowledge in each for words in withdrawn_words(source, knowledge))
    short = short_name(source, first), short_name(source, second)
    found = [*orders(*each)]
    said |= dict.fromkeys(_by_one_word(source, found, each, short))
    columns = ("Clock", *(short if short[0] != short[1] else (short[0], f"{short[1]} again")), "First", "Earlier by")
    return Section(" and ".join(names), [METHOD, *said], columns, [_line(source, order, short) for order in found])


def _by_one_word(
    source: Source, found: Sequence[Order], each: Sequence[Knowledge], names: tuple[str, str]
) -> Iterator[str]:
    """Yield a sentence for each clock whose answer is another by the word of one side alone."""
    counted = {order.clock: order.verdict for order in found}
    for party, voice_of in VOICES.items():
        for own in orders_by(party, *each):
            if own.first and own.second and own.verdict != counted[own.clock]:
                first, second = (
                    f"{name} {dated(source, mark.moment)} (#{mark.fact.entry.position})"
                    for name, mark in zip(names, (own.first, own.second), strict=True)
                )
                clock = f"{own.clock[0].upper()}{own.clock[1:]}"
                yield f"{clock}, {voice_of} alone: {first}, {second}. First: {_verdicts(names)[own.verdict]}."


def _verdicts(names: tuple[str, str]) -> Mapping[Verdict, str]:
    return {
        "first": names[0],
        "second": names[1],
        "same moment": "neither: the same moment",
        "cannot be told apart": "cannot be told apart: only the day is known",
        "only first": f"only {names[0]} is dated",
        "only second": f"only {names[1]} is dated",
        "neither": "neither is dated",
    }


def _line(source: Source, order: Order, names: tuple[str, str]) -> Line:
    marks = {"first": order.first, "second": order.second}
    cells = (
        order.clock,
        *(_cell(source, mark) for mark in marks.values()),
        _verdicts(names)[order.verdict],
        _apart(order.apart),
    )
    values: dict[str, JSON] = {"clock": order.clock, "verdict": order.verdict}
    values |= {name: mark.moment for name, mark in marks.items() if mark}
    values |= {name: str(value) for name, value in order.apart._asdict().items() if value is not None}
    return Line(cells, sorted({mark.fact.entry.position for mark in marks.values() if mark}), values=values)


def _cell(source: Source, mark: Mark | None) -> str:
    if mark is None:
        return "nothing says so"
    number = f"#{mark.fact.entry.position}"
    if mark.statement is None:  # by the clock of the ledger, or of an original: nobody's word
        return f"{dated(source, mark.moment)} ({number})"
    inferred = ", inferred" if mark.statement.inferred else ""
    return f"{dated(source, mark.moment)} ({number}{inferred}), {voice(mark.statement.says.entry)}"


def _apart(apart: Apart) -> str:
    if apart.business_hours is not None:
        return f"{apart.business_hours} business hours, {apart.clock_hours} by the clock"
    if apart.days is None:
        return ""
    days = f"{apart.days} calendar day{'' if apart.days == 1 else 's'}"
    return f"{apart.business_days} business day{'' if apart.business_days == 1 else 's'}, {days}, by date"
