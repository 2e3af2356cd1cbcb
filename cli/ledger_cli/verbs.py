"""What the everyday verbs share: the options of any act, the people it names, the files that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ledger.drafts import Draft
from ledger.errors import Refused
from ledger_cli.asking.about import about, engagement_of, implied, needed, thing
from ledger_cli.asking.missing import Need
from ledger_cli.moments import parse_past

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
    from ledger.facts import Fact
    from ledger_cli.app import App

__all__ = [
    "CHANNELS",
    "PARTIES",
    "Envelope",
    "Need",
    "about",
    "act",
    "contacts",
    "describe_evidence",
    "engagement_of",
    "implied",
    "needed",
    "read_file",
    "thing",
]

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


def contacts(app: App, state: Engagement, names: Iterable[str]) -> list[str]:
    """Return the ids of the people called *names*; on a terminal, of those too whom nobody knew."""
    from ledger_cli.asking.introducing import people

    return people(app, state.account, names)


def describe_evidence(name: str) -> dict[str, JSON]:
    """Return the hash, size and kind of a file; the file itself stays where it is."""
    import hashlib
    import mimetypes
    from pathlib import Path

    path = Path(name)
    content = read_file(path, "Name a file that shows it.")
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    digest = hashlib.sha256(content).hexdigest()
    return {"sha256": digest, "bytes": len(content), "media_type": media_type, "name": path.name[:200]}


def read_file(path: Path, advice: str) -> bytes:
    """Return the bytes of the file at *path*; refuse one that cannot be read."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a path with U+0000 is a ValueError
        raise Refused(f"{path} cannot be read: {getattr(error, 'strerror', error)}.", advice=advice) from error
