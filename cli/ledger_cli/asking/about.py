"""What a verb is about: the engagement it names or that is meant without saying, and the words and options it needs."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused, Unknown, near
from ledger.values import Stream
from ledger_cli.asking.missing import Need, answered, meant, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.dialogue import Dialogue
    from ledger.engagement import Engagement
    from ledger.standing import Known
    from ledger_cli.app import App

LISTED = "engage table engagement_status lists them."
"""What whoever reads of an engagement that does not exist is told."""
_THING = re.compile(r"[A-Z][0-9]+")
"""What something in an engagement is called: `M2`, `S1`."""


def needed(app: App, words: Sequence[str], *needs: Need) -> tuple[Stream, Engagement, list[str]]:
    """Return the engagement that *words* begin with or that is meant, its state, and what each of *needs* is.

    What was not said is asked for on a terminal; elsewhere the command is refused, and told in full.
    """
    named, rest = _parted(app, words, sum(need.worded for need in needs))
    left = iter(rest)
    said = [next(left, None) if need.worded else need.said for need in needs]
    missing = [need for need, value in zip(needs, said, strict=True) if value is None]
    stream = _found(app, named) if named is not None else implied(app, words, missing)
    if missing and app.ask is None:
        refuse(app, words, missing)
    state = engagement_of(app, stream)
    return stream, state, [filled(app, state, need, value) for need, value in zip(needs, said, strict=True)]


def filled_in(app: App, state: Dialogue, words: Sequence[str], *needs: Need) -> list[str]:
    """Return what each of *needs* is, asked for where it was not said."""
    missing = [need for need in needs if need.said is None]
    if missing and app.ask is None:
        refuse(app, words, missing)
    return [filled(app, state, need, need.said) for need in needs]


def about(app: App, words: Sequence[str], count: int, *, opens: bool = False) -> tuple[Stream, list[str]]:
    """Return the engagement that *words* begin with, or the one meant without saying, and the *count* words left.

    Where there is none, whoever reads is told how to list them; only a command that records *opens* one.
    """
    if len(words) not in {count, count + 1}:
        raise click.UsageError(f"{_too(len(words), count)} {click.get_current_context().get_usage()}")
    named = len(words) == count + 1
    try:
        return (_found(app, words[0]) if named else implied(app, words)), list(words[named:])
    except Refused as error:
        error.advice = error.advice if opens else LISTED
        raise


def filled(app: App, state: Dialogue, need: Need, said: str | None) -> str:
    """Return what was *said*, else what is answered."""
    return answered(app, state, need) if said is None else said


def implied(app: App, words: Sequence[str] = (), missing: Sequence[Need] = ()) -> Stream:
    """Return the engagement that is meant where none is said: that of ENGAGE_ENGAGEMENT, else the only open one."""
    named = os.environ.get("ENGAGE_ENGAGEMENT")
    if named:
        return app.names.stream("engagement", named)
    streams = [stream for stream in app.names.opened if stream.startswith("engagement/")]
    if len(streams) == 1:
        return streams[0]
    rows = [row for row in app.model().rows("engagement_status") if row["state"] != "closed"]
    if not rows:
        raise Refused("There is no open engagement.", advice="engage open ALIAS --account NAME")
    rows.sort(key=lambda row: int(row["last_position"]))
    names = {
        str(row["engagement_alias"] or row["engagement"]): Stream(f"engagement/{row['engagement']}") for row in rows
    }
    if len(names) == 1:
        return next(iter(names.values()))
    return _chosen(app, names, words, missing)


def engagement_of(app: App, stream: Stream) -> Engagement:
    """Return the state of an engagement, with its texts."""
    from ledger import engagement
    from ledger.names import read_stream

    return engagement.fold(read_stream(app.reader, stream, texts=True))


def known_of(app: App, stream: Stream) -> Known:
    """Return what is known of an engagement, with its texts."""
    from ledger.standing import Known

    state = engagement_of(app, stream)
    return Known(state, app.names.account(state.account), app.names.practice)


def names_one(app: App, word: str) -> bool:
    """Return whether *word* is an engagement's alias or its id."""
    return any(word in (stream, alias) for stream, alias in app.names.opened.items() if stream[:10] == "engagement")


def thing(state: Dialogue, kind: str, name: str) -> str:
    """Return *name* if it is a thing of *kind*; refuse it with what is near."""
    known = state.things.get(kind, {})
    if name in known:
        return name
    if name.upper() in known:
        return name.upper()
    have = f"There are: {', '.join(list(known)[:12])}." if known else f"This engagement has no {kind} yet."
    raise Unknown(kind, name, candidates=near(name, known), advice=have)


def _chosen(app: App, names: dict[str, Stream], words: Sequence[str], missing: Sequence[Need]) -> Stream:
    """Return the engagement that is chosen of several; *names* ends with the one that was recorded in last."""
    which = f"Which engagement? Open are: {', '.join(sorted(names)[:20])}."
    if app.ask is None:
        refuse(app, words, [Need(which, "ENGAGEMENT"), *missing])
    choice = Need(which, "ENGAGEMENT", likely=lambda _app, _state: next(reversed(names)), check=_engagement)
    return _found(app, answered(app, _nobody(), choice))


def _engagement(app: App, state: Dialogue, answer: str) -> object:
    """Refuse an answer that names no engagement; one that one name is near to may have been meant."""
    try:
        return app.names.stream("engagement", answer)
    except Unknown as error:
        if len(error.candidates) == 1:
            return error
        raise


def _nobody() -> Dialogue:
    from ledger.dialogue import Dialogue

    return Dialogue()


def _parted(app: App, words: Sequence[str], count: int) -> tuple[str | None, Sequence[str]]:
    """Return the engagement that *words* name, if they do, and the words left: *count* of them, or too few."""
    if len(words) > count + 1:
        raise click.UsageError(f"{_too(len(words), count)} {click.get_current_context().get_usage()}")
    if len(words) == count + 1 and _THING.fullmatch(words[0]) and not names_one(app, words[0]):
        usage = click.get_current_context().get_usage()
        raise click.UsageError(f'{words[0]} is no engagement, and "{words[-1]}" is a word too many. {usage}')
    if len(words) == count + 1 or (words and names_one(app, words[0])):
        return words[0], words[1:]
    return None, words


def _found(app: App, name: str) -> Stream:
    return Stream(meant(app, lambda text: app.names.stream("engagement", text), name))


def _too(said: int, count: int) -> str:
    return "Something is missing:" if said < count else 'Too many words; put a text into "quotes":'
