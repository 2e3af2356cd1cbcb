"""What any act may say about itself, and the options that say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.drafts import Draft
from ledger.values.named import NamedTuple
from ledger_cli.asking.files import describe_evidence
from ledger_cli.asking.moments import parse_past

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.canonical import JSON
    from ledger.facts import Fact
    from ledger_cli.app import App

CHANNELS = click.Choice(["meeting", "call", "email", "message", "letter", "visit", "portal", "other"])
PARTIES = click.Choice(["provider", "client"])


class Envelope(NamedTuple):
    """What any act may say about itself: when, whose knowledge, who may see it, what shows it."""

    at: str | None = None
    aware: str | None = None
    party: str = "provider"
    private: bool = False
    note: str | None = None
    evidence: tuple[str, ...] = ()
    as_json: bool = False

    def when(self, app: App) -> str | None:
        """Return when it happened, as far as that was said."""
        return self.at and parse_past(self.at, app.clock(), app.zone)

    def day(self, app: App) -> str:
        """Return the day on which it happened: what is allowed by it is allowed from then."""
        from ledger.calendars import is_day, parse_instant

        happened = self.when(app)
        if happened is None:
            return app.calendar.day_of(app.clock())
        return happened if is_day(happened) else app.calendar.day_of(parse_instant(happened))

    def after(self, *facts: Fact[Any] | None) -> Envelope:
        """Return this of what follows from *facts*: private where one of them is, for it would tell of that."""
        private = self.private or any(fact is not None and fact.visibility == "private" for fact in facts)
        return self._replace(private=private)

    def draft(self, app: App, event_type: str, subject: str, data: Mapping[str, Any]) -> Draft:
        """Return the draft of an event with these fields; those that are None are left out."""
        now, zone = app.clock(), app.zone
        files = [describe_evidence(name) for name in self.evidence]
        extra: dict[str, JSON | None] = {
            "note": self.note,
            "evidence": files or None,
            "evidence_count": len(files) or None,
        }
        return Draft(
            event_type,
            subject,
            {name: value for name, value in {**data, **extra}.items() if value is not None},
            occurred=self.when(app),
            aware=self.aware and parse_past(self.aware, now, zone),
            party=self.party,
            visibility="private" if self.private else None,
        )


def act(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of any act, gathered in its parameter `envelope`."""

    def gathered(*given: Any, **options: Any) -> None:  # noqa: ANN401 -- click's options
        names = ("at", "aware", "party", "private", "note", "evidence", "as_json")
        if options["as_json"]:
            click.get_current_context().obj.ask = None  # a program is never asked
        command(*given, envelope=Envelope(**{name: options.pop(name) for name in names}), **options)

    gathered.__doc__, gathered.__name__ = command.__doc__, command.__name__
    gathered.__dict__.update(command.__dict__)  # the options that click has put there already
    file_help = "A file that shows it: its hash is recorded, the file stays."
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
        click.option("--evidence", multiple=True, metavar="FILE", help=file_help),
        click.option("--note", metavar="TEXT", help="A remark."),
        click.option("--private", is_flag=True, help="Keep it out of what is shared."),
        click.option("--party", type=PARTIES, default="provider", help="Whose statement it is."),
        click.option("--aware", metavar="WHEN", help="When we came to know."),
        click.option("--at", metavar="WHEN", help="When it happened; now, if left out."),
    ):
        gathered = option(gathered)
    return gathered
