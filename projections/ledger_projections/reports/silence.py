"""What nobody said: where no entry tells who knew of a thing, that is told; of what the client owed, how late it is (P17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.references import parse_ref
from ledger.standing import obligations_of
from ledger_projections.reports.reasons import according
from ledger_projections.whose import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Knowledge, Owed
    from ledger_projections.reports.source import Source

NOBODY = "Nothing that is written down says that anybody knew of it, was told of it, or acknowledged it."


def silences(source: Source, knowledge: Knowledge) -> Iterator[str]:
    """Yield a sentence where nobody said anything of a thing, and one on what the client was late with in silence."""
    if not any(said.clock != "happened" for said in knowledge.statements):
        yield NOBODY
    kind, name = parse_ref(knowledge.ref)
    if kind == "obligation":
        owed = next(one for one in obligations_of(source.known, parse_instant(source.as_of)) if one.name == name)
        if owed.days_late:
            yield _late(source, owed)


def _late(source: Source, owed: Owed) -> str:
    due, days = source.said(owed.agreed.event.due), owed.days_late
    count = f"{days} business day{'' if days == 1 else 's'}"
    given = f"given {source.said(written(owed.given))}" if owed.given else "not given"
    return f"The client owed it by {due}: {given}, {count} late; {_warned(source, owed)}."


def _warned(source: Source, owed: Owed) -> str:
    beforehand = [fact for fact in owed.delays if source.known.at(fact) <= owed.due_at]
    if not beforehand:
        return "nothing says that the client said beforehand that it would be late"
    numbers = " ".join(f"#{fact.entry.position}" for fact in beforehand)
    return f"the client said beforehand that it would be late ({numbers}, according to {according(beforehand)})"
