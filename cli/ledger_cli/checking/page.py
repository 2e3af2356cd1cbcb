"""A page made again, from the question that it says it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.readers import audience

from ledger.errors import Malformed, Refused
from ledger.values import Stream
from ledger_cli.picturing.engagement import engagement_page, shown
from ledger_cli.picturing.files import file_name
from ledger_cli.picturing.index import ALL, index_page
from ledger_cli.picturing.making import is_known, listed, source_of, source_shown, streams_of
from ledger_cli.picturing.wanted import ONE, check_drawing

if TYPE_CHECKING:
    from ledger_projections.reports import Asked

    from ledger.journal import Reader


def page_again(reader: Reader, asked: Asked) -> str:
    """Return the page that answers *asked*."""
    if "reader" not in asked.options:
        raise Malformed(
            "This is no page of an engagement ledger: it does not say for whom it was made.", field="reader"
        )
    check_drawing()
    audience(asked.options["reader"])
    if asked.report == ALL:
        return _list_again(reader, asked._replace(report=ONE))
    source = source_of(reader, asked, Stream(f"engagement/{asked.engagement}"))
    if not is_known(source):
        raise Refused(f'The engagement "{asked.engagement}" was not known then.')
    return engagement_page(shown(source))


def _list_again(reader: Reader, asked: Asked) -> str:
    """Return the page of the ledger, for which nothing is drawn."""
    entries, names, hidden = [], set[str](), 0
    for stream in streams_of(reader, asked):
        source = source_shown(reader, asked, stream)
        hidden += source is None
        if source and is_known(source):
            found = shown(source)
            name = file_name(found.report.title, names)
            names.add(name)
            entries.append(listed(found)._replace(href=f"{name}.html"))
    if not entries:
        raise Refused("There was no engagement to show then.")
    return index_page(asked, entries, hidden)
