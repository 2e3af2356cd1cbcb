"""Write the reference from the code: events and fields, tables and columns, metrics, words and their help, JSON Schemas.

python -m docs.reference.make

A test holds every file against what the code says now.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from ledger_cli.words.catalogue import GROUPS
from ledger_cli.words.group import engage
from ledger_projections.metrics import METRICS
from ledger_projections.readmodel.schema import DICTIONARY, FRESHNESS, KEPT, STREAM
from ledger_projections.tables import ASKED, TABLES

from docs.reference import practising
from ledger.events import AREAS, TYPES
from ledger.events.meanings import meaning
from ledger.events.schema import DIALECT, json_schema
from ledger.events.wording import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger_projections.metrics.figure import Metric
    from ledger_projections.table import Column

    from ledger.events import Event
    from ledger.events.field import Field

DOCS = Path(__file__).parent.parent
MADE = "Written by `python -m docs.reference.make` from the code; a test fails when they differ."
_WRAPPED = re.compile(r"^(?:Erasable|Identity|Minted)\[(.*)\]$")
_CHOICES = re.compile(r"^Literal\[(.*)\]$")


def main() -> None:
    """Write every file of the reference."""
    for name, text in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


def pages() -> Mapping[str, str]:
    """Return every file of the reference, by its place under docs/."""
    title, *rest = practising.blocks()
    schemas = {f"schema/v1/{name}.json": _json(json_schema(event_type)) for name, event_type in TYPES.items()}
    return {
        "practices.md": _page([title, MADE, *rest]),
        "reference/events.md": _events(),
        "reference/tables.md": _tables(),
        "reference/metrics.md": _metrics(),
        "reference/commands.md": _commands(),
        "schema/v1/line.json": _json(_line()),
        **schemas,
    }


def _events() -> str:
    marks = "**n** needed · **i** identifies the fact · **g** given out by the ledger · **e** erasable, kept outside the bytes"
    intro = [
        "# Events",
        f"{MADE} `engage schema TYPE` prints the JSON Schema of one; all are in [schema/v1](../schema/v1/).",
        f"Marks of a field: {marks}. Every event may also carry `evidence`, `evidence_count` and `note`. When it happened and"
        " when it came to be known are not fields: they are the clocks `occurred` and `aware` of the entry.",
    ]
    areas = [block for area, types in AREAS.items() for block in (f"## {area.capitalize()}", *map(_event, types))]
    return _page([*intro, *areas, "## Forms", _list(FORMS)])


def _event(event_type: type[Event]) -> str:
    about = [f"`{event_type.stored_name}`", f"in the stream of {_either(sorted(event_type.streams))}"]
    about += ["private unless said otherwise"] if event_type.private else []
    about += ["has a command of its own"] if event_type.governs else []
    fields = [field for name, field in event_type.fields.items() if name not in {"evidence", "evidence_count", "note"}]
    rows = [(f"`{f.name}`", _form(f.annotation), _marks(f), meaning(event_type, f.name)) for f in fields]
    table = _table(("field", "form", "", "meaning"), rows)
    return f"### {event_type.short_name}\n\n{event_type.__doc__}\n\n{'; '.join(about)}\n\n{table}"


def _form(annotation: str) -> str:
    plain = annotation.removesuffix(" | None")
    if wrapped := _WRAPPED.match(plain):
        plain = wrapped[1].removesuffix(" | None")
    choices = _CHOICES.match(plain)
    return choices[1].replace("'", "").replace('"', "").replace(", ", " / ") if choices else f"`{plain}`"


def _marks(field: Field) -> str:
    marks = {"n": field.required and not field.minted, "i": field.identity, "g": field.minted, "e": field.erasable}
    return " ".join(mark for mark, holds in marks.items() if holds)


def _tables() -> str:
    intro = [
        "# Tables",
        f"{MADE} The same stands in the table `data_dictionary` of the file, and `engage table` prints any of them.",
        "Times are RFC 3339 in UTC and end in `Z`; a column of type instant or moment has a twin that ends in `_unix`, in"
        " seconds. Money is whole minor units beside a currency. Booleans are 0 and 1.",
        "## Columns of every row",
        _columns([STREAM, *KEPT]),
    ]
    own = [f"## {t.name}\n\n{t.description}\n\n{_columns(t.columns)}" for t in TABLES.values()]
    asked = [
        f"## {t.name}\n\n{t.description} Made when it is asked for.\n\n{_columns(t.columns)}" for t in ASKED.values()
    ]
    rest = [f"## freshness\n\nHow far the tables go: one row.\n\n{_columns(FRESHNESS)}"]
    rest += [f"## data_dictionary\n\nWhat every column of every table means.\n\n{_columns(DICTIONARY)}"]
    return _page([*intro, *own, *asked, *rest])


def _metrics() -> str:
    intro = [
        "# Metrics",
        f"{MADE} `engage metrics` shows them, with the entries behind every figure; `engage metrics --formulas` prints this.",
        "Business time is that of the calendar that was in force; BH is hours, bd days. A median is the mean of the middle"
        " two; a p90 is the ⌈0.9 n⌉-th smallest. Where a figure is undefined its value is null, and its words say why. As rows"
        " they are the table [metrics](tables.md#metrics), which is made when it is asked for, at any moment.",
    ]
    return _page([*intro, *map(_metric, METRICS)])


def _metric(metric: Metric) -> str:
    kinds = " and each ".join(sorted(metric.streams, reverse=True))
    whose = f"For each {kinds}" if kinds else "Over all engagements together"
    about = f"Practices: {', '.join(metric.practices)}. {whose}."
    rows = [(f"`{name}`", meaning.unit, meaning.worse, meaning.says) for name, meaning in metric.meanings.items()]
    figures = _table(("figure", "unit", "worse where", "meaning"), rows)
    first = next(each for each in METRICS if each.formula == metric.formula)
    formula = f"```text\n{metric.formula}\n```" if first is metric else f"Reckoned as it says under {first.id}."
    return f"## {metric.id} {metric.title}\n\n{about}\n\n{formula}\n\n{figures}"


def _columns(columns: Sequence[Column]) -> str:
    rows = [(f"`{c.name}`", c.type, c.unit, "may be null" if c.nullable else "", c.description) for c in columns]
    return _table(("column", "type", "unit", "", "meaning"), rows)


def _commands() -> str:
    intro = ["# Words", f"{MADE} `engage WORD --help` prints the same."]
    words = [block for moment, some in GROUPS.items() for block in (f"## {moment}", *map(_word, some))]
    return _page([*intro, *words])


def _word(word: str) -> str:
    with click.Context(engage, info_name="engage") as context:
        command = engage.get_command(context, word)
        return f"### {word}\n\n{_help(command, word, context) if command else ''}"


def _help(command: click.Command, name: str, parent: click.Context) -> str:
    with click.Context(command, info_name=name, parent=parent, max_content_width=110, terminal_width=110) as context:
        own = f"```text\n{command.get_help(context).rstrip()}\n```"
        if not isinstance(command, click.Group) or name == "record":  # the types of `record` are the page on events
            return own
        names = command.list_commands(context)
        return "\n\n".join([own, *(_help(command.commands[each], each, context) for each in names)])


def _line() -> dict[str, Any]:
    """Return the schema of a line of JSON as `engage record -` and `engage import jsonl` take it."""
    text = {"type": "string", "minLength": 1}
    clocks = dict.fromkeys(
        ("occurred", "aware", "time", "actor", "onbehalfof", "id", "causationid", "correlationid"), text
    )
    return {
        "$schema": DIALECT,
        "$id": "urn:engagement-ledger:line:v1",
        "title": "Line",
        "description": "One event as a line of JSON.",
        "type": "object",
        "properties": {
            "type": {"enum": [*TYPES, *(event_type.stored_name for event_type in TYPES.values())]},
            "subject": {**text, "description": "engagement/ALIAS, account/ALIAS or practice"},
            "data": {"type": "object"},
            "party": {"enum": ["provider", "client"]},
            "visibility": {"enum": ["shared", "private"]},
            "privileged": {"type": "boolean"},
            **clocks,
        },
        "required": ["type", "subject"],
        "allOf": [
            {
                "if": {"properties": {"type": {"enum": [name, event_type.stored_name]}}},
                "then": {"properties": {"data": {"$ref": json_schema(event_type)["$id"]}}},
            }
            for name, event_type in TYPES.items()
        ],
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [
        head,
        ["---"] * len(head),
        *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(entries: Mapping[str, str]) -> str:
    return _table(("form", "is"), [(f"`{name}`", said) for name, said in entries.items()])


def _either(words: Sequence[str]) -> str:
    return " or ".join({"practice": "our practice"}.get(word, f"an {word}") for word in words)


def _page(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    main()
