"""The values that properties are tried on; those of events are made from the very forms that check them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import orjson
from hypothesis import assume
from hypothesis import strategies as st

from ledger.calendars import instant
from ledger.calendars.clock import EPOCH
from ledger.canonical import JSON, MAX_INTEGER
from ledger.errors import Malformed
from ledger.events import TYPES, Event
from ledger.events.shapes import PREBUILT

keys = st.from_regex("[a-z_][a-z0-9_]{0,11}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=24)
integers = st.integers(-MAX_INTEGER, MAX_INTEGER)

json_values: st.SearchStrategy[JSON] = st.recursive(
    texts | integers | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
json_objects: st.SearchStrategy[dict[str, JSON]] = st.dictionaries(keys, json_values, max_size=6)

SHAPES: Mapping[str, Any] = orjson.loads(PREBUILT.read_bytes())
Strategy = st.SearchStrategy[Any]

_LETTERS = st.characters(exclude_categories=["C", "Z"])
_UNIQUE = ("dimension", "result_id", "item_id", "policy", "calendar")
"""Keys by which the objects of a list are told apart."""
days = st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(date.isoformat)
instants = st.integers(0, 10**15).map(lambda number: instant(EPOCH + timedelta(microseconds=number)))
_OPEN = [{"weekday": "mo", "from_time": "09:00", "to_time": "17:30"}]
_CALENDAR = {"calendar": "london", "zone": "Europe/London", "open": _OPEN, "exceptions": []}
_BY_NAME: Mapping[str, Strategy] = {
    "calendars": st.lists(st.just(_CALENDAR), max_size=1),
    "currency": st.just("GBP"),
    "path": st.sampled_from(["occurred", "aware", "visibility", "privileged", "data.due", "data.why"]),
    "before": json_values.map(lambda value: orjson.dumps(value).decode()),
    "after": json_values.map(lambda value: orjson.dumps(value).decode()),
    "policies": st.lists(st.just({"policy": "silence_bd", "value": "12"}), max_size=1),
    "rrule": st.sampled_from(["FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;COUNT=9"]),
    "scale": st.just({"min": "0", "max": "10"}),
    "score": st.decimals(0, 10, places=1).map(str),
    "starts": instants.map(lambda moment: moment[:16]),
}
"""Fields that stand under a rule no form can show."""


def events(*names: str) -> st.SearchStrategy[Event]:
    """Make valid events of the types in *names*, or of all."""
    return st.sampled_from(sorted(names or TYPES)).flatmap(_event)


def data(name: str) -> st.SearchStrategy[dict[str, JSON]]:
    """Make data of the right form for the type called *name*; rules between its fields may be broken."""
    return _object(
        SHAPES[name], TYPES[name].defaults().keys() | {f.name for f in TYPES[name].fields.values() if f.required}
    )


@st.composite
def _event(draw: Callable[[Strategy], Any], name: str) -> Event:
    fields = draw(data(name))
    if name == "entry-corrected":
        fields["kind"] = "amend" if fields.get("changes") or fields.get("text_changes") else "withdraw"
    try:
        return TYPES[name](**fields)
    except Malformed:
        assume(False)  # a rule between two fields was broken
        raise


def _of(shape: Mapping[str, Any]) -> Strategy:
    return _MAKERS[shape["type"]](shape)


def _text(shape: Mapping[str, Any]) -> Strategy:
    pattern = shape.get("pattern", r"\S")
    if pattern == r"\S" or "{Cc}" in pattern:
        return st.text(_LETTERS, min_size=1, max_size=12)
    return st.from_regex(pattern.replace("$", r"\Z"), fullmatch=True)


def _list(shape: Mapping[str, Any]) -> Strategy:
    key = next((name for name in _UNIQUE if name in shape.get("fields", ())), None)
    return st.lists(_of(shape), max_size=3, unique_by=(lambda item: item[key]) if key else repr)


def _object(shape: Mapping[str, Any], wanted: set[str]) -> Strategy:
    fields = {
        name: _BY_NAME[name] if name in _BY_NAME else _of(field["schema"]) for name, field in shape["fields"].items()
    }
    needed = {name for name, field in shape["fields"].items() if field["required"]} | wanted
    return st.fixed_dictionaries(
        {name: fields[name] for name in sorted(needed)},
        optional={name: field for name, field in fields.items() if name not in needed},
    )


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Strategy]] = {
    "str": _text,
    "int": lambda shape: st.integers(shape["ge"], min(shape["le"], shape["ge"] + 10**6)) | st.just(shape["le"]),
    "bool": lambda _: st.booleans(),
    "literal": lambda shape: st.sampled_from(shape["expected"]),
    "union": lambda shape: st.one_of(*map(_of, shape["choices"])),
    "chain": lambda shape: days if shape["steps"][1]["type"] == "date" else instants,
    "list": lambda shape: _list(shape["items_schema"]),
    "typed-dict": lambda shape: _object(shape, set()),
}
