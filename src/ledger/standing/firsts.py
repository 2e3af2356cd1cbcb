"""Which of two things came first, by each clock: as far as the moments that were written down can tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ledger.calendars import day_number, hours, is_day, microseconds
from ledger.references import parse_ref
from ledger.standing.knowledge import Span, span
from ledger.standing.statements import Clock, Statement, first_when
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ledger.calendars import Calendar
    from ledger.facts import Fact
    from ledger.standing.knowledge import Knowledge

Verdict = Literal["first", "second", "same moment", "cannot be told apart", "only first", "only second", "neither"]
READ: Sequence[tuple[str, Clock, str | None]] = (
    ("known to us", "aware", "provider"),
    ("known to the client", "aware", "client"),
    ("told", "told", None),
    ("acknowledged", "acknowledged", None),
)
"""The clocks that statements tell: what each is called, and of which side it is."""


class Mark(NamedTuple):
    """The earliest that is known of one thing by one clock, and between which moments that lies."""

    span: Span
    moment: str
    fact: Fact[Any]
    statement: Statement | None = None
    """What says so; None for when it was written down, which is nobody's word but that of a clock."""


class Apart(NamedTuple):
    """How much later one was than the other: in hours where both are moments, else in days."""

    business_hours: Decimal | None = None
    clock_hours: Decimal | None = None
    business_days: int | None = None
    days: int | None = None


class Order(NamedTuple):
    """What one clock says of two things."""

    clock: str
    first: Mark | None
    second: Mark | None
    verdict: Verdict
    apart: Apart = Apart()


def orders(first: Knowledge, second: Knowledge) -> Iterator[Order]:
    """Yield what each clock says of the order of two things."""
    yield _order(first, "happened", _happened(first), _happened(second))
    for name, clock, side in READ:
        yield _order(first, name, _said(first, clock, side), _said(second, clock, side))
    yield _order(first, "recorded", _recorded(first), _recorded(second))
    claims = _claimed(first), _claimed(second)
    if any(claims):
        yield _order(first, "claimed by an import", *claims)


def orders_by(party: str, first: Knowledge, second: Knowledge) -> Iterator[Order]:
    """Yield what each clock that *party* speaks of says by its own word alone, whatever anybody said of it since."""
    for name, clock, side in READ:
        yield _order(first, name, _said(first, clock, side, party), _said(second, clock, side, party))


def verdict(first: Span | None, second: Span | None) -> Verdict:
    """Return which of two spans came first, if they do not overlap."""
    if first is None or second is None:
        return "only first" if first else "only second" if second else "neither"
    if first.last < second.first:
        return "first"
    if second.last < first.first:
        return "second"
    return "same moment" if first.exact and second.exact else "cannot be told apart"


def _order(of: Knowledge, clock: str, first: Mark | None, second: Mark | None) -> Order:
    said = verdict(first and first.span, second and second.span)
    if first is None or second is None or said not in {"first", "second"}:
        return Order(clock, first, second, said)
    earlier, later = (first, second) if said == "first" else (second, first)
    return Order(clock, first, second, said, _apart(of.known.calendar(later.span.first), earlier, later))


def _apart(calendar: Calendar, earlier: Mark, later: Mark) -> Apart:
    if earlier.span.exact and later.span.exact:
        a, b = earlier.span.first, later.span.first
        return Apart(hours(calendar.business_microseconds(a, b)), hours(microseconds(b) - microseconds(a)))
    a_day, b_day = (_day(calendar, mark) for mark in (earlier, later))
    return Apart(business_days=calendar.bd(a_day, b_day), days=day_number(b_day) - day_number(a_day))


def _day(calendar: Calendar, mark: Mark) -> str:
    return mark.moment if is_day(mark.moment) else calendar.day_of(mark.span.first)


def _said(of: Knowledge, clock: Clock, side: str | None, party: str | None = None) -> Mark | None:
    found = of.of(clock, side=side, party=party)
    return _mark(of, found) if found else None


def _mark(of: Knowledge, found: Sequence[Statement]) -> Mark:
    return Mark(_earliest([of.span(said) for said in found]), found[0].moment, found[0].fact, found[0])


def _happened(of: Knowledge) -> Mark | None:
    """Return when it happened; of an entry, when that says that it was so."""
    kind, name = parse_ref(of.ref)
    said = [fact for fact in of.facts if kind == "entry" and fact.entry.id == name and fact.occurred]
    own = [Statement("happened", None, (), fact.when, first_when(fact), fact) for fact in said]
    return _said(of, "happened", None) or (_mark(of, own) if own else None)


def _recorded(of: Knowledge) -> Mark | None:
    return _first(of, [(fact.recorded, fact) for fact in of.facts])


def _claimed(of: Knowledge) -> Mark | None:
    claims = ((fact.entry.text("claimedtime"), fact) for fact in of.facts)
    return _first(of, [(claim, fact) for claim, fact in claims if claim])


def _first(of: Knowledge, dated: Sequence[tuple[str, Fact[Any]]]) -> Mark | None:
    if not dated:
        return None
    spans = [span(of.known, moment) for moment, _ in dated]
    place = min(range(len(spans)), key=lambda number: spans[number].last)
    return Mark(_earliest(spans), *dated[place])


def _earliest(spans: Sequence[Span]) -> Span:
    """Return between when and when the earliest of what lies in *spans* lies."""
    return Span(min(each.first for each in spans), min(each.last for each in spans))
