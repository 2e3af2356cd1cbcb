"""A letter of agreement asked part by part at a terminal, kept in a file, and recorded once it was confirmed (P01 to P09)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger_cli.agreeing.file import whose
from ledger_cli.agreeing.interview import Interview, tell
from ledger_cli.agreeing.whole import agree
from ledger_cli.asking.about import about, known_of
from ledger_cli.asking.files import read_file
from ledger_cli.asking.missing import Left, confirmed
from ledger_cli.follows.place import here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.standing import Known
    from ledger.values import Stream
    from ledger_cli.agreeing.draft import Draft
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


def interview(app: App, envelope: Envelope, words: Sequence[str]) -> None:
    """Ask for what the letter that *words* name lacks, keep it in its file, and record it if that is wanted."""
    if app.ask is None:
        raise Refused("Nobody is there to be asked.", advice="engage agreed --template > letter.toml, and fill it in.")
    stream, draft = _begun(app, words)
    talk = Interview(app, stream, draft)
    try:
        talk.ask_all()
        talk.summarise()
        sure = confirmed(app, "Record it?")
    except Left:
        draft.keep()
        tell(f"Kept in {draft.path}. Go on:  engage agreed {here(app, stream)}{draft.path} --interview")
        raise
    if sure:
        agree(
            app,
            envelope,
            [*words[:-1], str(draft.path)] if words[1:] else [_named(app, stream), str(draft.path)],
            reason=None,
        )
    else:
        tell(f"Kept in {draft.path}. Record it:  engage agreed {here(app, stream)}{draft.path}")


def _begun(app: App, words: Sequence[str]) -> tuple[Stream, Draft]:
    """Return the engagement that the letter is for, and the draft to go on with, or a new one."""
    from ledger_cli.agreeing.draft import Draft

    if words and words[-1].endswith(".toml"):
        path = Path(words[-1])
        raw = read_file(path, "engage agreed --interview begins a new one.") if path.exists() else None
        stream = whose(app, words, path, raw, opens=True) if raw is not None else about(app, words, 1, opens=True)[0]
        return stream, Draft(path, raw)
    stream, _ = about(app, words, 0, opens=True)
    path = Path(f"{_named(app, stream)}-letter.toml")
    if path.exists():
        raise Refused(f"{path} is there already.", advice=f"Go on with it:  engage agreed {path} --interview")
    _check_first(known_of(app, stream))
    return stream, Draft(path)


def _check_first(known: Known) -> None:
    if known.engagement.drafts:
        change = "engage letter --format toml > v2.toml, change it, then: engage agreed v2.toml"
        raise Refused("There is a letter already.", advice=change)


def _named(app: App, stream: Stream) -> str:
    return app.names.alias(stream) or stream.partition("/")[2]
