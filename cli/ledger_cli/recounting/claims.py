"""What imports claim of a time at which the engagement itself was not recorded yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.columns import prose, table
from ledger_cli.printing.output import terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]


def claimed(reading: Reading, opened: str, entries: Sequence[Row]) -> Iterator[str]:
    """Say what imports claim of a time at which the engagement itself was not recorded yet."""
    if not entries:
        yield "Nothing was known of it then."
        return
    claim = "imported entry claims" if len(entries) == 1 else "imported entries claim"
    yield from prose(f"It was opened in this ledger only on {reading.said(opened)}.")
    yield from prose(f"{len(entries)} {claim} to have been known then:")
    cells = [
        (f"#{row['position']}", brief(row["claimedtime"], reading.zone, reading.as_of), safe(row["what"]))
        for row in entries
    ]
    yield from table(cells, ("entry", "claimed", "what"), terminal_width())
