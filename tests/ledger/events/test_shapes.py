"""The prebuilt forms of the event types are those that pydantic makes of the annotations."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import SchemaValidator, ValidationError

from ledger.errors import Malformed
from ledger.events import TYPES
from ledger.events.shapes import PREBUILT, adapter, checked, prebuild
from tests.every_event import EVERY
from tests.strategies import data, json_values

BY_PYDANTIC = {name: SchemaValidator(adapter(event_type).core_schema) for name, event_type in TYPES.items()}
"""What pydantic makes of the annotations today."""
UNLIKE_A_FIELD = st.sampled_from(["", " ", "yes", "1", 1, 0, -1, 2**53, True, [], {}, "2025-02-30", "x" * 201, "a\nb"])


def test_the_prebuilt_forms_are_what_pydantic_makes_of_the_annotations_today() -> None:
    assert prebuild(TYPES) == Path(PREBUILT).read_bytes(), "run: python -m ledger.events.shapes"


@given(st.sampled_from(sorted(TYPES)), st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_prebuilt_and_pydantic_agree_on_what_is_right_and_what_is_wrong(name: str, draw: st.DataObject) -> None:
    said = draw.draw(data(name) | st.just(dict(EVERY[name])))
    field = draw.draw(st.sampled_from([*sorted(TYPES[name].fields), "stranger"]))
    changed = draw.draw(st.sampled_from([said, said | {field: draw.draw(UNLIKE_A_FIELD | json_values)}]))

    assert _by_prebuilt(name, changed) == _by_pydantic(name, changed)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_example_of_every_type_is_right(name: str) -> None:
    assert checked(TYPES[name], EVERY[name]) == EVERY[name]


def test_a_type_that_was_not_prebuilt_is_built_by_pydantic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.events.shapes._prebuilt", lambda name: None)
    monkeypatch.setattr("ledger.events.shapes._VALIDATORS", {})

    assert checked(TYPES["slip-averted"], {"slip_id": "S1"}) == {"slip_id": "S1"}
    with pytest.raises(Malformed):
        checked(TYPES["slip-averted"], {"slip_id": "M1"})


def test_recording_any_type_imports_neither_pydantic_nor_rich() -> None:
    script = """
import sys
from tests.every_event import EVERY
from ledger.events import TYPES
from ledger.service import Ledger
for name, data in EVERY.items():
    TYPES[name](**data)
print(sorted({"pydantic", "rich"} & sys.modules.keys()))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout == "[]\n"


def _by_prebuilt(name: str, said: dict[str, Any]) -> bool:
    try:
        checked(TYPES[name], said, texts=False)
    except Malformed:
        return False
    return True


def _by_pydantic(name: str, said: dict[str, Any]) -> bool:
    try:
        BY_PYDANTIC[name].validate_json(orjson.dumps(said))
    except ValidationError:
        return False
    return True


def test_pydantic_imported_after_our_core_has_the_same_core() -> None:
    code = "from ledger.events import core; import pydantic, pydantic_core as it; print(it.SchemaError is core.SchemaError)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
