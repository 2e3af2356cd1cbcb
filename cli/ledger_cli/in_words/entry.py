"""One entry in words: its five clocks, what it says, the evidence for it, and what it was corrected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.in_words.corrections import AFTER, WORD
from ledger_cli.printing.columns import columns_of
from ledger_cli.printing.output import json_text, styled
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]

NAME_WIDTH = 16
CORRECTING = frozenset({"entry", "kind", "changes", "text_changes", "reason"})
"""Fields of a correction that are shown in words."""
CLOCKS = {"aware": "known", "occurred": "happened"}
_VERBS = {
    "amend": ("Corrected", "Corrects"),
    "withdraw": ("Withdrawn", "Withdraws"),
    "reinstate": ("Reinstated", "Reinstates"),
}


def entry_lines(reading: Reading, found: Row) -> Iterator[str]:
    """Yield what there is to see of the entry that was *found*: what it says, when, and what it was corrected to."""
    whose = found["engagement_alias"] or found["account_alias"] or found["stream"]
    head = f"#{found['position']}  {safe(found['what'])}"
    yield styled(head, "struck", "bold") if found["withdrawn"] else styled(head, "bold")
    marks = [found["type"], safe(whose), f"entry {found['version']} of its stream", found["party"], found["visibility"]]
    marks += ["privileged"] if found["privileged"] else []
    yield f"  {' · '.join([*marks, *(['WITHDRAWN'] if found['withdrawn'] else [])])}"
    yield ""
    for name, words in _times(reading, found):
        yield from _line(name, words)
    yield ""
    content = list(_content(reading, found))
    yield from [*content, ""] if content else []
    yield from _line("id", found["id"])
    yield from _line("leaf hash", found["leaf_hash"])
    for correction in found["corrects"]:
        yield from ("", f"  {_VERBS[correction['kind']][1]} #{correction['target']}")
        yield from _changed(reading, correction)
        yield from _line("changed again", ", ".join(f"{_name(path)} by #{at}" for path, at in found["again"].items()))
    for correction in found["corrections"]:
        yield from ("", f"  {_VERBS[correction['kind']][0]} by #{correction['position']}: {_who(reading, correction)}")
        yield from _changed(reading, correction)
    if len(found["corrections"]) > 1:
        yield from ("", f"  Of what was changed more than once, the last holds. {_now(found)}")


def _content(reading: Reading, found: Row) -> Iterator[str]:
    told = {"evidence", "evidence_count", *(CORRECTING if found["corrects"] else ())}
    for name, value in {**found["data"], **found["texts"]}.items():
        if name not in told and value not in ([], None):
            yield from _line(name, safe(value if isinstance(value, str) else json_text(value), lines=True))
        if f"data.{name}" in found["holds_now"]:
            yield from _line("  now", _value(reading, found["holds_now"][f"data.{name}"]))
    if not found["corrects"]:
        yield from _evidence(found["texts"].get("evidence") or [])
    for gone in found["erased"]:
        words = f"erased ({gone['ground']}, {say(gone['recorded'], reading.zone)}, #{gone['position']})"
        yield from _line(safe(gone["field"]), words)


def _times(reading: Reading, found: Row) -> Iterator[tuple[str, str]]:
    """Yield the five clocks, and what an import claims."""
    for name, key in (("happened", "occurred"), ("known", "aware")):
        yield name, _first_and_now(reading, found[key], found[f"{key}_now"])
    for name in ("told", "acknowledged"):
        yield name, f"{say(found[name]['at'], reading.zone)}  (#{found[name]['position']})" if found[name] else ""
    by = safe(found["actor_name"] or found["actor"])
    lag = f", {found['lag_hours']} hours after: grade {found['grade']}" if found["grade"] else ""
    late = ", after a dispute on it was raised" if found["after_dispute"] else ""
    written = _first_and_now(reading, found["recorded"], found["recorded_now"])
    yield "recorded", f"{written}  by {by} ({found['actor']}), {found['provenance']}{lag}{late}"
    if found["claimedtime"] or found["claimedactor"]:
        when = say(found["claimedtime"], reading.zone) if found["claimedtime"] else ""
        yield "original claims", f"{when} {safe(found['claimedactor'] or '')}".strip()
    yield "others hold", _held(reading, **found["held"])


def _held(reading: Reading, after: Row | None, by: Row | None) -> str:
    """Say between which roots that others hold the entry was written: what they can hold its recorded time against."""
    if by is None:
        return f"only the first {after['size']:,} entries, without this one" if after else ""
    words = f"the root of {by['size']:,} entries, with it, since {say(by['since'], reading.zone)} (#{by['position']})"
    return f"{words}; that of {after['size']:,} without it" if after else words


def _first_and_now(reading: Reading, first: str | None, now: str | None) -> str:
    words = [say(moment, reading.zone) if moment else "not stated" for moment in (first, now)]
    return ("" if first is None else words[0]) if first == now else f"{words[0]}   now {words[1]}"


def _line(name: str, words: str) -> list[str]:
    if not words:
        return [f"  {name:<{NAME_WIDTH}}  -"] if name in {"happened", "known", "told", "acknowledged"} else []
    return [f"  {line}" for line in columns_of((name, words), (NAME_WIDTH, 10_000))]


def _evidence(files: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for file in files:
        name = safe(str(file.get("name") or file.get("locator") or ""))
        yield from _line("evidence", f"{name}  {file['bytes']:,} bytes, {safe(file['media_type'])}")
        yield from _line("  sha256", file["sha256"])


def _who(reading: Reading, correction: Row) -> str:
    """Say who recorded a correction, when, how late, and whether a dispute was open."""
    marks = [
        WORD[correction["party"]] + safe(correction["actor_name"] or correction["actor"]),
        say(correction["recorded_now"], reading.zone),
    ]
    marks += [f"grade {correction['grade']}"] if correction["grade"] else []
    return ", ".join([*marks, *([AFTER] if correction["after_dispute"] else [])])


def _now(found: Row) -> str:
    return "It is withdrawn." if found["withdrawn"] else "It stands."


def _name(path: str) -> str:
    return CLOCKS.get(path, path.removeprefix("data."))


def _changed(reading: Reading, correction: Row) -> Iterator[str]:
    for change in correction["changes"]:
        name = _name(change["path"])
        yield from _line(name, f"{_value(reading, change.get('before'))} → {_value(reading, change.get('after'))}")
    yield from _line("reason", safe(correction["reason"] or "", lines=True))
    yield from _evidence(correction["evidence"])


def _value(reading: Reading, value: Any) -> str:  # noqa: ANN401 -- any JSON
    if value is None:
        return "nothing"
    if isinstance(value, str) and value.endswith("Z") and value[4:5] == "-" and value[10:11] == "T":
        return say(value, reading.zone)
    return safe(value if isinstance(value, str) else json_text(value))
