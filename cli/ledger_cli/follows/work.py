"""What follows from work that begins, goes on or is let go, in sentences made of rows of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.follows.place import here
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App


def after_work(app: App, model: ReadModel, stream: Stream) -> After:
    """Return whether what was worked is anybody's obligation, and what would make it so."""
    (row,) = model.rows("engagement_status", "engagement = ?", (stream.partition("/")[2],))
    if row["version_in_force"]:
        return After()
    if row["newest_version"] is None:
        return After(["Nothing is agreed in writing yet."], "Next: engage agreed --template > letter.toml")
    version = row["newest_version"]
    return After(
        [f"Version {version} is {row['newest_state']}: work is nobody's obligation until both have signed."],
        f"Next: engage signed {here(app, stream)}--version {version} --by WHO",
    )


def after_release(model: ReadModel, stream: Stream, ref: str, version: int | None) -> After:
    """Return whether what was let go is let go now."""
    kind, _, name = ref.partition(":")
    if kind != "milestone":
        return After()
    where = "engagement = ? AND milestone = ? AND is_current"
    rows = model.rows("milestones", where, (stream.partition("/")[2], name))
    if version and any(row["state"] != "released" for row in rows):
        return After([f"{name} is still to be kept: it is let go once both have signed version {version}."])
    return After()
