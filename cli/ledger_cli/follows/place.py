"""Where a command stands: how it names an engagement, and the row of one thing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
