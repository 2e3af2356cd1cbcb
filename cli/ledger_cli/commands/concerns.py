"""`concern`: felt, raised, resolved (P34, P36, P37, P47, P51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.asking.about import names_one, thing
from ledger_cli.asking.likely import a_thing, only
from ledger_cli.asking.missing import Need
from ledger_cli.asking.places import is_thing, named_beside, on_account, placed, several
from ledger_cli.asking.typed import reference
from ledger_cli.follows.talk import after_concern
from ledger_cli.recording.envelope import CHANNELS, PARTIES, act
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.dialogue import Dialogue
    from ledger_cli.app import App
    from ledger_cli.asking.places import Place
    from ledger_cli.recording.envelope import Envelope

TOPICS = click.Choice(["price", "delivery", "cooperation", "scope", "people", "other"])
OUTCOMES = click.Choice(["resolved", "withdrawn", "agreed-to-differ"])
RAISING = {"by": "--raised-by", "speaker": "--from", "to": "--to", "channel": "--by", "view": "--view"}
RESOLVING = {"outcome": "--outcome", "confirmed": "--confirmed"}


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] "TEXT"')
@click.option("--topic", type=TOPICS, help="What it concerns; as it was felt, else other.")
@click.option("--about", "subjects", metavar="M2,…", help="What it is about.")
@click.option("--intuition", is_flag=True, help="You feel it without being able to say why (P51).")
@click.option(
    "--raised", metavar="[C1]", is_flag=False, flag_value="", help="One side told the other; C1, if it was felt."
)
@click.option("--raised-by", "by", type=PARTIES, help="Which side told; ours, if left out, or that of --from.")
@click.option("--from", "speaker", metavar="WHO", help="Who told.")
@click.option("--to", metavar="WHO,…", multiple=True, help="Who was told.")
@click.option("--by", "channel", type=CHANNELS, help="How they were told.")
@click.option("--view", metavar="TEXT", help="How the client sees it (P36).")
@click.option("--resolved", metavar="C1", is_flag=False, flag_value="", help="It is settled; TEXT says how.")
@click.option("--outcome", type=OUTCOMES, help="How it ended: resolved, if left out.")
@click.option("--confirmed/--unconfirmed", default=None, help="Whether it was as we felt (P47).")
@on_account
@act
@click.pass_obj
def concern(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record a concern: felt, which stays private; raised with the other side; or resolved.

    \b
    engage concern northwind "They do not believe the date." --topic delivery
    engage concern --raised C1 "We fear that the date will not hold." --to sponsor --by call --view "So do they."
    engage concern --raised "The fee is too high for this." --from sponsor --topic price
    engage concern --resolved C1 "We agreed on a third crew." --confirmed
    """
    _fitting(said)
    if said["resolved"] is not None:
        _resolve(app, envelope, words, said)
    elif said["raised"] is not None:
        _raise(app, envelope, words, said)
    else:
        _check_text(app, words)
        place, (text,) = placed(app, words, said["account"], Need("What do you feel?", '"TEXT"'))
        data = {"topic": said["topic"] or "other", "intuition": said["intuition"], "about": _about(app, said)}
        _record(app, envelope, place, "concern-felt", {**data, "text": text}, place.state.next_id("concern"))


def _check_text(app: App, words: Sequence[str]) -> None:
    """Refuse the number of a concern in the place of a text."""
    if words and is_thing(app, "C", words[-1]):
        raise click.UsageError(
            f'{words[-1]} is a concern. Say what became of it: --raised {words[-1]} "TEXT", or --resolved.'
        )


def _raise(app: App, envelope: Envelope, words: Sequence[str], said: Mapping[str, Any]) -> None:
    named, words = named_beside(app, "C", said["raised"], words)
    place, (text,) = placed(app, words, said["account"], Need("What was said?", '"TEXT"'))  # what was felt is private
    concern_id = thing(place.state, "concern", named) if named else place.state.next_id("concern")
    felt = place.state.concerns[concern_id].felt if named else None
    speaker = place.people(app, [said["speaker"]])[0] if said["speaker"] else None
    data = {
        "concern_id": concern_id,
        "topic": said["topic"] or (felt.event.topic if felt else "other"),
        "raised_by": said["by"] or _side(app, place, speaker),
        "by": speaker,
        "to": place.people(app, several(said["to"])),
        "channel": said["channel"],
        "about": _about(app, said) or (felt.event.about if felt else []),
        "client_view_stated": said["view"] is not None,
        "client_view": said["view"],
        "text": text,
    }
    _record(app, envelope, place, "concern-raised", data, concern_id)


def _resolve(app: App, envelope: Envelope, words: Sequence[str], said: Mapping[str, Any]) -> None:
    named, words = named_beside(app, "C", said["resolved"], words)
    count = len(words) - 1 if words and not _engagement(app, words, said["account"]) else len(words)
    how = words[-1] if count < len(words) else None
    which = Need("Which concern?", "--resolved C1", named, likely=_open, check=a_thing("concern"))
    place, (name,) = placed(app, words[:count], said["account"], which)
    concern_id = thing(place.state, "concern", name)
    told = place.state.concerns[concern_id]
    envelope = envelope.after(told.raised or told.felt)  # what nobody was told of, nobody is told the end of
    outcome = (said["outcome"] or "resolved").replace("-", "_")
    data = {"concern_id": concern_id, "outcome": outcome, "confirmed": said["confirmed"], "how": how}
    _record(app, envelope, place, "concern-resolved", data, concern_id)


def _record(
    app: App, envelope: Envelope, place: Place, kind: str, data: Mapping[str, JSON | None], concern_id: str
) -> None:
    record_one(
        app, envelope, place.stream, kind, data, lambda model: after_concern(app, model, place.stream, concern_id)
    )


def _engagement(app: App, words: Sequence[str], account: str | None) -> bool:
    """Return whether the last of *words* is the engagement, so that no text is among them."""
    return len(words) == 1 and account is None and names_one(app, words[0])


def _open(app: App, state: Dialogue) -> str | None:
    """Return the one concern that is not settled."""
    return only(name for name, concern in state.concerns.items() if concern.resolved is None)


def _side(app: App, place: Place, speaker: str | None) -> str:
    from ledger_cli.asking.introducing import side_of

    return side_of(app, place.account, speaker) if speaker else "provider"


def _about(app: App, said: Mapping[str, Any]) -> list[str]:
    return [reference(app, word) for word in several([said["subjects"] or ""])]


def _fitting(said: Mapping[str, Any]) -> None:
    """Refuse an option of raising where nothing was raised, and of settling where nothing was settled."""
    if said["raised"] is not None and said["resolved"] is not None:
        raise click.UsageError("A concern is raised or resolved in one breath, not both.")
    for stage, options in (("raised", RAISING), ("resolved", RESOLVING)):
        for name, flag in options.items():
            if said[stage] is None and said[name] not in (None, ()):
                raise click.UsageError(f"{flag} goes with --{stage}.")
