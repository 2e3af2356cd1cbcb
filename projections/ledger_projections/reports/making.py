"""Reports by name: each is a pure function of a source; what it says of entries that are withheld is dropped."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed
from ledger_projections.reports.cited import cited
from ledger_projections.reports.form import Report, Section
from ledger_projections.reports.source import Source
from ledger_projections.reports.stamp import stamped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.journal import Reader
    from ledger_projections.reports.asked import Asked
    from ledger_projections.reports.excerpt import Excerpt

REPORTS: Mapping[str, str] = {
    "case": "case",
    "chronology": "chronology",
    "contemporaneity": "contemporaneity",
    "delays": "delays",
    "notices": "notices",
    "schedule": "schedule",
    "signatures": "signatures",
    "who-first": "who_first",
    "who-knew": "who_knew",
}
"""The module of `ledger_projections.reports` that makes each: its `TITLE`, and `sections(source)`."""


def report(reader: Reader, asked: Asked) -> Report:
    """Answer *asked* from the ledger as it stood then: the same, to the byte, as long as no text of it is erased."""
    module = REPORTS.get(asked.report)
    if module is None:
        raise Malformed(f'There is no report "{asked.report}".', field="report")
    maker: Any = import_module(f"ledger_projections.reports.{module}")
    source = Source(reader, asked)
    sections: Sequence[Section] = [*maker.sections(source)]
    shown = [covered(source.excerpt, section) for section in [*sections, *cited(source, sections)]]
    title = f"{maker.TITLE}: {source.alias}"
    return Report(title, asked, stamped(source.excerpt, asked, source.as_of, str(source.calendar.zone)), shown)


def covered(excerpt: Excerpt, section: Section) -> Section:
    """Return *section* with every reference to what is withheld dropped."""
    if not excerpt.withheld:
        return section
    rows = [
        line._replace(cells=[*map(excerpt.covered, line.cells)], values=_value(excerpt, line.values))
        for line in section.rows
    ]
    said = [*map(excerpt.covered, section.said)]
    return section._replace(rows=rows, said=said, picture=[*map(excerpt.covered, section.picture)])


def _value(excerpt: Excerpt, value: Any) -> Any:  # noqa: ANN401 -- any JSON
    match value:
        case str():
            return excerpt.covered(value)
        case dict():
            return {name: _value(excerpt, each) for name, each in value.items()}
        case list() | tuple():
            return [_value(excerpt, each) for each in value]
        case _:
            return value
