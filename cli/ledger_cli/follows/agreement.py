"""What follows from a signature, and how a milestone stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.follows.place import here, id_of
from ledger_cli.printing.times import say
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App


def after_signature(app: App, model: ReadModel, stream: Stream, version: int) -> After:
    """Return whether a version is signed by both now, and since when."""
    rows = model.rows("agreements", "engagement = ? AND version = ?", (id_of(stream), version))
    if not rows:
        return After()
    row = rows[0]
    if row["state"] == "signed by both":
        return After([f"Version {version} is signed by both since {say(row['signed_by_both_at'], app.zone)}."])
    return After(
        [f"Version {version} is {row['state']}: {_until_then(model, stream)} until both have signed."],
        f"Next: engage signed {here(app, stream)}--version {version} --by WHO",
    )


def after_milestone(app: App, model: ReadModel, stream: Stream, milestone: str) -> list[str]:
    """Return how a milestone stands now."""
    where = "engagement = ? AND milestone = ? AND is_current"
    rows = model.rows("milestones", where, (id_of(stream), milestone))
    return [f"{milestone} is {row['state']}; the date in force is {say(row['due'], app.zone)}." for row in rows]


def _until_then(model: ReadModel, stream: Stream) -> str:
    """Return what holds while the newest version is not signed by both."""
    (row,) = model.rows("engagement_status", "engagement = ?", (id_of(stream),))
    in_force = row["version_in_force"]
    return f"version {in_force} holds" if in_force else "work is nobody's obligation"
