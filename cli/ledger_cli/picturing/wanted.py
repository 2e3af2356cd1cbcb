"""Which pages are wanted: of which moment, for which reader, with which entries named; what draws them is loaded then."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from ledger.values import Stream
from ledger.values.named import NamedTuple
from ledger_cli.reading.past import Past, past

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger_projections.reports import Asked

    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


ONE = "page"
"""What the page of an engagement answers."""


class Pages(NamedTuple):
    """What was asked for, as it was typed."""

    folder: str
    reader: str
    named: tuple[str, ...]
    past: Past

    def asked(self, app: App) -> Asked:
        """Return what is asked of every engagement, at one position and one moment; its reader and entries are there."""
        from ledger_projections.readers import audience

        from ledger_cli.reporting.delivering import asked_of
        from ledger_cli.reporting.wanted import Wanted

        check_drawing()
        wanted = Wanted(self.past, self.named, audience(self.reader).private, "html", None, None)
        return asked_of(app, wanted, ONE, Stream("engagement/"), {"reader": self.reader})


def check_drawing() -> None:
    """Refuse where what draws pages is not installed."""
    from importlib.util import find_spec

    from ledger.errors import Refused

    if find_spec("vl_convert") is None:
        raise Refused("What draws pages is not installed.", advice="pip install 'engagement-ledger[report]'")


def pictured(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of pages, gathered in its parameter `pages`; None where none are wanted."""

    def gathered(*given: Any, past: Past, html: str | None, reader: str, named: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
        if html is None and (past.asked or named or reader != "director"):
            raise click.UsageError("--reader, --with and the moments of a replay are about pages: add --html DIR.")
        if html is not None and not html.strip():
            raise click.UsageError("--html names the folder that pages are written into, and it is empty: --html pages")
        command(*given, pages=None if html is None else Pages(html, reader, named, past), **said)

    update_wrapper(gathered, command)
    gathered = past(gathered)
    for option in (
        click.option("--with", "named", metavar="ENTRY", multiple=True, help="With --html: show this private entry."),
        click.option(
            "--reader", default="director", metavar="WHO", help="With --html: consultant, director, lawyer or analyst."
        ),
        click.option("--html", metavar="DIR", help="Write pages with pictures into this folder, and record nothing."),
    ):
        gathered = option(gathered)
    return gathered


def only_pages(envelope: Envelope, account: str | None, said: Mapping[str, object]) -> None:
    """Refuse what would be recorded where pages are wanted: nobody is to think that it was."""
    unsaid = envelope._replace(as_json=False) == type(envelope)()
    if not unsaid or envelope.as_json or account is not None or any(said.values()):
        raise click.UsageError(
            "--html writes pages and records nothing: leave out what is said of a report that went out. "
            "To record that a page was sent: engage report ENGAGEMENT --file DIR/ENGAGEMENT.html --to WHO"
        )
