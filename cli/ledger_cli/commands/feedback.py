"""`feedback`: what the client thinks, asked and answered, and what we told them of themselves (P39, P42, P44)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.calendars import is_day, parse_instant
from ledger_cli.asking.about import needed
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import last_spoken_to
from ledger_cli.asking.likely import said as offered
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.options import refuse
from ledger_cli.asking.places import several
from ledger_cli.asking.scores import dimension, last_dimensions, last_scale, parted, scale, score
from ledger_cli.asking.typed import listed
from ledger_cli.follows.feedback import after_asked, after_feedback
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one, settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.readmodel.store import ReadModel

    from ledger.engagement import Engagement
    from ledger.events import FeedbackRequested
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope
    from ledger_cli.recording.receipts import After


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] DIMENSION=SCORE…")
@click.option("--from", "who", metavar="WHO", help="Who gave it.")
@click.option(
    "--scale", metavar="MIN-MAX", help="The lowest and the highest score there is; the last used, if left out."
)
@click.option("--wave", metavar="NAME", help="The round it belongs to; the quarter it was given in, if left out.")
@click.option("--verbatim", metavar="TEXT", help="Their own words.")
@click.option("--unasked", is_flag=True, help="Nobody had asked.")
@click.option("--closing", is_flag=True, help="It looks back on the whole engagement (P42).")
@click.option("--ask", metavar="WHO,…", multiple=True, help="Whom we asked for it, instead.")
@click.option("--on", "dimensions", metavar="DIMENSION,…", help="What we asked about; as last time, if left out.")
@click.option("--instrument", metavar="TEXT", help="How we asked: a form, a conversation.")
@click.option("--given", metavar="WHO,…", multiple=True, help="To whom we gave some of them, instead.")
@click.option("--issue", "issues", metavar="TEXT", multiple=True, help="A key issue in what we gave.")
@act
@click.pass_obj
def feedback(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record feedback from the client, that we asked for it, or what we told them of themselves.

    \b
    engage feedback northwind --from sponsor trust=8 speed=7 --scale 0-10
    engage feedback --from sponsor overall=6.5 --wave 2025-q3 --unasked --verbatim "You told us late."
    engage feedback --ask sponsor --on trust,speed --scale 0-10
    engage feedback --given sponsor "You decide fast, and late in the week." --issue "late decisions"
    """
    if said["ask"] and said["given"]:
        raise click.UsageError("Asking for feedback and giving it are two entries: --ask or --given, not both.")
    if said["ask"]:
        _asked(app, envelope, words, said)
    elif said["given"]:
        _given(app, envelope, words, said)
    else:
        _received(app, envelope, words, said)


def _received(app: App, envelope: Envelope, words: tuple[str, ...], said: Mapping[str, Any]) -> None:
    refuse("Feedback that was received", on=said["dimensions"], instrument=said["instrument"], issue=said["issues"])
    rest, scored = parted(words)
    who = Need("Who gave it?", "--from WHO", said["who"], likely=last_spoken_to)
    missing = [] if scored else [Need("Which scores, such as trust=8?", "DIMENSION=SCORE")]
    stream, state, (name, *answers) = needed(app, rest, who, *missing)
    giver = contacts(app, state, [name])[0]
    asked = None if said["unasked"] else _open_request(state, giver)
    data: dict[str, Any] = {
        "feedback_id": asked.feedback_id if asked else None,
        "wave": said["wave"] or (asked.wave if asked else _quarter(app, envelope)),
        "from_contact": giver,
        "scale": asked.scale if asked and not said["scale"] else _scale(app, state, rest, said),
        "scores": [score(word) for word in scored or answers[0].split()],
        "solicited": not said["unasked"],
        "closing": said["closing"],
        "verbatim": said["verbatim"],
    }

    def after(model: ReadModel) -> After:
        return after_feedback(model, stream, data["wave"], asked)

    record_one(app, envelope, stream, "feedback-received", data, after)


def _asked(app: App, envelope: Envelope, words: tuple[str, ...], said: Mapping[str, Any]) -> None:
    refuse("A question", **{"from": said["who"], "verbatim": said["verbatim"], "unasked": said["unasked"]})
    refuse("A question", closing=said["closing"], issue=said["issues"])
    stream, state, _ = needed(app, words)
    dimensions = [dimension(word) for word in listed(said["dimensions"])] or last_dimensions(state) or ["overall"]
    data = {
        "wave": said["wave"] or _quarter(app, envelope),
        "to": contacts(app, state, several(said["ask"])),
        "instrument": said["instrument"] or "asked in person",
        "dimensions": dimensions,
        "scale": _scale(app, state, words, said),
        "cadence_id": _only_cadence(state),
    }
    record_one(app, envelope, stream, "feedback-requested", data, lambda _: after_asked(app, stream))


def _given(app: App, envelope: Envelope, words: tuple[str, ...], said: Mapping[str, Any]) -> None:
    refuse("Feedback that we gave", **{"from": said["who"], "scale": said["scale"], "wave": said["wave"]})
    refuse("Feedback that we gave", verbatim=said["verbatim"], unasked=said["unasked"], on=said["dimensions"])
    stream, state, (text,) = needed(app, words, Need("What did we tell them?", '"TEXT"'))
    data = {
        "to": contacts(app, state, several(said["given"])),
        "closing": said["closing"],
        "text": text,
        "key_issues": list(said["issues"]) or None,
    }
    record_one(app, envelope, stream, "feedback-given", data)


def _open_request(state: Engagement, giver: str) -> FeedbackRequested | None:
    """Return the newest question to *giver* that was not answered by them."""
    answered = {fact.event.feedback_id for fact in state.feedback if fact.event.from_contact == giver}
    asked = [fact.event for fact in state.asked.values() if giver in fact.event.to]
    return next((event for event in reversed(asked) if event.feedback_id not in answered), None)


def _only_cadence(state: Engagement) -> str | None:
    """Return the one rhythm of feedback that was agreed; of several none is meant."""
    found = [name for name, fact in state.cadences.items() if fact.event.kind == "feedback"]
    return found[0] if len(found) == 1 else None


def _scale(app: App, state: Engagement, words: tuple[str, ...] | list[str], said: Mapping[str, Any]) -> dict[str, str]:
    text = said["scale"] or last_scale(state)
    return scale(settled(app, state, words, Need("On which scale?", "--scale MIN-MAX", text, likely=offered("0-10"))))


def _quarter(app: App, envelope: Envelope) -> str:
    """Return the quarter it was given in, as a wave is called: `2025-q2`."""
    given = parse_moment(envelope.at, app.clock(), app.zone) if envelope.at else app.now
    day = given if is_day(given) else app.calendar.day_of(parse_instant(given))
    return f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}"
