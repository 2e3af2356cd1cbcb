"""`log`: the audit trail, entry by entry, with what each says, when it was written down, and what became of it."""

from __future__ import annotations

from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import click

from ledger_cli.asking.moments import parse_moment
from ledger_cli.in_words.corrections import AFTER, became_of, corrections_at
from ledger_cli.printing.columns import prose, table
from ledger_cli.printing.output import page, styled, terminal_width
from ledger_cli.printing.rows import listed, listing
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import brief, day_start
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_cli.app import App
    from ledger_cli.printing.rows import Mode

    Row = dict[str, Any]

GRADES = "A to D: written within a day, a week, a month, later (of knowing)."
HEADINGS = ("  #", "recorded", "happened", "known", "what", "by", "")


@click.command()
@click.argument("engagement", required=False)
@click.option("--since", metavar="WHEN", help="Only what was recorded from then on.")
@click.option("--type", "kind", metavar="TYPE", help="Only entries of this type.")
@click.option("--all", "everything", is_flag=True, help="With the entries of its account and of our own side.")
@listed
@click.pass_obj
def log(app: App, *, engagement: str | None, since: str | None, kind: str | None, everything: bool, mode: Mode) -> None:
    """Show the audit trail: every entry as it was recorded, and what became of it.

    \b
    engage log northwind --since 2025-06-01
    engage log northwind --all
    engage log --type entry-corrected --jsonl
    """
    reading = Reading(app)
    more = f"recorded >= '{_since(app, reading, since)}'" if since else ""
    where = {"type": _known(kind)} if kind else {}
    about = _streams(reading.engagement(engagement), everything=everything) if engagement is not None else []
    streams = [{**where, "stream": stream} for stream in about] or [where]
    found = merge(
        *(reading.scan("entries", one, order="position", more=more) for one in streams), key=itemgetter("position")
    )
    if mode != "text":
        listing(found, [row["column_name"] for row in reading.columns("entries")], mode)
    elif rows := [*found]:
        _print(reading, rows, _beneath(app, reading, rows), app.now)
    else:
        click.echo(
            "No entry is like that." if engagement or since or kind else "Nothing has been recorded yet.", err=True
        )


def _since(app: App, reading: Reading, typed: str) -> str:
    return day_start(parse_moment(typed, app.clock(), reading.zone), reading.zone)


def _known(kind: str) -> str:
    from ledger.events import type_named

    return type_named(kind).short_name


def _streams(engagement: Row, *, everything: bool) -> list[str]:
    """Return the streams whose entries are read, and no others: a ledger may hold hundreds of engagements."""
    own = f"engagement/{engagement['engagement']}"
    return [own, f"account/{engagement['account']}", "practice"] if everything else [own]


def _beneath(app: App, reading: Reading, rows: Sequence[Row]) -> dict[int, tuple[str, str]]:
    """Return what stands under the words of each of *rows*: why it corrects, or what was corrected in it; and by what."""
    amending = {row["position"] for row in rows if row["type"] == "entry-corrected"}
    amended = {position for row in rows for position in row["corrected_by"]}
    corrections = {row["position"]: row for row in corrections_at(app, reading, sorted(amending | amended))}
    told = {position: (_reason(corrections[position]), "") for position in amending}
    for row in rows:
        own = [corrections[position] for position in row["corrected_by"]]
        if own:
            said = [reading.rows("entries", {"position": c["position"]})[0]["what"] for c in own if _in_words(c)]
            told[row["position"]] = "\n".join(f"→ {safe(what.partition(': ')[2])}" for what in said), became_of(own)
    return told


def _in_words(correction: Row) -> bool:
    """Return whether a correction changes what the words say, and not the two clocks alone, which have their columns."""
    clocks = {"occurred", "aware"}
    return correction["kind"] == "amend" and any(change["path"] not in clocks for change in correction["changes"])


def _print(reading: Reading, rows: Sequence[Row], beneath: Mapping[int, tuple[str, str]], now: str) -> None:
    cells = [_cells(reading, row, beneath.get(row["position"], ("", "")), now) for row in rows]
    lines = table(cells, HEADINGS, terminal_width())
    corrected = [row["position"] for row in rows if row["corrected_by"] and not row["withdrawn"]]
    notes = [GRADES] if any(row["grade"] for row in rows) else []
    if corrected:
        first = "its first value" if len(corrected) == 1 else "their first values"
        verb = "shows" if len(corrected) == 1 else "show"
        notes.append(
            f"{_numbers(corrected)} {verb} {first} and, under it, what holds now; see engage show {corrected[0]}."
        )
    page([*lines, *(line for note in notes for line in prose(note))])


def _reason(correction: Row) -> str:
    """Return why a correction was made and what shows it, in one line."""
    words = [f'"{safe(correction["reason"])}"'] if correction["reason"] else []
    return " · ".join([*words, *(f"evidence sha256 {file['sha256'][:12]}…" for file in correction["evidence"])])


def _cells(reading: Reading, row: Row, beneath: tuple[str, str], now: str) -> list[str]:
    zone, written = reading.zone, row["recorded"]
    marks = [] if row["visibility"] == "shared" else ["private"]
    what = _struck(safe(row["what"], lines=True)) if row["withdrawn"] else safe(row["what"], lines=True)
    marks += [beneath[1]] if beneath[1] else []
    marks += [AFTER] if row["after_dispute"] else []
    marks += [f"{safe(g['field'])} erased: {g['ground']}, {brief(g['recorded'], zone, written)}" for g in row["erased"]]
    return [
        f"{row['position']:>3}",
        _changed(*(brief(row[name], zone, now, weekday=True) for name in ("recorded", "recorded_now"))),
        _changed(*(brief(row[name], zone, written) if row[name] else "" for name in ("occurred", "occurred_now"))),
        _changed(*(brief(row[name], zone, written) if row[name] else "" for name in ("aware", "aware_now"))),
        "\n".join(line for line in (what, beneath[0], f"({', '.join(marks)})" if marks else "") if line),
        safe(row["actor_name"] or row["actor"]),
        row["grade"] or "",
    ]


def _changed(first: str, now: str) -> str:
    return first if first == now else f"{first}\n→ {now or 'left out'}"


def _struck(text: str) -> str:
    return styled(text, "struck")


def _numbers(positions: Sequence[int]) -> str:
    return " ".join(f"#{position}" for position in positions)
