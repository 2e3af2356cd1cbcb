"""Where a command stands: how it names an engagement, and the row of one thing of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger_projections.open_time import MANY_HOURS

from ledger.calendars import parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App

    Row = Mapping[str, Any]


def row_of(model: ReadModel, table: str, stream: Stream, name: str) -> Row | None:
    """Return the row of one thing in the table that is called as its kind is: `R7` in `requests`."""
    kind, _, whose = stream.partition("/")
    where = "engagement = ?" if kind == "engagement" else "account = ? AND engagement IS NULL"
    rows = model.rows(table, f"{where} AND {table.removesuffix('s') if table != 'news' else table} = ?", (whose, name))
    return rows[0] if rows else None


def here(app: App, stream: Stream) -> str:
    """Return the engagement, or the account, as a command names it; nothing where it is meant without saying."""
    if stream.startswith("account/"):
        return f"--account {app.names.alias(stream) or stream.partition('/')[2]} "
    known = sum(other.startswith("engagement/") for other in app.names.opened)
    alias = app.names.alias(stream)
    return f"{alias} " if known > 1 and alias else ""


def id_of(stream: Stream) -> str:
    """Return the id that rows know *stream* by."""
    return stream.partition("/")[2]


def lasted(app: App, hours: object, since: str, until: str) -> str:
    """Return business *hours* in words; the business days in between where they are more than those of two weeks."""
    exact = Decimal(str(hours))
    if exact <= MANY_HOURS:
        return f"{exact:.1f} business hours"
    begun, ended = (app.calendar.day_of(parse_instant(moment)) for moment in (since, until))
    return f"{app.calendar.bd(begun, ended)} business days"
