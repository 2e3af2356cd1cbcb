"""Whatever stands where in a release, it is recorded or refused in a sentence; nothing else comes of it."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing import record_what_can
from ledger.importing.ocds import OcdsPlanner, Releases
from tests.contracting import in_memory
from tests.ledger.importing.test_ocds import FIRST

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["2010-05-01", "k-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "title", "x"]), inner),
    max_leaves=5,
)
AWARDED = {**FIRST, "buyer": {"id": "B"}, "awards": [{"id": "a", "date": "2010-05-01", "suppliers": [{"id": "F"}]}]}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all values in *value*."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, one in members for place in places(one, (*path, name)))][0 if path else 1 :]


def replaced(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """Return a copy of *value* with *other* at *path*."""
    copied = deepcopy(value)
    inner = copied
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = other
    return copied


@given(st.sampled_from(places(AWARDED)), ANYTHING, st.sampled_from(places(AWARDED)), ANYTHING)
@settings(max_examples=200, deadline=None)
def test_a_release_with_anything_anywhere_is_accounted_for(
    first: tuple[Any, ...], one: Any, second: tuple[Any, ...], other: Any
) -> None:
    ledger = in_memory()
    later = {**replaced(AWARDED, second, other), "date": "2011-05-10T10:00:00Z", "id": "r2"}
    files = [("r.json", json.dumps({"releases": [replaced(AWARDED, first, one), later]}).encode())]

    counts = record_what_can(ledger, Releases(files), OcdsPlanner(ledger).plan)

    assert counts.rows == 2
    assert all(refused.says for refused in counts.refused)
