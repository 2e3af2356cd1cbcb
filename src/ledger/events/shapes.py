"""The form of each event type, checked by pydantic's core: prebuilt where it can be, built by pydantic where it must.

`shapes.json` holds the core schemas that pydantic makes of the annotations, so that recording need not import pydantic
itself (ADR 7). `python -m ledger.events.shapes` writes it anew; a test holds it against the annotations.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import orjson

from ledger import canonical
from ledger.calendars import normalise_instant
from ledger.errors import Malformed
from ledger.events.core import SchemaError, SchemaValidator, ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import ClassVar, Protocol

    from pydantic import TypeAdapter

    from ledger.canonical import JSON
    from ledger.events.field import Field
    from ledger.events.sorting import Sorted

    class Formed(Protocol):
        """What a type of event says of its form."""

        short_name: ClassVar[str]
        fields: ClassVar[Mapping[str, Field]]
        sorted: ClassVar[Sorted]


_VALIDATORS: dict[str, SchemaValidator] = {}
PREBUILT = os.path.join(os.path.dirname(__file__), "shapes.json")
"""Not a Path: `pathlib` takes 3 ms to import, and nothing else here needs it."""


def checked(event_type: type[Formed], data: Mapping[str, JSON], *, texts: bool = True) -> Mapping[str, JSON]:
    """Return *data* with its instants in UTC, or refuse it with the field and the reason; *texts* must be there."""
    fields = event_type.sorted
    data = {**data, **{name: _in_utc(data[name]) for name in fields.timed if name in data}}
    canonical.check(data)
    missing = [name for name in (fields.required if texts else fields.required_plain) if name not in data]
    if missing:
        raise Malformed(f"{event_type.short_name} lacks {', '.join(missing)}.", field=missing[0])
    try:
        validator(event_type).validate_json(orjson.dumps(data))
    except ValidationError as error:
        raise _malformed(event_type, error) from error
    except orjson.JSONEncodeError as error:  # a lone surrogate
        raise Malformed(f"{event_type.short_name}: {error}.") from error
    return data


def validator(event_type: type[Formed]) -> SchemaValidator:
    """Return what checks the plain data of an event type, texts included, as it is: nothing is brought into form."""
    name = event_type.short_name
    if name not in _VALIDATORS:
        _VALIDATORS[name] = _built(event_type)
    return _VALIDATORS[name]


def adapter(event_type: type[Formed]) -> TypeAdapter[Any]:
    """Return pydantic's own view of an event type: the source of its core schema and of its JSON Schema."""
    from typing import get_type_hints

    from pydantic import ConfigDict, TypeAdapter
    from typing_extensions import TypedDict

    from ledger.values import records

    hints = get_type_hints(event_type, localns=vars(records), include_extras=True)
    fields = {f.name: _present(hints[f.name], not f.required or f.erasable) for f in event_type.fields.values()}
    make: Any = TypedDict  # the type checker knows only those that are written out
    shape = make(event_type.__name__, fields)
    shape.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    return TypeAdapter(shape)


def prebuild(event_types: Mapping[str, type[Formed]]) -> bytes:
    """Return the core schemas of *event_types* as JSON."""
    lines = [
        orjson.dumps({name: _bare(adapter(event_type).core_schema, {})}, option=orjson.OPT_SORT_KEYS)[1:-1]
        for name, event_type in sorted(event_types.items())
    ]
    return b"{\n" + b",\n".join(lines) + b"\n}\n"


def _in_utc(value: JSON) -> JSON:
    return normalise_instant(value) if isinstance(value, str) and "T" in value else value


def _built(event_type: type[Formed]) -> SchemaValidator:
    schema = _prebuilt(event_type.short_name)
    if schema is not None:
        try:
            return SchemaValidator(schema)
        except SchemaError:
            pass  # written for another release of pydantic-core: pydantic builds it anew
    return SchemaValidator(adapter(event_type).core_schema)


def _prebuilt(name: str) -> Any:  # noqa: ANN401 -- a core schema is any JSON
    """Return the core schema of one type: it has a line of its own, and all of them would take a millisecond."""
    key = b'"%b":' % name.encode()
    try:
        with open(PREBUILT, "rb") as lines:
            found = next((line for line in lines if line.startswith(key)), None)
    except FileNotFoundError:
        return None
    return orjson.loads(found[len(key) :].rstrip(b",\n")) if found else None


def _present(hint: Any, optional: bool) -> Any:  # noqa: ANN401 -- type hints are values of any type
    """Return *hint* without the None that stands for "erased": in what is written nothing is null."""
    from types import UnionType
    from typing import Annotated, NotRequired, Union, get_args, get_origin

    marks: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        marks = tuple(rest)
    if get_origin(hint) in {Union, UnionType}:
        hint = Union[tuple(arg for arg in get_args(hint) if arg is not type(None))]  # noqa: UP007 -- made, not written
    forms = tuple(mark for mark in marks if hasattr(mark, "__get_pydantic_core_schema__"))
    for form in forms:
        hint = Annotated[hint, form]
    return NotRequired[hint] if optional else hint


def _bare(schema: Any, named: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- a core schema is any JSON
    """Return *schema* without what only pydantic needs, and with the *named* schemas where they are referred to."""
    if isinstance(schema, (list, tuple)):
        return [_bare(item, named) for item in schema]
    if not isinstance(schema, dict):
        return schema
    match schema.get("type"):
        case "definitions":
            return _bare(schema["schema"], {d["ref"]: d for d in schema["definitions"]})
        case "definition-ref":  # its name holds an address in memory: no two runs write the same
            return _bare(named[schema["schema_ref"]], named)
        case "typed-dict":
            fields = {name: _bare(field, named) for name, field in schema["fields"].items()}
            return {"type": "typed-dict", "config": {"strict": True}, "extra_behavior": "forbid", "fields": fields}
        case _:
            return {key: _bare(value, named) for key, value in schema.items() if key not in {"metadata", "ref"}}


def _malformed(event_type: type[Formed], error: ValidationError) -> Malformed:
    first = error.errors(include_url=False, include_context=False)[0]
    path = ".".join(str(step) for step in first["loc"] if not str(step).startswith("chain"))
    said = repr(first["input"])
    said = said if len(said) <= 80 else said[:77] + "…"
    if first["type"] == "extra_forbidden":
        return Malformed(
            f'{event_type.short_name} has no field "{path}".',
            field=path,
            advice=f"engage schema {event_type.short_name}",
        )
    from ledger.events.wording import wanted  # only a mistake pays for it

    words = wanted(event_type.fields.get(path.partition(".")[0]), path, first["type"], first["msg"])
    return Malformed(f"{event_type.short_name}, field {path}: {said}: {words}.", field=path)


if __name__ == "__main__":
    from ledger.events import TYPES

    with open(PREBUILT, "wb") as file:
        file.write(prebuild(TYPES))
    sys.stdout.write(f"{PREBUILT}: {len(TYPES)} types\n")
