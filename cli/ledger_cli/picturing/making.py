"""What is made of an engagement for the pages: its own page, and what the page of the ledger says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.readers import audience
from ledger_projections.reports import Source, Stamp, Withheld
from ledger_projections.reports.excerpt import Excerpt

from ledger.errors import Refused
from ledger.values import Position
from ledger.values.named import NamedTuple
from ledger_cli.picturing.engagement import engagement_page, shown
from ledger_cli.picturing.index import Entry

if TYPE_CHECKING:
    from ledger_projections.reports import Asked

    from ledger.journal import Reader
    from ledger.values import Stream
    from ledger_cli.picturing.engagement import Shown


class Made(NamedTuple):
    """The *page* of an engagement and its *entry* in the list; neither where its reader may not see it, or it was not known."""

    page: str = ""
    entry: Entry | None = None
    hidden: bool = False

    def written(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"page": self.page, "entry": self.entry, "hidden": self.hidden}

    @classmethod
    def read(cls, value: dict[str, Any]) -> Made:
        """Read what `written` wrote."""
        if value["entry"] is None:
            return cls(**value)
        title, status, stamp, *rest = value["entry"]
        stamp = Stamp._make([*stamp[:-1], [Withheld._make(each) for each in stamp[-1]]])
        return cls(value["page"], Entry(title, status, stamp, *rest))


def made_of(reader: Reader, asked: Asked, stream: Stream) -> Made:
    """Return what is made of the engagement *stream* for the reader that is *asked* for."""
    source = source_shown(reader, asked, stream)
    if source is None or not is_known(source):
        return Made(hidden=source is None)
    found = shown(source)
    return Made(engagement_page(found), listed(found))


def source_shown(reader: Reader, asked: Asked, stream: Stream) -> Source | None:
    """Return what the page of an engagement is made from; None where this reader is not shown what opened it."""
    try:
        return source_of(reader, asked, stream)
    except Refused:
        return None


def streams_of(reader: Reader, asked: Asked) -> list[Stream]:
    """Return the engagements that there were."""
    heads = (head for head in reader.streams() if head.opened <= asked.position)
    return [head.stream for head in heads if head.stream.startswith("engagement/")]


def source_of(reader: Reader, asked: Asked, stream: Stream) -> Source:
    """Return what the page of an engagement is made from: no more than its reader is shown."""
    whole = audience(asked.options["reader"]).everything
    asked = asked._replace(engagement=stream.partition("/")[2])
    return Source(reader, asked, Excerpt(reader, Position(asked.position)) if whole else None)


def is_known(source: Source) -> bool:
    """Return whether the engagement was known at the moment that is asked about."""
    return source.known.engagement.opened is not None


def listed(found: Shown) -> Entry:
    """Return what the list keeps of a page: no picture of it."""
    needs = found.attention.rows
    ranks = [int(str(line.values["rank"])) for line in needs]
    worst = needs[0].cells[0] if needs else ""
    return Entry(found.report.title, found.status, found.report.stamp, len(needs), worst, min(ranks, default=99))
