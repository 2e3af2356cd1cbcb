"""What is said beside the needs: how many engagements are open, how many entries there are, and which is the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_cli.reading.past import Past
    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]

NEWEST = ("position", "recorded")


def open_engagements(reading: Reading, wanted: Mapping[str, object]) -> list[Row]:
    """Return the engagements that are not closed."""
    known = reading.rows("engagement_status", wanted, columns=("engagement", "state"))
    return [row for row in known if row["state"] != "closed"]


def newest_entry(reading: Reading, past: Past) -> tuple[int, Row | None]:
    """Return how many entries count, and the newest of them."""
    if not past.asked:
        head = reading.freshness["position"]
        newest = f"last_position = {head}"  # nothing is newer, and by this the table is indexed
        return head, next(iter(reading.rows("entries", {"position": head}, more=newest, columns=NEWEST)), None)
    limit = "9" if past.trust_claimed else reading.known_on or "9"
    rows = [row for row in reading.rows("entries") if row["recorded"] <= limit]
    return len(rows), max(rows, key=lambda row: int(row["position"]), default=None)
