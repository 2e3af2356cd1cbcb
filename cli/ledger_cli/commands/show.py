"""`show`: one entry with its five clocks, what it says, the evidence for it, and what it was corrected to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Unknown
from ledger.values import EntryId, Position
from ledger_cli.in_words.corrections import AFTER, WORD, corrections_at, holding, texts_of
from ledger_cli.printing.columns import columns_of
from ledger_cli.printing.output import document, json_text, page, styled
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import say
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.app import App

    Row = dict[str, Any]

NAME_WIDTH = 16
TELLS = {"slip-foreseen": ("slip-reported", "slip_id"), "news-learned": ("news-reported", "news_id")}
"""What is told by another type of entry, and the id that both carry."""

CORRECTING = frozenset({"entry", "kind", "changes", "text_changes", "reason"})
"""Fields of a correction that are shown in words."""
CLOCKS = {"aware": "known", "occurred": "happened"}
_VERBS = {
    "amend": ("Corrected", "Corrects"),
    "withdraw": ("Withdrawn", "Withdraws"),
    "reinstate": ("Reinstated", "Reinstates"),
}


@click.command()
@click.argument("entry")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--raw", is_flag=True, help="Print the exact bytes that are hashed and proved (safe to see, on a terminal)."
)
@click.pass_obj
def show(app: App, *, entry: str, as_json: bool, raw: bool) -> None:
    """Show one entry, by its number or its id.

    \b
    engage show 31
    engage show 31 --raw | sha256sum
    """
    position = _position(app, entry)
    if raw:
        _print_raw(app, position)
        return
    reading = Reading(app)
    (row,) = reading.rows("entries", {"position": position})
    found = {**row, "texts": texts_of(app, position), **_clocks(reading, row)}
    found["corrections"] = corrections_at(app, reading, row["corrected_by"])
    found["corrects"] = corrections_at(app, reading, [position]) if row["type"] == "entry-corrected" else []
    found["holds_now"] = holding(found["corrections"])
    found["again"] = _again(app, reading, found)
    if as_json:
        document(found)
    else:
        page(list(_lines(reading, found)))


def _position(app: App, entry: str) -> Position:
    number = entry.removeprefix("#")
    if number.isdecimal() and len(number) < 16:
        position: Position | None = Position(int(number))
    else:
        position = app.reader.find(EntryId(entry))
    if position is None or app.reader.at(position) is None:
        raise Unknown("entry", entry, advice=f"engage log shows them; the newest is #{app.reader.head()}.")
    return position


def _print_raw(app: App, position: Position) -> None:
    stored = app.reader.at(position)
    content = stored.raw if stored else b""
    if sys.stdout.isatty():
        click.echo(safe(content.decode("utf-8", "replace")))
    else:
        sys.stdout.buffer.write(content)


def _clocks(reading: Reading, row: Row) -> dict[str, Any]:
    """Return when what the entry says was told, and when that was acknowledged: events of their own."""
    stream = reading.rows("entries", {"stream": row["stream"], "withdrawn": False}, order="position")
    kind, name = TELLS.get(row["type"], ("", ""))
    told = [other for other in stream if kind and other["type"] == kind and other["data"][name] == row["data"][name]]
    ids = {row["id"], *(other["id"] for other in told)}
    acknowledged = [other for other in stream if other["data"].get("acknowledges") in ids]
    return {"told": _first(told), "acknowledged": _first(acknowledged)}


def _first(rows: Sequence[Row]) -> dict[str, Any] | None:
    if not rows:
        return None
    when, row = min(((row["occurred_now"] or row["recorded"], row) for row in rows), key=lambda pair: str(pair[0]))
    return {"at": when, "position": row["position"]}


def _lines(reading: Reading, found: Row) -> Iterator[str]:
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


def _again(app: App, reading: Reading, found: Row) -> dict[str, int]:
    """Return the paths that a correction changed and that were changed again, each with the last entry that did."""
    if not found["corrects"]:
        return {}
    (own,) = found["corrects"]
    (target,) = reading.rows("entries", {"position": own["target"]})
    later = corrections_at(app, reading, [p for p in target["corrected_by"] if p > found["position"]])
    paths = {change["path"] for change in own["changes"]}
    return {c["path"]: row["position"] for row in later for c in row["changes"] if c["path"] in paths}


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
