"""The entries that a report cites, each with its id and its hash: what can be proved of every line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.reports.form import Line, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.reports.source import Source

COLUMNS = ("Entry", "Written down", "By", "Id", "Hash")


def positions(sections: Sequence[Section]) -> list[int]:
    """Return the positions of the entries that *sections* point to."""
    found = {position for section in sections for line in section.rows for position in line.entries}
    return sorted(found.union(*(section.entries for section in sections)))


def cited(source: Source, sections: Sequence[Section]) -> Iterator[Section]:
    """Yield the list of the entries that *sections* point to, if they point to any."""
    rows = [_line(source, position) for position in positions(sections) if position in source.trail]
    if rows:
        one = rows[0].entries[0]
        said = (
            "Each entry by its number, its id and the hash of its bytes (RFC 6962). "
            f"To see one: engage show {one}. To prove to others that it stands in the ledger: engage prove {one}.",
        )
        yield Section("Entries that this report points to", said, COLUMNS, rows, anchors=True)


def _line(source: Source, position: int) -> Line:
    row = source.trail[position]
    by = row["actor_name"] or row["actor"]
    cells = (f"#{position}", source.said(row["recorded_now"]), by, row["id"], row["leaf_hash"])
    return Line(cells, (position,), values={"id": row["id"], "leaf_hash": row["leaf_hash"]})
