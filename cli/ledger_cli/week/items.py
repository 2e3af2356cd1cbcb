"""What a director sees of each engagement, line by line, and which way is worse (domain 3.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from ledger_projections.metrics.silence import silence_now
from ledger_projections.open_time import MANY_HOURS

from ledger.calendars import parse_instant
from ledger.standing import last_met, misgivings_of, schedules_of
from ledger.statistics.quantiles import median
from ledger.values.named import NamedTuple
from ledger_cli.in_words.values import money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledger_cli.week.asked import Week

    Row = dict[str, Any]
    Number = Decimal | int | float | None
    Shown = Callable[[Week, Decimal | int], str]


class Told(NamedTuple):
    """What one line says, and the number in it that a week is compared by; None where only the words are."""

    words: str
    value: Number = None


class Item(NamedTuple):
    """One line: its *name*, the practice or metric it is of, which way it gets *worse*, and what it says of a week."""

    name: str
    source: str
    worse: Literal["higher", "lower", ""]
    of: Callable[[Week], Told | None]


def plain(value: Decimal | int) -> str:
    """Return a number without zeros that say nothing, at most two places."""
    return f"{round(Decimal(value), 2).normalize():f}"


def percent(share: Decimal | int) -> str:
    """Return a share in words."""
    return f"{plain(100 * Decimal(share))} %"


def _number(_: Week, value: Decimal | int) -> str:
    return plain(value)


def _share(_: Week, value: Decimal | int) -> str:
    return percent(value)


def _spent(week: Week, hours: Decimal | int) -> str:
    """Return business hours; days of the calendar that is in force, where they are more than those of two weeks."""
    day = week.hours_of_a_day if not -MANY_HOURS <= hours <= MANY_HOURS else None
    return f"{plain(round(Decimal(hours) / day))} bd" if day else f"{plain(hours)} bh"


def _state(week: Week) -> Told:
    row = week.status
    flags = [word for word in ("on_hold", "in_dispute", "working_unsigned") if row[word]]
    return Told(", ".join([row["state"], *(flag.replace("_", " ") for flag in flags)]), len(flags))


def _signed(week: Week) -> Told | None:
    row = week.status
    if row["newest_version"] is None:
        return Told("nothing drafted", 0)
    return Told(f"v{row['newest_version']} {row['newest_state']}", row["version_in_force"] or 0)


def _parts(week: Week) -> Told | None:
    share, present, required = (week.figures("M17", name) for name in ("value", "present", "required"))
    if not share:
        return None
    return Told(f"{plain(present[-1]['value'])} of {plain(required[-1]['value'])}", share[-1]["value"])


def _whole(metric: str, figure: str, says: str, shown: Shown = _number) -> Callable[[Week], Told | None]:
    """Return what tells one figure in words with its value, as it is *shown*, and n."""

    def of(week: Week) -> Told | None:
        row = week.figure(metric, figure)
        if row is None:
            return None
        words = says.format(shown(week, row["value"]), words=row["words"] or "", n=row["n"])
        return Told(" ".join(words.split()), row["value"])

    return of


def _each(
    metric: str, figure: str, says: str, worst: Callable[[Sequence[Any]], Any], shown: Shown = _number
) -> Callable[[Week], Told | None]:
    """Return what tells the median and the *worst* of a figure that each thing has."""

    def of(week: Week) -> Told | None:
        values = [Decimal(row["value"]) for row in week.figures(metric, figure)]
        if not values:
            return None
        return Told(says.format(shown(week, median(values)), shown(week, worst(values)), n=len(values)), worst(values))

    return of


def _response(week: Week) -> Told | None:
    half, most = week.figure("M06", "resolution_median_bh"), week.figure("M06", "resolution_p90_bh")
    if half is None:
        return None
    p90 = f", p90 {_spent(week, most['value'])}" if most else ""
    return Told(f"median {_spent(week, half['value'])}{p90}, n {half['n']}", half["value"])


def _satisfaction(week: Week) -> Told | None:
    last = week.figure("M12", "last")
    if last is None:
        return None
    p, direction = week.figure("M12", "p"), next((r["words"] for r in week.figures("M12", "direction")), "")
    parts = [plain(last["value"]), direction or "", f"p {plain(p['value'])}" if p else "", f"n {last['n']}"]
    return Told(", ".join(part for part in parts if part), last["value"])


def _review(week: Week) -> Told | None:
    view, as_of = week.view, parse_instant(week.view.as_of)
    schedules = schedules_of(view.standing, view.dialogue, as_of)
    held = [schedule for schedule in schedules if schedule.cadence.event.kind in {"review", "account_review"}]
    times = [schedule.due(number) for schedule in held for number in schedule.numbers]
    missed = sum(due.state(as_of) == "missed" for due in times)
    ahead = [due.day for due in times if due.state(as_of) in {"expected", "not yet judged"}]
    if not times:
        return None
    return Told(f"next {min(ahead) if ahead else 'none'}, {missed} missed", missed)


def _gifts(week: Week) -> Told | None:
    sums = week.figures("M20", "sum_minor")
    if not sums:
        return None
    most = max(sums, key=lambda row: row["value"])
    words = (
        f"{money(int(most['value']), most['subject'].rpartition(' ')[2])} with one person" if most["value"] else "none"
    )
    return Told(words, most["value"])


def _concerns(week: Week) -> Told:
    view = week.view
    count = sum(one.state == "raised" for one in misgivings_of(view.standing, view.dialogue, parse_instant(view.as_of)))
    return Told(str(count), count)


def _disputes(week: Week) -> Told:
    return Told(str(week.status["disputes_open"]), week.status["disputes_open"])


def _talks(week: Week) -> Told | None:
    newest, silent = last_met(week.view.standing, week.view.dialogue), silence_now(week.view)
    if not newest:
        return None
    calendar = week.view.standing.calendar(parse_instant(week.view.as_of))
    days = float(silent.bd(calendar)) if silent else None
    return Told(", ".join(f"{level} {day}" for level, day in sorted(newest.items())), days)


ITEMS = (
    Item("state", "P13", "higher", _state),
    Item("signed", "P09", "lower", _signed),
    Item("parts", "M17", "lower", _parts),
    Item("delivered by date in force", "M05", "lower", _whole("M05", "delivered_by_in_force", "{}, n {n}", _share)),
    Item("delivered by baseline", "M05", "lower", _whole("M05", "delivered_by_baseline", "{}, n {n}", _share)),
    Item("slips", "P15", "higher", lambda week: Told(f"{week.status['slips']}", week.status["slips"])),
    Item("warning lead", "M01", "lower", _each("M01", "lead_bd", "median {} bd, worst {}, n {n}", min)),
    Item("disclosure delay", "M02", "higher", _each("M02", "delay_bh", "median {}, worst {}, n {n}", max, _spent)),
    Item("reports on time", "M09", "lower", _each("M09", "adherence", "median {}, worst {}, n {n}", min, _share)),
    Item("response", "M06", "higher", _response),
    Item("bad news slower by", "M07", "higher", _whole("M07", "delta_bh", "{}", _spent)),
    Item("perception gap", "M11", "higher", _whole("M11", "worst", "{} {words}")),
    Item("satisfaction", "M12", "lower", _satisfaction),
    Item("effective contacts", "M18", "lower", _whole("M18", "effective", "{}, n {n}")),
    Item("client on time", "M15", "lower", _whole("M15", "on_time", "{}, n {n}", _share)),
    Item("review", "P38", "higher", _review),
    Item("plan valid for", "P55", "lower", _whole("P55", "plan_days_left", "{} days")),
    Item("gifts in 12 months", "M20", "higher", _gifts),
    Item("open concerns", "P37", "higher", _concerns),
    Item("open disputes", "P37", "higher", _disputes),
    Item("last contact", "M10", "higher", _talks),
)
