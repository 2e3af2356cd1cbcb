"""`close`: the engagement ends, each result marked (P13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.errors import Malformed
from ledger_cli.asking.about import needed
from ledger_cli.asking.missing import Need
from ledger_cli.recording.envelope import act
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

REASONS = ("completed", "mutual", "by-client", "by-provider")
VERDICTS = ("attained", "not_attained", "waived")
OPEN = ("agreed", "due soon", "overdue", "rejected")
"""The states of a milestone that is still to be delivered."""


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option("--reason", type=click.Choice([*REASONS, "by_client", "by_provider"]), help="Why it ended.")
@click.option("--result", "results", metavar="R1=attained", multiple=True, help=f"One of {', '.join(VERDICTS)}.")
@click.option("--outcome", metavar="TEXT", help="How it ended, in words.")
@act
@click.pass_obj
def close(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    reason: str | None,
    results: tuple[str, ...],
    outcome: str | None,
) -> None:
    """Close an engagement; corrections, disputes and feedback may still be recorded.

    \b
    engage close northwind --reason completed --result R1=attained --result R2=waived
    """
    why = Need("Why did it end?", "--reason completed", reason, among=REASONS)
    stream, state, (because,) = needed(app, words, why)
    owed = _owed(app, stream, envelope.when(app) or app.now)
    data = {
        "reason": because.replace("-", "_"),
        "results": [_verdict(text) for text in results],
        "open_obligations": owed,
        "outcome": outcome,
    }
    receipts = app.record(envelope.draft(app, "engagement-closed", stream, data))
    marked = {result.partition("=")[0] for result in results}
    unmarked = [name for name in state.things.get("result", {}) if name not in marked]
    recorded(
        app,
        receipts,
        as_json=envelope.as_json,
        after=lambda model: After([*_left(unmarked, owed), *_undelivered(model, stream)]),
    )


def _owed(app: App, stream: Stream, when: str) -> list[str]:
    """Return what the client still owes *when* the engagement ends."""
    from ledger.standing import obligations_of
    from ledger_cli.asking.about import known_of

    known = known_of(app, stream)
    return [promise.name for promise in obligations_of(known, known.instant_of(when)) if promise.is_open]


def _left(unmarked: Sequence[str], obligations: Sequence[str]) -> list[str]:
    said = []
    if unmarked:
        said.append(f"Not marked: {', '.join(unmarked)}. An engagement closes with each result marked (P13).")
    if obligations:
        said.append(f"Open on their side when it closed: {', '.join(obligations)}.")
    return said


def _undelivered(model: ReadModel, stream: Stream) -> list[str]:
    """Say which milestones were neither delivered nor let go."""
    where = f"engagement = ? AND is_current AND state IN ({', '.join('?' * len(OPEN))})"
    rows = model.rows("milestones", where, (stream.partition("/")[2], *OPEN))
    names = ", ".join(sorted({row["milestone"] for row in rows}))
    return [f"Not delivered when it closed: {names}."] if names else []


def _verdict(text: str) -> dict[str, str]:
    name, _, verdict = text.partition("=")
    verdict = verdict.strip().replace("-", "_")
    if verdict not in VERDICTS:
        said = f"--result {name}={VERDICTS[0]}, {VERDICTS[1]} or {VERDICTS[2]}"
        raise Malformed(f'"{text}" marks no result.', field="results", advice=f"Write {said}.")
    return {"result_id": name.strip(), "verdict": verdict}
