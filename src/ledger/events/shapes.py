"""The form of each event type, checked by pydantic's core: prebuilt where it can be, built by pydantic where it must.

`shapes.json` holds the core schemas that pydantic makes of the annotations, so that recording need not import pydantic
itself (ADR 7). `python -m ledger.events.shapes` writes it anew; a test holds it against the annotations.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from pydantic_core import SchemaError, SchemaValidator, ValidationError

from ledger.calendars import normalise_instant
from ledger.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import TypeAdapter

    from ledger.canonical import JSON
    from ledger.events.base import Event

PREBUILT = Path(__file__).with_name("shapes.json")


def checked(event_type: type[Event], data: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """Return *data* with its instants in UTC, or refuse it with the field and the reason."""
    data = {name: _in_utc(event_type, name, value) for name, value in data.items()}
    missing = [f for f in event_type.fields.values() if not f.optional and f.default is None and f.name not in data]
    if missing:
        raise Malformed(f"{event_type.short} lacks {', '.join(f.name for f in missing)}.", field=missing[0].name)
    try:
        _validator(event_type).validate_json(orjson.dumps(data), strict=True)
    except ValidationError as error:
        raise _malformed(event_type, error) from error
    except TypeError as error:
        raise Malformed(f"{event_type.short}: {error}.") from error
    return data


def adapter(event_type: type[Event]) -> TypeAdapter[Any]:
    """Return pydantic's own view of an event type: the source of its core schema and of its JSON Schema."""
    from typing import TypedDict, get_type_hints  # noqa: PLC0415 -- only schemas are built this way

    from pydantic import ConfigDict, TypeAdapter  # noqa: PLC0415 -- pydantic costs more than a whole command

    hints = get_type_hints(event_type, include_extras=True)
    shape = TypedDict(event_type.__name__, {f.name: _present(hints[f.name], f.optional) for f in event_type.fields.values()})  # type: ignore[misc]  # made from annotations
    shape.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]  # pydantic's own name
    return TypeAdapter(shape)


def prebuild(event_types: Mapping[str, type[Event]]) -> bytes:
    """Return the core schemas of *event_types* as JSON."""
    schemas = {name: _bare(adapter(event_type).core_schema) for name, event_type in event_types.items()}
    return orjson.dumps(schemas, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n"


def _in_utc(event_type: type[Event], name: str, value: JSON) -> JSON:
    field = event_type.fields.get(name)
    timed = field is not None and ("Due" in field.annotation or "Instant" in field.annotation)
    return normalise_instant(value) if timed and isinstance(value, str) and "T" in value else value


@cache
def _validator(event_type: type[Event]) -> SchemaValidator:
    schema = _prebuilt().get(event_type.short)
    if schema is not None:
        try:
            return SchemaValidator(schema)
        except SchemaError:
            pass  # written for another release of pydantic-core: pydantic builds it anew
    return SchemaValidator(adapter(event_type).core_schema)


@cache
def _prebuilt() -> dict[str, Any]:
    return orjson.loads(PREBUILT.read_bytes()) if PREBUILT.exists() else {}  # type: ignore[no-any-return]  # a JSON object


def _present(hint: Any, optional: bool) -> Any:  # noqa: ANN401, FBT001 -- type hints are values of any type
    """Return *hint* without the None that stands for "erased": in what is written nothing is null."""
    from types import UnionType  # noqa: PLC0415
    from typing import Annotated, NotRequired, Union, get_args, get_origin  # noqa: PLC0415

    marks: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        marks = tuple(rest)
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = [arg for arg in get_args(hint) if arg is not type(None)]
        hint = _present(hint, optional=False)
    forms = tuple(mark for mark in marks if hasattr(mark, "__get_pydantic_core_schema__"))
    hint = Annotated.__class_getitem__((hint, *forms)) if forms else hint  # type: ignore[attr-defined]  # as typing does it
    return NotRequired[hint] if optional else hint


def _bare(schema: Any) -> Any:  # noqa: ANN401 -- a core schema is any JSON
    """Return *schema* without what only pydantic itself needs: metadata, references to classes."""
    if isinstance(schema, dict):
        return {key: _bare(value) for key, value in schema.items() if key not in {"metadata", "cls", "cls_name", "ref"}}
    return [_bare(item) for item in schema] if isinstance(schema, (list, tuple)) else schema


def _malformed(event_type: type[Event], error: ValidationError) -> Malformed:
    first = error.errors(include_url=False, include_context=False)[0]
    path = ".".join(str(step) for step in first["loc"] if not str(step).startswith("chain"))
    said = repr(first["input"])
    said = said if len(said) <= 80 else said[:77] + "…"
    if first["type"] == "extra_forbidden":
        return Malformed(f'{event_type.short} has no field "{path}".', field=path, advice=f"engage schema {event_type.short}")
    return Malformed(f"{event_type.short}, field {path}: {said}: {first['msg']}.", field=path)


if __name__ == "__main__":
    from ledger.events import TYPES

    PREBUILT.write_bytes(prebuild(TYPES))
    sys.stdout.write(f"{PREBUILT.name}: {len(TYPES)} types\n")
