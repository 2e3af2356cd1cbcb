"""What follows from a request, a promise, an answer, a concern, in sentences made of rows of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.follows.place import here, lasted, row_of
from ledger_cli.printing.times import brief
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App

    Row = Mapping[str, Any]

ENDED = {"first_bh": "first_reply_at", "resolution_bh": "answered_at"}
"""Until when a column counts."""


def after_request(app: App, model: ReadModel, stream: Stream, request_id: str) -> After:
    """Return what to do now that somebody asked for something."""
    row = row_of(model, "requests", stream, request_id)
    if row is None or row["state"] != "open":
        return After()
    answer = f"engage answer {here(app, stream)}{request_id}"
    if row["direction"] == "outbound":
        return After([], f"When they answer: {answer}")
    return After([], f"Next: {answer} (if it must wait: --promise WHEN --because TEXT)")


def after_promise(app: App, model: ReadModel, stream: Stream, request_id: str) -> After:
    """Return how soon there was a first word, and by when the answer is due."""
    row = row_of(model, "requests", stream, request_id)
    if row is None:
        return After()
    word = f"First word {_since(app, row, 'first_bh')}." if row["promises"] == 1 and row["first_bh"] is not None else ""
    return After([word] if word else [], f"Then: engage answer {here(app, stream)}{request_id}")


def after_answer(app: App, model: ReadModel, stream: Stream, request_id: str) -> After:
    """Return how long an answer took, and whether it kept what was promised."""
    row = row_of(model, "requests", stream, request_id)
    if row is None or row["resolution_bh"] is None:
        return After()
    promise = ""
    if row["promise_kept"] is not None:
        verdict = "kept" if row["promise_kept"] else "not kept"
        promise = f"; promised by {_moment(app, row['promised_by'])}, {verdict}"
    return After([f"{_since(app, row, 'resolution_bh').capitalize()}{promise}."])


def after_report(app: App, model: ReadModel, stream: Stream, cadence: str | None) -> After:
    """Return which date of its rhythm a report kept, and whether in time."""
    kind, _, name = stream.partition("/")
    where = f"{'engagement' if kind == 'engagement' else 'account'} = ? AND cadence = ? AND came_at IS NOT NULL"
    rows = model.rows("cadence_occurrences", where, (name, cadence), order="came_at DESC, expected_at DESC")
    if not rows:
        return After()
    return After([f"It keeps {cadence}: due {_moment(app, rows[0]['expected_at'])}, {rows[0]['state']}."])


def after_concern(app: App, model: ReadModel, stream: Stream, concern_id: str) -> After:
    """Return what becomes of a concern next."""
    row = row_of(model, "concerns", stream, concern_id)
    if row is None or row["state"] == "resolved":
        return After()
    where = here(app, stream)
    if row["state"] == "felt":
        by = f"Raise it by {_moment(app, row['raise_by'])}." if row["raise_by"] else "Not raised yet."
        return After([by], f'When you do: engage concern {where}--raised {concern_id} "TEXT" --to WHO')
    return After(
        [] if row["lag_bh"] is None else [_raised(app, row)],
        f'Once it is settled: engage concern {where}--resolved {concern_id} "HOW"',
    )


def after_verified(app: App, model: ReadModel, stream: Stream, news_id: str) -> After:
    """Return whom to tell now that it is known whether news is so."""
    row = row_of(model, "news", stream, news_id)
    if row is None:
        return After()
    tell = f"engage told {here(app, stream)}{news_id} WHO"
    if row["verdict"] == "refuted":
        told = row["reported_at"] and not row["retracted_at"]
        return After(["They were told that it is so."], f"Take that back: {tell} --retract") if told else After()
    return After([], "" if row["reported_at"] else f"Tell them: {tell} --by call")


def _raised(app: App, row: Row) -> str:
    if not row["lag_bh"]:
        return "Raised as soon as it was felt."
    return f"Raised {lasted(app, row['lag_bh'], row['felt_at'], row['raised_at'])} after it was felt."


def _since(app: App, row: Row, column: str) -> str:
    if not row[column]:
        return "at once"
    start = "after it came" if row["direction"] == "inbound" else "after we asked"
    took = lasted(app, row[column], row["asked_at"], row[ENDED[column]])
    return f"{took} {start}{', by date' if row['by_date'] else ''}"


def _moment(app: App, moment: str) -> str:
    return brief(moment, app.zone, app.now, weekday=True)
