"""The page of an engagement: what needs attention, every picture with its numbers, and the entries behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.pictures import pictures
from ledger_projections.pictures.attention import attention
from ledger_projections.pictures.picture import own
from ledger_projections.reports import Line, Report, Section
from ledger_projections.reports.cited import positions
from ledger_projections.reports.making import covered
from ledger_projections.reports.stamp import stamped

from ledger.values.named import NamedTuple
from ledger_cli.picturing.charts import chart
from ledger_cli.picturing.drawing import drawn
from ledger_cli.picturing.foot import about_page, foot
from ledger_cli.picturing.spec import NARROW, WIDE
from ledger_cli.printing.pages import escaped, page, styles
from ledger_cli.reporting.about import question
from ledger_cli.reporting.printed import linked, table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ledger_projections.pictures import Picture
    from ledger_projections.reports import Source


BESIDE = "Of this engagement alone. What is judged beside all others, such as its unhappiest answers: engage signals."
MOST = 6
"""No more of what needs attention is shown at once."""
TRAIL = ("Entry", "What", "Written down", "By")


class Shown(NamedTuple):
    """What the page of an engagement shows."""

    report: Report
    status: dict[str, Any]
    """The row of the engagement in the table `engagement_status`."""
    attention: Section
    pictures: Sequence[Picture]


def shown(source: Source) -> Shown:
    """Return what the page of the engagement of *source* shows."""
    needs, made = attention(source), pictures(source)
    sections = [needs, *(picture.section for picture in made)]
    trail = _trail(source, sections)
    stamp = stamped(source.excerpt, source.asked, source.as_of, str(source.calendar.zone))
    return Shown(
        Report(source.alias, source.asked, stamp, [*sections, trail]), own(source, "engagement_status")[0], needs, made
    )


def engagement_page(found: Shown) -> str:
    """Return the page of what was *found*; one that is `listed` leads back to that of all engagements."""
    index = "listed" in found.report.asked.options
    return page(
        found.report.title, _body(found, index), styles("picturing/style.css"), about_page(found.report), sealed=True
    )


def _trail(source: Source, sections: Sequence[Section]) -> Section:
    """Return the entries that *sections* point to, as the audit trail tells them."""
    rows = [
        Line(
            (f"#{number}", row["what"], source.said(row["recorded_now"]), row["actor_name"] or row["actor"]), (number,)
        )
        for number in positions(sections)
        if (row := source.trail.get(number))
    ]
    return covered(source.excerpt, Section("The entries behind it", (), TRAIL if rows else (), rows, anchors=True))


def _body(found: Shown, index: bool) -> Iterator[str]:
    there = frozenset(line.entries[0] for line in found.report.sections[-1].rows)
    yield '<header class="top">'
    if index:
        yield '<p class="crumb"><a href="index.html">All engagements</a></p>'
    yield f"<h1>{escaped(found.report.title)}</h1>"
    yield f'<p class="lede">{escaped(_where(found.status))}</p>'
    yield f'<p class="question">{escaped(question(found.report))}</p>'
    yield "</header>"
    yield "<main>"
    yield from _attention(found.attention, there)
    yield from _glance(found.pictures)
    for picture in found.pictures:
        yield from _picture(picture, there)
    yield from _entries(found.report.sections[-1], there)
    yield "</main>"
    yield from foot(found.report)


def _where(status: dict[str, Any]) -> str:
    """Say what the engagement is, for whom, and where it stands."""
    version = status["version_in_force"]
    signed = f"v{version} signed by both" if version else f"agreement {status['newest_state'] or 'not drafted'}"
    flags = [words for name, words in (("on_hold", "on hold"), ("in_dispute", "in dispute")) if status[name]]
    state = "" if status["state"] in signed else status["state"]
    return " · ".join(part for part in (status["title"], status["account_alias"], state, signed, *flags) if part)


def _attention(section: Section, there: Collection[int]) -> Iterator[str]:
    yield f'<section class="attention{"" if section.rows else " none"}" aria-labelledby="attention">'
    yield f'<h2 id="attention">{escaped(section.heading)}</h2>'
    if section.rows:
        yield from table(section._replace(rows=section.rows[:MOST]), there)
    yield f'<p class="said">{escaped(BESIDE)}</p>'
    if rest := section.rows[MOST:]:
        yield f"<details><summary>{len(rest)} more</summary>"
        yield from table(section._replace(heading="What else needs attention", rows=rest), there)
        yield "</details>"
    yield "</section>"


def _glance(found: Sequence[Picture]) -> Iterator[str]:
    """Yield what the pictures show, as a list that leads to them."""
    yield '<nav class="glance" aria-label="Pictures on this page"><ul>'
    for picture in found:
        words = f'<span class="subject">{escaped(picture.subject)}</span> {escaped(picture.section.heading)}'
        yield f'<li><a href="#{picture.name}">{words}</a></li>'
    yield "</ul></nav>"


def _picture(picture: Picture, there: Collection[int]) -> Iterator[str]:
    section, name = picture.section, picture.name
    yield f'<section class="picture" aria-labelledby="{name}-subject {name}">'
    yield f'<p class="subject" id="{name}-subject">{escaped(picture.subject)}</p>'
    yield f'<h2 id="{name}">{escaped(section.heading)}</h2>'
    if section.rows:
        yield f'<a class="past" href="#{name}-table">Past this picture, to its table</a>'
        for width in (WIDE, NARROW):
            yield f'<div class="{"wide" if width == WIDE else "narrow"}">{drawn(chart(picture, width), name)}</div>'
        yield from (f'<p class="said">{linked(said, there)}</p>' for said in (*section.said, *_drawn(section)))
        yield f'<details id="{name}-table"><summary>The same in a table</summary>'
        yield from table(section, there)
        yield "</details>"
    yield "</section>"


def _drawn(section: Section) -> Iterator[str]:
    """Say how much of a table is drawn, where that is not all of it."""
    drawn = sum(bool(line.values) for line in section.rows)
    if drawn < len(section.rows):
        yield f"Drawn are {drawn} of {len(section.rows)} rows; the table has all of them."


def _entries(section: Section, there: Collection[int]) -> Iterator[str]:
    yield '<section class="trail" aria-labelledby="entries">'
    yield f'<h2 id="entries">{escaped(section.heading)}</h2>'
    if section.rows:
        yield from table(section, there)
    else:
        yield "<p>Nothing on this page stands on an entry.</p>"
    yield "</section>"
