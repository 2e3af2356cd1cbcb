"""The JSON Schemas of the event types say what the forms of the event types check."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.calendars import is_day
from ledger.errors import Malformed
from ledger.events import TYPES
from ledger.events.schema import DIALECT, json_schema
from ledger.events.shapes import checked
from tests.every_event import EVERY
from tests.strategies import data

SCHEMAS = {name: json_schema(event_type) for name, event_type in TYPES.items()}
WRONG = st.sampled_from(
    ["", " ", "x" * 201, "a\nb", 0, -1, 2**53, True, [], ["c1"], {}, [{}], "2025-02-30", "M2", "GBP"]
)
KINDS: Mapping[str, type] = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


@pytest.mark.parametrize("name", TYPES)
def test_a_schema_names_the_type_its_fields_and_what_they_are(name: str) -> None:
    schema, event_type = SCHEMAS[name], TYPES[name]
    marked = {
        mark: {field for field, spec in schema["properties"].items() if spec.get(mark)}
        for mark in ("x-erasable", "x-identity", "x-minted")
    }

    assert (schema["$schema"], schema["$id"]) == (DIALECT, f"urn:engagement-ledger:{name}:v1")
    assert (schema["title"], schema["description"]) == (event_type.__name__, event_type.__doc__)
    assert [*schema["properties"]] == [*event_type.fields]
    assert marked == {
        "x-erasable": {field.name for field in event_type.fields.values() if field.erasable},
        "x-identity": {field.name for field in event_type.fields.values() if field.identity},
        "x-minted": {field.name for field in event_type.fields.values() if field.minted},
    }


def test_what_the_ledger_gives_out_need_not_be_said_but_a_required_text_must() -> None:
    assert SCHEMAS["contact-added"]["required"] == ["side", "level", "name", "role"]
    assert SCHEMAS["slip-averted"]["required"] == ["slip_id"]


def test_a_pattern_is_one_that_ecmascript_reads() -> None:
    assert r"\x{" not in repr(SCHEMAS).replace("\\\\", "\\")


@given(st.sampled_from(sorted(TYPES)), st.data())
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_schema_and_form_agree_on_what_is_right_and_what_is_wrong(name: str, draw: st.DataObject) -> None:
    said = draw.draw(data(name) | st.just(dict(EVERY[name])))
    changed = said | draw.draw(
        st.dictionaries(st.sampled_from(sorted([*TYPES[name].fields, "stranger"])), WRONG, max_size=1)
    )

    assert _valid(SCHEMAS[name], changed, SCHEMAS[name]) == _checked(name, changed)


def _checked(name: str, said: dict[str, Any]) -> bool:
    try:
        checked(TYPES[name], said)
    except Malformed:
        return False
    return True


def _valid(node: Mapping[str, Any], value: Any, root: Mapping[str, Any]) -> bool:
    """Validate as draft 2020-12 says, for the keywords that are used."""
    if "$ref" in node:
        return _valid(root["$defs"][node["$ref"].removeprefix("#/$defs/")], value, root)
    if "anyOf" in node:
        return any(_valid(choice, value, root) for choice in node["anyOf"])
    if type(value) is not KINDS[node["type"]] or value not in node.get("enum", [value]):
        return False
    if isinstance(value, dict):
        return _valid_object(node, value, root)
    if isinstance(value, list):
        return all(_valid(node["items"], item, root) for item in value)
    return (
        _valid_text(node, value)
        if isinstance(value, str)
        else node.get("minimum", 0) <= value <= node.get("maximum", 1)
    )


def _valid_object(node: Mapping[str, Any], value: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    known = node["properties"]
    return (
        set(node.get("required", ())) <= value.keys() <= known.keys()
        and node["additionalProperties"] is False
        and all(_valid(known[name], item, root) for name, item in value.items())
    )


def _valid_text(node: Mapping[str, Any], value: str) -> bool:
    pattern = node.get("pattern", "").replace(r"\p{Cc}", r"\x00-\x1f\x7f-\x9f").replace("$", r"\Z")
    if not node.get("minLength", 0) <= len(value) <= node.get("maxLength", 2**20):
        return False
    return bool(re.search(pattern, value)) and ("format" not in node or is_day(value[:10]))
