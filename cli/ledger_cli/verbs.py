"""What the everyday verbs share: the engagement they are about, and the options of any act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ledger.drafts import Draft
from ledger.errors import Refused, Unknown, near
from ledger.values import Stream
from ledger_cli.moments import parse_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
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
            occurred=self.at and parse_moment(self.at, now, zone),
            aware=self.aware and parse_moment(self.aware, now, zone),
            party=self.party,
            visibility="private" if self.private else None,
        )


def act(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of any act, gathered in its parameter `envelope`."""

    def gathered(*given: Any, **options: Any) -> None:  # noqa: ANN401 -- click's options
        names = ("at", "aware", "party", "private", "note", "evidence", "as_json")
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


def about(app: App, words: Sequence[str], needed: int) -> tuple[Stream, list[str]]:
    """Return the engagement that *words* begin with, or the one meant without saying, and the *needed* words left.

    Without a word it is ENGAGE_ENGAGEMENT, else the only open one.
    """
    if len(words) == needed + 1:
        return app.names.stream("engagement", words[0]), list(words[1:])
    if len(words) != needed:
        raise click.UsageError(f"{_too(len(words), needed)} {click.get_current_context().get_usage()}")
    return implied(app), list(words)


def implied(app: App) -> Stream:
    """Return the engagement that is meant where none is said."""
    import os

    named = os.environ.get("ENGAGE_ENGAGEMENT")
    if named:
        return app.names.stream("engagement", named)
    streams = [stream for stream in app.names.opened if stream.startswith("engagement/")]
    if len(streams) == 1:
        return streams[0]
    open_ones = {
        row["engagement"]: row["engagement_alias"] or row["engagement"]
        for row in app.model().rows("engagement_status")
        if row["state"] != "closed"
    }
    if len(open_ones) == 1:
        return Stream(f"engagement/{next(iter(open_ones))}")
    if not open_ones:
        raise Refused("There is no open engagement.", advice="engage open ALIAS --account NAME")
    raise Refused(
        f"Which engagement? Open are: {', '.join(sorted(open_ones.values())[:20])}.",
        advice="Name it first, or set ENGAGE_ENGAGEMENT.",
    )


def engagement_of(app: App, stream: Stream) -> Engagement:
    """Return the state of an engagement, with its texts."""
    from ledger import engagement
    from ledger.names import read_stream

    return engagement.fold(read_stream(app.reader, stream, texts=True))


def contacts(app: App, state: Engagement, names: Iterable[str]) -> list[str]:
    """Return the ids of the people called *names*."""
    return [app.names.contact(state.account, name) for name in names]


def thing(state: Engagement, kind: str, name: str) -> str:
    """Return *name* if it is a thing of *kind*; refuse it with what is near."""
    known = state.things.get(kind, {})
    if name in known:
        return name
    if name.upper() in known:
        return name.upper()
    have = f"There are: {', '.join(list(known)[:12])}." if known else f"This engagement has no {kind} yet."
    raise Unknown(kind, name, candidates=near(name, known), advice=have)


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


def _too(said: int, needed: int) -> str:
    return "Something is missing:" if said < needed else 'Too many words; put a text into "quotes":'
