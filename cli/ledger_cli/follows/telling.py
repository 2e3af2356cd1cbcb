"""What follows from knowing bad news or a slip, and from telling it: the notice that is asked for, the warning given."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import hours, parse_instant
from ledger.events import NewsLearned, NewsReported, SlipForeseen, SlipReported
from ledger_cli.follows.place import here, id_of, lasted, row_of
from ledger_cli.printing.times import brief
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.readmodel.store import ReadModel

    from ledger.events import Event
    from ledger.values import Stream
    from ledger_cli.app import App

    Row = Mapping[str, Any]


def after_slip(app: App, model: ReadModel, stream: Stream, slip_id: str, position: int) -> After:
    """Return what follows now that a slip was foreseen, told in the entry at *position*, or corrected."""
    rows = model.rows("slips", "engagement = ? AND slip = ?", (id_of(stream), slip_id))
    if not rows:
        return After()
    row = rows[0]
    if row["state"] == "undisclosed":
        said = f"{_lateness(row)} {_notice_asked(app, row)}".strip()
        return After([said], f"Tell them: engage told {here(app, stream)}{slip_id} WHO --by email")
    if row["told_at"] is None:
        return After()
    if row["state"] == "averted":
        told = f'Tell them: engage contact {here(app, stream)}WHO "TEXT" --about {slip_id}'
        return After(["They were told that it will be late, and not yet that it will not."], told)
    answer = "" if row["acknowledged_at"] else f"When they answer: engage ack {position} --by WHO"
    return After([" ".join(filter(None, (_delay(app, row, "delay_bh"), _warning(row))))], answer)


def after_news(app: App, model: ReadModel, stream: Stream, news_id: str) -> After:
    """Return what follows now that news was learned or told."""
    row = row_of(model, "news", stream, news_id)
    if row is None:
        return After()
    if row["reported_at"]:
        return After([_delay(app, row, "disclosure_bh")])
    return After(
        [f"Not yet told. {_notice_asked(app, row)}".strip()],
        f"Tell them: engage told {here(app, stream)}{news_id} WHO --by call",
    )


def after_acknowledged(app: App, model: ReadModel, stream: Stream, told: Event) -> After:
    """Return how long the answer took, where a slip was told; say so where nobody was told anything."""
    if not hasattr(told, "to"):
        return After([f"That entry ({told.short_name}) told nobody anything: if you meant another, take this back."])
    if not isinstance(told, SlipReported):
        return After()
    rows = model.rows("slips", "engagement = ? AND slip = ?", (id_of(stream), told.slip_id))
    known = [row for row in rows if row["ack_delay_bh"] is not None]
    return After([_answered(app, row) for row in known])


def after_correction(app: App, model: ReadModel, stream: Stream, target: Event) -> After:
    """Return what is so now that an entry was corrected."""
    if isinstance(target, (SlipForeseen, SlipReported)):
        return after_slip(app, model, stream, target.slip_id, 0)._replace(next="")
    if isinstance(target, (NewsLearned, NewsReported)):
        return after_news(app, model, stream, target.news_id)._replace(next="")
    return After()


def _answered(app: App, row: Row) -> str:
    if not row["ack_delay_bh"]:
        return "As soon as they were told."
    return f"{lasted(app, row['ack_delay_bh'], row['told_at'], row['acknowledged_at'])} after they were told."


def _lateness(row: Row) -> str:
    days = row["slip_bd"] or 0
    if days <= 0:
        return "Not yet told."
    return f"{days} business {'day' if days == 1 else 'days'} late, not yet told."


def _notice_asked(app: App, row: Row) -> str:
    if row.get("notice_due") is None:
        return ""
    asker = f"Your agreement v{row['notice_version']}" if row["notice_version"] else "Your policy"
    within = f"{Decimal(str(row['notice_within_bh'])).normalize():f}"
    past = parse_instant(row["notice_due"]) < app.clock()
    ago = f", {_between(app, row['notice_due'], app.now)} ago" if past else ""
    return f"{asker} asks for notice within {within} business hours: by {_by(app, row['notice_due'])}{ago}."


def _delay(app: App, row: Row, column: str) -> str:
    if row[column] is None:
        return "Nobody said when it came to be known, so how long it took is unknown."
    told = row.get("told_at") or row["reported_at"]
    known = row.get("aware_at") or row["learned_at"]
    said = f"{lasted(app, row[column], known, told)} after you knew" if row[column] else "Told at once"
    if row.get("notice_due") is None:
        return f"{said}."
    if told <= row["notice_due"]:
        return f"{said}, within the notice due {_by(app, row['notice_due'])}."
    late = _between(app, row["notice_due"], told)
    return f"{said}; the notice was due {_by(app, row['notice_due'])}, {late} earlier."


def _warning(row: Row) -> str:
    lead = row["lead_bd"]
    if lead is None:
        return ""
    calendar_days = row["lead_calendar_days"]
    if lead == 0:  # no day was open in between: that need not be the very day
        return (
            "On the due date."
            if calendar_days == 0
            else f"{_days(calendar_days)} the due date, on days that were closed."
        )
    business = f"{abs(lead)} business {'day' if abs(lead) == 1 else 'days'}"
    return f"{business} {'before' if lead > 0 else 'after'} the due date."


def _days(ahead: int) -> str:
    return f"{abs(ahead)} {'day' if abs(ahead) == 1 else 'days'} {'before' if ahead > 0 else 'after'}"


def _between(app: App, start: str, end: str) -> str:
    spent = app.calendar.business_microseconds(parse_instant(start), parse_instant(end))
    return lasted(app, hours(spent), start, end)


def _by(app: App, moment: str) -> str:
    """Return *moment* with its year only where that is not this one."""
    return brief(moment, app.zone, app.now, weekday=True)
