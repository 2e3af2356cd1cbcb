"""What needs somebody, as the signals of the read model say, worst first (domain 3.7)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import brief, local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.open_time import Age

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]

MORNING = 9
"""The last rank that is looked at each morning (domain 3.7): a glance does not import what makes the alerts."""
URGENCIES = ("NOW", "TODAY", "SOON")
LASTING: Mapping[str, str] = {
    "A-undisclosed-slip": "known {spent}",
    "A-unreported-bad-news": "known {spent}",
    "A-needs-retraction": "for {spent}",
    "A-waiting-on-us": "waiting {spent}",
    "A-unacknowledged": "waiting {spent}",
    "A-overdue": "for {days} business days",
    "A-client-overdue-unnotified": "for {days} business days",
    "A-unsigned": "for {days} business days",
    "A-unsigned-work": "for {days} business days",
    "A-unraised": "for {days} business days",
    "A-concern-open": "for {days} business days",
    "A-client-overdue-notified": "for {days} business days",
    "A-unverified-news": "for {spent}",
    "A-feedback-unanswered": "for {days} business days",
    "A-assumption-untested": "for {days} business days",
    "A-without-authority": "for {days} business days",
    "A-no-plan": "for {days} business days",
}
"""Signals whose age in business time says something, and how it is said."""
OWED = frozenset({"A-undisclosed-slip", "A-unreported-bad-news"})
"""Signals whose deadline is that of a notice; the others name it themselves."""
COMING = frozenset({"A-due-next", "A-report-due", "A-rhythm-due", "A-action-due"})
"""Signals that may be told before they are raised; the others would foretell a failure."""
LESSONS = "A-unlearned"
"""What teaches something as long as nobody wrote it down: where the engagement is closed, no morning waits for it."""
STANDING = ("A-single-contact", "A-dependency")
"""Signals of the week that the screen of the morning counts: they stand for months, and call for nobody today."""
GLANCE = (
    "engagement", "engagement_alias", "account", "account_alias", "signal", "practice", "rank", "says", "also", "raised_at",
    "since", "deadline", "calendar", "command", "positions", "last_position",
)  # fmt: skip
"""What a screen shows of a signal: no ids of entries, of which there may be hundreds behind one."""
SENTENCE = ("engagement", "engagement_alias", "account", "account_alias", "signal", "says")
"""What it says of a signal that stands."""


class Need:
    """One thing that needs somebody: the *signal* it comes from, and how soon; the rest is reckoned for what is shown."""

    def __init__(self, reading: Reading, signal: Row) -> None:
        self._reading, self.signal = reading, signal
        now, deadline = reading.as_of, signal["deadline"]
        self.urgency: Literal["NOW", "TODAY", "SOON"] = "SOON"
        if signal["rank"] == 1 or (deadline and deadline <= now):
            self.urgency = "NOW"
        elif deadline and _same_day(reading, deadline, now):
            self.urgency = "TODAY"

    @property
    def name(self) -> str:
        """What people call the engagement, or the account, that it is about; else our own side."""
        return name_of(self.signal)

    @property
    def age(self) -> Age | None:
        """For how long in business time, where that says something."""
        lasting, reading = self.signal["signal"] in LASTING, self._reading
        return reading.age(self.signal["calendar"], self.signal["since"], reading.as_of) if lasting else None

    @cached_property
    def words(self) -> str:
        """What it is, for how long, and by when somebody is to be told."""
        how, age = LASTING.get(self.signal["signal"]), self.age
        lasting = how.format(spent=age.words, days=age.days) if how and age else ""
        return _words(self._reading, self.signal, _counted(lasting))


def name_of(signal: Row) -> str:
    """Return what people call the engagement, or the account, that a signal is about; else our own side."""
    if signal["account"] is None:
        return "practice"
    return signal["engagement_alias"] or signal["account_alias"] or ""


def needs_of(
    reading: Reading, wanted: Mapping[str, object], last: int = MORNING, columns: Sequence[str] = ()
) -> list[Need]:
    """Return what needs somebody at the moment of *reading*, worst first, up to the rank *last*.

    Where they are only looked at, `GLANCE` has the *columns* that are enough; for a program, `ANSWER` (`rows.py`).
    """
    now = reading.as_of
    standing = f"raised_at <= '{now}' AND (cleared_at IS NULL OR cleared_at > '{now}')"
    raised = reading.rows("signals", wanted, more=f"rank <= {last} AND {standing}", columns=columns)
    if reading.looks_back:
        raised = [r for r in raised if r["rank"] <= last and r["raised_at"] <= now and _stands(r, now)]
    if last == MORNING and any(row["signal"] == LESSONS for row in raised):
        closed = _closed(reading)
        raised = [row for row in raised if row["signal"] != LESSONS or row["engagement"] not in closed]
    return sorted((Need(reading, row) for row in raised), key=weight)


def standing_of(reading: Reading, wanted: Mapping[str, object], columns: Sequence[str] = ()) -> list[Need]:
    """Return what no act of a morning clears, though it is to be seen each morning: more hangs on one than is good."""
    rows = standing_rows(reading, wanted, columns)
    return sorted((Need(reading, row) for row in rows), key=weight)


def standing_rows(reading: Reading, wanted: Mapping[str, object], columns: Sequence[str] = ()) -> list[Row]:
    """Return the signals of the same, with all columns or those that are enough."""
    names = ", ".join(f"'{name}'" for name in STANDING)
    found = reading.rows("signals", wanted, more=f"signal IN ({names})", columns=columns)
    return [row for row in found if row["signal"] in STANDING]


def coming(reading: Reading, wanted: Mapping[str, object]) -> Row | None:
    """Return what comes next, of what may be told before it is due."""
    now = reading.as_of
    ahead = reading.rows("signals", wanted, more=f"raised_at > '{now}'")
    told = [row for row in ahead if row["raised_at"] > now and _stands(row, now) and row["signal"] in COMING]
    return min(told, key=lambda row: str(row["deadline"]), default=None)


def _closed(reading: Reading) -> set[str]:
    rows = reading.rows("engagement_status", {}, columns=("engagement", "state"))
    return {row["engagement"] for row in rows if row["state"] == "closed"}


def _stands(signal: Row, now: str) -> bool:
    return signal["cleared_at"] is None or signal["cleared_at"] > now


def weight(need: Need) -> tuple[int, int, str, int]:
    """Return what sorts needs by consequence."""
    signal = need.signal
    return URGENCIES.index(need.urgency), signal["rank"], signal["deadline"] or "9", signal["last_position"]


def _counted(words: str) -> str:
    """Return *words* that count as people do: no business day is less than one."""
    return words.replace(" 1 business days", " 1 business day").replace(" 0 business days", " less than a business day")


def _words(reading: Reading, signal: Row, age: str) -> str:
    deadline = signal["deadline"]
    parts = [signal["says"], age]
    if signal["signal"] == "A-waiting-on-us" and deadline and deadline <= reading.as_of:
        parts.append("promise broken")
    if deadline and signal["signal"] in OWED:
        verb = "was" if deadline <= reading.as_of else "is"
        parts.append(f"notice {verb} due {when(reading, deadline)}")
    return safe(" · ".join(part for part in [*parts, signal["also"]] if part))


def when(reading: Reading, moment: str) -> str:
    """Return a moment near now as people say it: `today 09:02`, `yesterday 16:12`, `Mon 17:00`, `Mon 9 Jun 17:00`."""
    (day, clock), (today, _) = local(moment, reading.zone), local(reading.as_of, reading.zone)
    away = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if away in near:
        return f"{near[away]} {clock}"
    return f"{day:%a} {clock}" if abs(away) < 7 else brief(moment, reading.zone, reading.as_of, weekday=True)


def _same_day(reading: Reading, one: str, other: str) -> bool:
    return local(one, reading.zone)[0] == local(other, reading.zone)[0]
