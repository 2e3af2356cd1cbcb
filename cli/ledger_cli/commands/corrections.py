"""`correct` and `undo`: what was wrong is set right by a new entry; both stay to be seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from ledger.dialogue import Dialogue
from ledger.drafts import Draft
from ledger.errors import Malformed, Refused, Unknown
from ledger_cli.asking.about import filled_in
from ledger_cli.asking.entries import standing, state_of
from ledger_cli.asking.fields import value_of
from ledger_cli.asking.files import describe_evidence
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_past
from ledger_cli.follows.telling import after_correction
from ledger_cli.recording.envelope import PARTIES
from ledger_cli.recording.receipts import After, described, recorded
from ledger_cli.recording.undoing import last_of_mine, restored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.readmodel.store import ReadModel

    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import Stream
    from ledger_cli.app import App


_STRUCK = "It stays in the log, struck through, and no longer counts."
_BACK = "What it changed is as it was before; both stay in the log."
_evidence = click.option(
    "--evidence", metavar="FILE", multiple=True, help="A file that shows it: its hash is recorded."
)
_party = click.option("--party", type=PARTIES, default="provider", help="Whose statement it is that this was wrong.")


@click.command()
@click.argument("word", required=False, metavar="ENTRY")
@click.option("--aware", metavar="WHEN", help="When we really came to know.")
@click.option("--at", metavar="WHEN", help="When it really happened.")
@click.option("--visibility", type=click.Choice(["shared", "private"]), help="Who may really see it.")
@click.option("--set", "fields", metavar="FIELD=VALUE", multiple=True, help="What a field really is.")
@click.option("--because", metavar="TEXT", help="Why it is corrected.")
@_evidence
@_party
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def correct(
    app: App,
    /,
    word: str | None,
    fields: tuple[str, ...],
    because: str | None,
    evidence: tuple[str, ...],
    party: str,
    *,
    as_json: bool,
    **said: str,
) -> None:
    """Correct an entry: the first value stays to be seen, with who changed it, when and why.

    \b
    engage correct 31 --aware 2025-06-03T14:20 --because "vendor e-mail found" --evidence vendor.eml
    engage correct 31 --set data.forecast=2025-07-21 --because "misread the mail"
    engage correct 16 --at 2025-05-30T09:40 --party client --because "on leave until then" --evidence answer.eml
    """
    if as_json:
        app.ask = None  # a program is never asked
    needs = [Need("Which entry?", "ENTRY", word), Need("Why is it corrected?", "--because TEXT", because)]
    if not (fields or _clocks(said)):
        needs.append(Need("What is so, as in forecast=2025-07-21?", "--set FIELD=VALUE"))
    word, because, *so = filled_in(app, Dialogue(), [word] if word else [], *needs)
    fields = (*fields, *so)
    stream, fact = standing(app, word)
    changes = [_change(name, _before(fact, name), _clock(app, name, text)) for name, text in _clocks(said).items()]
    assigned = [_assigned(app, stream, fact, assignment) for assignment in fields]
    changes += [change for field, change in assigned if not field.erasable]
    texts: list[JSON] = [change for field, change in assigned if field.erasable]
    data: dict[str, JSON | None] = {
        "entry": fact.entry.id,
        "kind": "amend",
        "changes": changes,
        "text_changes": texts or None,
        "reason": because,
        **_shown_by(evidence),
    }
    _record(app, stream, data, fact.event, party, as_json=as_json)


@click.command()
@click.option("--entry", "word", metavar="ENTRY", help="Which entry; my last one that can be taken back, if left out.")
@click.option("--because", metavar="TEXT", default="recorded by mistake", show_default=True, help="Why.")
@_evidence
@_party
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def undo(app: App, word: str | None, because: str, evidence: tuple[str, ...], party: str, *, as_json: bool) -> None:
    """Take back my last entry: it stays in the log, struck through, and no longer counts.

    A correction is taken back by correcting again: what was there before comes back.

    \b
    engage undo
    engage undo --entry 34 --because "told the wrong person"
    engage undo --entry 16 --party client --because "no answer was found" --evidence sponsor.eml
    """
    stream, fact = standing(app, word) if word else last_of_mine(app)
    if fact.withdrawn:
        raise Refused(f"#{fact.entry.position} was taken back already.", advice=f"engage show {fact.entry.position}")
    if fact.event.opens:
        raise Refused(
            f"#{fact.entry.position} opened this {stream.partition('/')[0]}, and all else stands on it: it stays.",
            advice=f"engage close --reason mutual, or: engage correct {fact.entry.position} --set FIELD=VALUE",
        )
    data, target = restored(state_of(app, stream), fact)
    _record(app, stream, {**data, "reason": because, **_shown_by(evidence)}, target, party, as_json=as_json, taken=fact)


def _record(
    app: App,
    stream: Stream,
    data: Mapping[str, JSON | None],
    target: Event,
    party: str,
    *,
    as_json: bool,
    taken: Fact[Event] | None = None,
) -> None:
    cause = taken.entry.id if taken and taken.event.short_name == "entry-corrected" else None
    given = {name: value for name, value in data.items() if value is not None}
    receipts = app.record(Draft("entry-corrected", stream, given, party=party, causationid=cause))

    def after(model: ReadModel) -> After:
        follows = after_correction(app, model, stream, target)
        if taken is None:
            return follows
        rows = model.rows("entries", "position = ?", (taken.entry.position,))
        said = f"Took back #{taken.entry.position}  {described(app, rows[0])}" if rows else ""
        return After([said, _STRUCK if taken.event is target else _BACK, *follows.says])

    recorded(app, receipts, as_json=as_json, after=after, undoable=taken is None)


def _shown_by(evidence: tuple[str, ...]) -> dict[str, JSON | None]:
    files = [describe_evidence(name) for name in evidence]
    return {"evidence": files or None, "evidence_count": len(files) or None}


def _clocks(said: Mapping[str, str | None]) -> dict[str, str]:
    names = {"at": "occurred", "aware": "aware", "visibility": "visibility"}
    return {names[option]: text for option, text in said.items() if text is not None}


def _clock(app: App, name: str, text: str) -> str:
    return text if name == "visibility" else parse_past(text, app.clock(), app.zone)


def _before(fact: Fact[Event], name: str) -> Any:  # noqa: ANN401 -- any JSON value
    return getattr(fact, name)


def _change(path: str, before: Any, after: JSON) -> dict[str, JSON]:  # noqa: ANN401 -- any JSON value
    if before == after:
        raise Refused(f"{path} is {before} already.", advice="Correct what is not so.")
    change: dict[str, JSON] = {"path": path, "after": _text(after)}
    return change if before is None else {**change, "before": _text(before)}


def _text(value: Any) -> str:  # noqa: ANN401 -- any JSON value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _assigned(app: App, stream: Stream, fact: Fact[Event], assignment: str) -> tuple[Any, dict[str, JSON]]:
    path, sign, text = assignment.partition("=")
    name = path.strip().removeprefix("data.").replace("-", "_")
    field = fact.event.fields.get(name)
    if not sign:
        raise Malformed(f'"{assignment}" sets nothing.', advice="Write --set data.forecast=2025-07-21.")
    if field is None:
        raise Unknown(
            "field", name, candidates=[], advice=f"{fact.event.short_name} has: {', '.join(fact.event.fields)}."
        )
    value = value_of(app, _account_of(app, stream), field, [text])
    return field, _change(f"data.{name}", getattr(fact.event, name), value)


def _account_of(app: App, stream: Stream) -> str:
    kind, _, name = stream.partition("/")
    return str(getattr(state_of(app, stream), "account", "")) if kind == "engagement" else name
