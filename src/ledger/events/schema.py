"""The JSON Schema (draft 2020-12) of what an event type holds, for those who write events with tools of their own.

    {"$id": "urn:engagement-ledger:slip-averted:v1", "title": "SlipAverted", "required": ["slip_id"], …}

Each field tells what it is to the ledger: `x-erasable` is kept outside the bytes, `x-identity` identifies the fact,
`x-minted` is given out by the ledger and so need not be said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events.meanings import meaning
from ledger.events.shapes import adapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.events.base import Event
    from ledger.events.field import Field

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FORMATS: Mapping[str, str] = {"-[0-9]{2}$": "date", "{6}Z$": "date-time"}
"""How the pattern of a calendar type ends, and the format it is."""


def json_schema(event_type: type[Event]) -> dict[str, Any]:
    """Return the JSON Schema of the data of *event_type*, as people write it: with its texts, without minted ids."""
    schema = _tidy(adapter(event_type).json_schema())
    properties = schema.pop("properties")
    fields = event_type.fields
    return {
        "$schema": DIALECT,
        "$id": f"urn:engagement-ledger:{event_type.short_name}:v{event_type.stored_name.rpartition('.v')[2]}",
        "title": event_type.__name__,
        "description": event_type.__doc__ or "",
        "type": "object",
        "properties": {
            name: {"description": meaning(event_type, name), **properties[name], **_marks(field)}
            for name, field in fields.items()
        },
        "required": [name for name, field in fields.items() if field.required and not field.minted],
        "additionalProperties": False,
        **({"$defs": schema["$defs"]} if "$defs" in schema else {}),
    }


def _marks(field: Field) -> dict[str, Any]:
    marks = {"x-erasable": field.erasable, "x-identity": field.identity, "x-minted": field.minted}
    default = {} if field.default is None else {"default": field.default}
    return default | {name: True for name, holds in marks.items() if holds}


def _tidy(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return *node* without the titles that pydantic makes up, its patterns as ECMA-262 writes them."""
    tidied: dict[str, Any] = {}
    for key, value in node.items():
        match key:
            case "properties" | "$defs":
                tidied[key] = {name: _tidy(inner) for name, inner in value.items()}
            case "items":
                tidied[key] = _tidy(value)
            case "anyOf":
                tidied[key] = [_tidy(inner) for inner in value]
            case "pattern":
                tidied |= _pattern(value)
            case "title":
                pass
            case _:
                tidied[key] = value
    return tidied


def _pattern(pattern: str) -> dict[str, str]:
    found = next((name for ending, name in _FORMATS.items() if pattern.endswith(ending)), None)
    written = {"pattern": pattern.replace(r"\x{2028}", r"\u2028").replace(r"\x{2029}", r"\u2029")}
    return written | ({"format": found} if found else {})
