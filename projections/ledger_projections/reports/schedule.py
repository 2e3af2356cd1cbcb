"""The schedule of a dispute (Scott schedule): item by item what either side holds, and room for whoever decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger.facts import corrected
from ledger_projections.about import about
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.voices import corrections_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from ledger.events import DisputeRaised, Event
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source

TITLE = "Schedule"
DECIDES = "For whoever decides"
COLUMNS = ("Item", "About", "The client holds", "The provider holds", "Entries about it", DECIDES)


def sections(source: Source) -> Iterator[Section]:
    """Yield the schedule of the dispute that was asked about, and what its entries say."""
    raised = dispute_of(source)
    yield schedule(source, raised)
    yield said_by_entries(source, raised)


def dispute_of(source: Source) -> Fact[DisputeRaised]:
    """Return the dispute that was asked about; raise Refused where the report may not show it, or it is not known yet."""
    name = source.asked.options.get("dispute", "")
    found = source.known.engagement.disputes.get(name)
    if found is None:
        raise Refused(
            f"Dispute {name} is not among the entries that may be shown.",
            advice="If it is private: --private. If it was raised later: leave --as-known-on out.",
        )
    return found


def refs_of(raised: Fact[DisputeRaised]) -> list[str]:
    """Return what the items of a dispute are about."""
    return sorted({ref for item in raised.event.items for ref in item["about"]})


def schedule(source: Source, raised: Fact[DisputeRaised]) -> Section:
    """Return the schedule of one dispute."""
    name = raised.event.dispute_id
    rows = [row for row in source.rows("disputes") if row["dispute"] == name]
    when = source.said(rows[0]["raised_at"]) if rows else ""
    said = [f"Dispute {name} was raised by the {raised.event.raised_by} on {when}, #{raised.entry.position}."]
    said += [_ending(source, rows)] if rows else []
    lines = [_line(source, raised, row) for row in rows]
    return Section(f"Dispute {name}", said, COLUMNS, lines, blank=(DECIDES,))


def said_by_entries(source: Source, raised: Fact[DisputeRaised]) -> Section:
    """Return what each entry that the items point to says."""
    ids = about(source.view.state.history, refs_of(raised))
    facts = [fact for fact in corrected(source.view.state.history) if fact.entry.id in ids]
    rows = [_said(source, fact) for fact in facts]
    return Section("What those entries say", (), ("Entry", "Happened", "What", "Written down", "Corrected by"), rows)


def _ending(source: Source, rows: Sequence[Mapping[str, Any]]) -> str:
    closed = next((row for row in rows if row["closed_at"]), None)
    if closed is None:
        return "It is open."
    terms = f": {closed['terms']}" if closed["terms"] else ""
    return f"It was closed on {source.said(closed['closed_at'])}, {closed['outcome']}{terms}"


def _line(source: Source, raised: Fact[DisputeRaised], row: Mapping[str, Any]) -> Line:
    state = source.view.state
    item = next((i for i in raised.event.items if i["item_id"] == row["item"]), None)
    refs = item["about"] if item else []
    ids = about(state.history, refs)
    about_it = [int(fact.entry.position) for fact in state.history if fact.entry.id in ids]
    held = {side: _held(source, raised, row, side) for side in ("client", "provider")}
    stated = [int(fact.entry.position) for fact in _stated(source, row)]
    cells = (
        row["item"] or "the whole",
        ", ".join(ref.partition(":")[2] for ref in refs),
        *(text for text in held.values()),
        " ".join(f"#{position}" for position in about_it),
        "",
    )
    values = {name: row[name] for name in ("dispute", "item", "state", "claim", "client_position", "provider_position")}
    return Line(cells, (int(raised.entry.position), *stated, *about_it), values={**values, "about": list(refs)})


def _held(source: Source, raised: Fact[DisputeRaised], row: Mapping[str, Any], side: str) -> str:
    """Return all that a side has said of an item, oldest first, each with its entry."""
    claim = [_quoted(row["claim"], raised)] if raised.event.raised_by == side else []
    stated = [_quoted(fact.event.position, fact) for fact in _stated(source, row) if fact.event.stated_by == side]
    return "\n".join([*claim, *stated]) or "Nothing is recorded."


def _stated(source: Source, row: Mapping[str, Any]) -> list[Fact[Any]]:
    contest = source.known.engagement.contests.get(row["dispute"])
    return [fact for fact in contest.positions if fact.event.item_id == row["item"]] if contest else []


def _quoted(text: str | None, fact: Fact[Event]) -> str:
    return f"{text or '(erased)'} (#{fact.entry.position})"


def _said(source: Source, fact: Fact[Event]) -> Line:
    row = source.entries[int(fact.entry.position)]
    by = [int(each.entry.position) for each in fact.corrections]
    cells = (
        f"#{fact.entry.position}",
        source.changed(row["occurred"], row["occurred_now"]),
        row["what"] + (f"\n{also}" if (also := source.also(fact)) else ""),
        f"{source.said(row['recorded_now'])} by {row['actor_name'] or row['actor']}",
        corrections_words(fact.corrections) + (", withdrawn" if fact.withdrawn else ""),
    )
    return Line(cells, (int(fact.entry.position), *by), fact.withdrawn)
