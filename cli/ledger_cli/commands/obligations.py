"""What the client owes: given, or late by its own word (P17). A letter decides: `O4` is theirs, `M2` ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.asking.about import names_one, needed, thing
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import a_thing
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.follows.client import after_delay, after_fulfilled
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope
    from ledger_cli.recording.receipts import After


def theirs(app: App, words: Sequence[str]) -> bool:
    """Return whether the last of *words* names an obligation of the client, and not the engagement alone."""
    return bool(words) and words[-1][:1] in {"O", "o"} and not (len(words) == 1 and names_one(app, words[0]))


def fulfilled(app: App, envelope: Envelope, words: Sequence[str], who: str | None) -> None:
    """Record that the client gave what it owed."""
    stream, state, (name,) = needed(app, words, Need("What was given?", "OBLIGATION", check=a_thing("obligation")))
    obligation = thing(state, "obligation", name)
    data = {"obligation_id": obligation, "by": contacts(app, state, [who])[0] if who else None}

    def after(model: ReadModel) -> After:
        return after_fulfilled(app, model, stream, obligation)

    record_one(app, envelope, stream, "obligation-fulfilled", data, after)


def delayed(
    app: App,
    envelope: Envelope,
    words: Sequence[str],
    forecast: str | None,
    who: str | None,
    channel: str | None,
    because: str | None,
) -> None:
    """Record that the client said it will be late, and perhaps until when."""
    stream, state, (name,) = needed(app, words, Need("What will be late?", "OBLIGATION", check=a_thing("obligation")))
    obligation = thing(state, "obligation", name)
    data = {
        "obligation_id": obligation,
        "new_date": parse_moment(forecast, app.clock(), app.zone, ahead=True) if forecast else None,
        "by": contacts(app, state, [who])[0] if who else None,
        "channel": channel,
        "reason": because,
    }

    def after(model: ReadModel) -> After:
        return after_delay(app, model, stream, obligation)

    record_one(app, envelope, stream, "obligation-delay-notified", data, after)
