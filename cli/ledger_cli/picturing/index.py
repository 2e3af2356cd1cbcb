"""The page of the ledger: every engagement, the one with most to lose first, each leading to its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ledger_projections.reports import Report

from ledger.values.named import NamedTuple
from ledger_cli.picturing.foot import about_page, foot
from ledger_cli.printing.pages import escaped, page, styles
from ledger_cli.printing.times import local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.reports import Asked, Stamp

ALL, EVERY = "pages", "every"
"""What the page of the ledger answers, and of what: no engagement is called so by its id, which is longer."""
COLUMNS = ("Engagement", "What needs attention most", "Needs", "Next date", "Last entry")
_EMPTY = ' class="empty"'


class Entry(NamedTuple):
    """An engagement as the page of the ledger lists it: where it stands, what needs attention, and where its page is."""

    title: str
    status: Mapping[str, Any]
    stamp: Stamp
    needs: int
    """How much needs attention."""
    worst: str
    """What needs it most."""
    rank: int
    """Of what consequence that is: 1 is the worst."""
    href: str = ""

    @property
    def weight(self) -> tuple[bool, int, int, str]:
        """Return what it is sorted by: those that are closed last, then by consequence."""
        return bool(self.status["closed_at"]), self.rank, -self.needs, self.title


def index_page(asked: Asked, entries: Sequence[Entry], hidden: int) -> str:
    """Return the page of *entries*, of which there are some; *hidden* engagements are not shown to its reader."""
    withheld, stamp = {each for entry in entries for each in entry.stamp.withheld}, entries[0].stamp
    asked = asked._replace(report=ALL, engagement=EVERY)
    report = Report("Engagements", asked, stamp._replace(withheld=sorted(withheld)), ())
    body = _body(report, sorted(entries, key=lambda entry: entry.weight), hidden, ZoneInfo(stamp.zone))
    return page(report.title, body, styles("picturing/style.css"), about_page(report), sealed=True)


def _body(report: Report, entries: Sequence[Entry], hidden: int, zone: ZoneInfo) -> Iterator[str]:
    needy = sum(bool(entry.needs) for entry in entries)
    yield '<header class="top">'
    yield "<h1>Engagements</h1>"
    yield f'<p class="lede">{needy} of {len(entries)} {"needs" if needy == 1 else "need"} attention. Worst first.</p>'
    if hidden:
        are = "is" if hidden == 1 else "are"
        yield f'<p class="question">{hidden} more {are} private, and not shown to this reader.</p>'
    yield "</header>"
    yield "<main>"
    yield '<table class="index"><caption>Engagements, worst first</caption>'
    columns = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    yield f"<thead><tr>{columns}</tr></thead><tbody>"
    yield from (_row(entry, zone) for entry in entries)
    yield "</tbody></table>"
    yield "</main>"
    count = len(report.stamp.withheld)
    yield from foot(report, f"{count} entries of these engagements; their pages say which." if count else "")


def _row(entry: Entry, zone: ZoneInfo) -> str:
    status = entry.status
    title = status["title"] or status["account_alias"] or ""
    client = f'<span class="beside">{escaped(title)}</span>' if title else ""
    worst = (
        escaped(entry.worst)
        if entry.needs
        else f'<span class="beside">Nothing. {escaped(status["state"].capitalize())}.</span>'
    )
    due = f"{status['next_due_milestone']} {_day(status['next_due_at'], zone)}" if status["next_due"] else ""
    cells = (worst, str(entry.needs), escaped(due), escaped(_day(status["last_recorded"], zone)))
    head = f'<th scope="row"><a href="{escaped(entry.href)}">{escaped(entry.title)}</a>{client}</th>'
    shown = zip(COLUMNS[1:], cells, strict=True)
    rest = "".join(f'<td data-label="{name}"{"" if cell else _EMPTY}><div>{cell}</div></td>' for name, cell in shown)
    return f"<tr>{head}{rest}</tr>"


def _day(moment: str, zone: ZoneInfo) -> str:
    day, _ = local(moment, zone)
    return f"{day.day} {day:%b} {day.year}"
