"""The values that properties are tried on; those of events are made from the very forms that check them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from hypothesis import assume
from hypothesis import strategies as st

from ledger.aggregate import Act
from ledger.calendars import instant
from ledger.calendars.clock import EPOCH
from ledger.canonical import JSON, MAX_INTEGER
from ledger.errors import Malformed
from ledger.events import TYPES, EngagementOpened, Event
from ledger.events.shapes import PREBUILT
from ledger.testing.fakes import ORIGIN, entry_id
from tests.northwind import (
    CLOSED,
    DISPUTED,
    FORESEEN,
    LEARNED,
    M2,
    MOVED,
    O4,
    REPORTED,
    TOLD,
    WEEKLY,
    but,
    drafted,
    signed,
)

keys = st.from_regex("[a-z_][a-z0-9_]{0,11}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=24)
integers = st.integers(-MAX_INTEGER, MAX_INTEGER)

json_values: st.SearchStrategy[JSON] = st.recursive(
    texts | integers | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
json_objects: st.SearchStrategy[dict[str, JSON]] = st.dictionaries(keys, json_values, max_size=6)

SHAPES: Mapping[str, Any] = orjson.loads(Path(PREBUILT).read_bytes())
Strategy = st.SearchStrategy[Any]

_LETTERS = st.characters(exclude_categories=["C", "Z"])
_UNIQUE = ("dimension", "result_id", "item_id", "objective_id", "policy", "calendar")
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
    "needs_met_client": st.decimals(0, 10, places=1).map(str),
    "needs_met_provider": st.decimals(0, 10, places=1).map(str),
    "from_on": st.just("2025-06-02"),
    "to_on": st.dates(date(2025, 6, 2), date(2090, 1, 1)).map(date.isoformat),
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


def entries() -> st.SearchStrategy[dict[str, JSON]]:
    """Make the attributes of entries of all types."""
    return st.builds(
        _entry, events(), st.integers(1, 10**6), st.dictionaries(st.sampled_from(sorted(_OPTIONAL)), instants)
    )


def histories() -> st.SearchStrategy[list[Act]]:
    """Make acts on one engagement, in which ids come again and again; not all of them are good."""
    return st.lists(_acts, max_size=12)


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

_OPTIONAL: Mapping[str, Callable[[str], JSON]] = {
    "occurred": str,
    "aware": lambda moment: moment[:10],
    "claimedtime": str,
    "claimedactor": lambda moment: f"Zoë, {moment}",
    "onbehalfof": lambda _: "c1",
    "sourcekey": lambda moment: sha256(moment.encode()).hexdigest(),
    "causationid": str,
    "correlationid": lambda moment: f"mail \u20ac {moment}",
    "signature": lambda _: "c2lnbmVk",
    "signerkey": lambda _: "ada+1",
    "privileged": lambda _: True,
}


def _entry(event: Event, number: int, optional: Mapping[str, str]) -> dict[str, JSON]:
    """Return the attributes of an entry that says *event*."""
    return {
        "specversion": "1.0",
        "id": entry_id(number),
        "source": ORIGIN,
        "type": event.stored_name,
        "subject": "engagement/k7h2",
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "api",
        "data": {**event.plain, "_sd": []},
        "recordedtime": "2025-06-06T08:20:00.000000Z",
        "streamversion": number,
        **{name: _OPTIONAL[name](moment) for name, moment in optional.items()},
    }


_moments = st.none() | st.sampled_from(["2025-06-05", "2025-06-06T08:00:00.000000Z", "2025-06-07"])
_small = st.integers(1, 3)
_letters = st.sampled_from(["a" * 64, "b" * 64])
_changes = st.sampled_from(
    [("data.due", '"2025-08-01"'), ("occurred", '"2025-06-06"'), ("data.forecast", '"2025-09-01"')]
)


def _corrected(number: int, kind: str, change: tuple[str, str]) -> Event:
    changes = [{"path": change[0], "after": change[1]}] if kind == "amend" else []
    return TYPES["entry-corrected"](entry=entry_id(number), kind=kind, changes=changes, reason="x")


_acts: st.SearchStrategy[Act] = st.builds(
    Act,
    st.one_of(
        st.builds(lambda account: EngagementOpened(account=account, alias="x"), st.sampled_from(["acme", "apex"])),
        st.builds(drafted, _small, _letters),
        st.builds(lambda n, letter, who: signed(n, letter, f"c{who}"), _small, _letters, _small),
        st.builds(lambda n, m: but(M2, milestone_id=f"M{n}", due=f"2025-0{m}-27"), _small, _small),
        st.builds(lambda n, m: but(FORESEEN, slip_id=f"S{n}", milestone_id=f"M{m}"), _small, _small),
        st.builds(lambda n, m: but(REPORTED, slip_id=f"S{n}", milestone_id=f"M{m}"), _small, _small),
        st.builds(lambda n: but(O4, obligation_id=f"O{n}"), _small),
        st.builds(lambda n: but(LEARNED, news_id=f"N{n}"), _small),
        st.builds(lambda n: but(TOLD, news_id=f"N{n}"), _small),
        st.builds(_corrected, st.integers(1, 9), st.sampled_from(["amend", "withdraw", "reinstate"]), _changes),
        st.sampled_from([WEEKLY, MOVED, DISPUTED, CLOSED]),
    ),
    _moments,
    _moments,
)
"""Acts on one engagement with few ids, so that they meet."""
