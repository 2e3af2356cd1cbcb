"""The corrections of what a dispute is about: the first value and the one that holds, who changed it, when, and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from ledger.events import EntryCorrected
from ledger.facts import corrected
from ledger.standing.words import said_before, value_at
from ledger.values import EntryId
from ledger_projections.about import about
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.voices import corrections_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source

COLUMNS = ("Entry", "Of", "What it said first", "What it says now", "Why", "By", "Written down", "Evidence")
TOGETHER = (("Entry", "Of"), *((name,) for name in COLUMNS[2:5]), ("Written down", "By"), ("Evidence",))
LABELS = {"Of": "of", "By": "by"}
NAMES = {"occurred": "happened", "aware": "known"}
KINDS = {"withdraw": "it stands", "reinstate": "it was withdrawn"}
WORD = {"provider": "", "client": ", the client's word"}
ENDS = {"withdraw": "it is withdrawn", "reinstate": "it stands again"}


def corrections(source: Source, refs: Sequence[str] = ()) -> Section:
    """Return the corrections of what is about *refs*, or of everything, the oldest first."""
    history = source.view.state.history
    ids = about(history, refs) if refs else {fact.entry.id for fact in history}
    rows = [
        _line(source, fact, fact.event)
        for fact in corrected(history)
        if isinstance(fact.event, EntryCorrected) and fact.entry.id in ids
    ]
    said = (
        "Nothing that is written down here is ever changed: a correction is an entry of its own, and both values stay."
        if rows
        else "Nothing about it was corrected."
    )
    return Section("Corrections", (said,), COLUMNS, rows, together=TOGETHER, labels=LABELS)


def corrected_by_words(source: Source, refs: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on the entries that correct what is about *refs*, and on those that came after a dispute on it."""
    history = source.view.state.history
    ids = about(history, refs)
    found = [f for f in history if isinstance(f.event, EntryCorrected) and f.entry.id in ids]
    after = [fact for fact in found if source.entries[int(fact.entry.position)]["after_dispute"]]
    if found:
        when = f"after a dispute on it was raised: {corrections_words(after)}" if after else (
            "none of that after a dispute on it was raised"
        )  # fmt: skip
        yield f"Corrected since by {corrections_words(found)}; {when}."


def _line(source: Source, fact: Fact[Event], event: EntryCorrected) -> Line:
    row = source.entries[int(fact.entry.position)]
    target = source.excerpt.find(EntryId(event.entry))
    changes = [*event.changes, *(event.text_changes or ())]
    until = said_before(source.view.state.history, fact.saying(event))
    before = [(change, _before(change, until)) for change in changes]
    after = ", after the dispute was raised" if row["after_dispute"] else ""
    grade = f"grade {row['grade']}{after}" if row["grade"] else after.removeprefix(", ")
    cells = (
        f"#{fact.entry.position}",
        f"#{target}" if target else "",
        KINDS.get(event.kind) or "\n".join(_value(source, change["path"], value) for change, value in before),
        ENDS.get(event.kind) or "\n".join(_value(source, change["path"], _after(change)) for change in changes),
        event.reason or "(erased)",
        (row["actor_name"] or row["actor"]) + WORD[row["party"]],
        "\n".join(filter(None, (source.said(row["recorded_now"]), grade))),
        "\n".join(f"sha256 {file['sha256'][:16]}…" for file in event.evidence or ()),
    )
    positions = (int(fact.entry.position), *((int(target),) if target else ()))
    return Line(cells, positions, fact.withdrawn, _values(row, event))


def _before(change: Mapping[str, Any], until: Fact[Any] | None) -> Any:  # noqa: ANN401 -- any JSON value
    """Return what it said; where the correction does not repeat that, what it said until then."""
    return orjson.loads(change["before"]) if "before" in change else value_at(until, change["path"])


def _after(change: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- any JSON value
    return orjson.loads(change["after"]) if "after" in change else None


def _value(source: Source, path: str, value: Any) -> str:  # noqa: ANN401 -- any JSON value
    name = NAMES.get(path, path.removeprefix("data."))
    if value is None:
        return f"{name}: not stated"
    if isinstance(value, str):
        return f"{name}: {source.said(value) if path in NAMES else value}"
    return f"{name}: {orjson.dumps(value).decode()}"


def _values(row: Mapping[str, Any], event: EntryCorrected) -> dict[str, Any]:
    lag = {name: row[name] for name in ("recorded", "lag_hours", "grade", "after_dispute", "party")}
    return {**lag, "kind": event.kind, "evidence": [file["sha256"] for file in event.evidence or ()]}
