"""Laws of events and entries of all types: one way to write each, and nothing else is read."""

import json

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import entry, events
from ledger.canonical import JSON
from ledger.errors import LedgerError, Malformed, TooLarge, Unknown
from ledger.events import BY_NAME, TYPES, Event, type_named
from tests.every_event import EVERY
from tests.strategies import entries
from tests.strategies import events as all_events

QUICKLY = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@given(entries())
@QUICKLY
def test_the_bytes_are_those_of_the_rfc8785_package(attributes: dict[str, JSON]) -> None:
    assert entry.encode(attributes) == rfc8785.dumps(attributes)


@given(entries())
@QUICKLY
def test_what_was_written_is_read(attributes: dict[str, JSON]) -> None:
    read = entry.decode(7, entry.encode(attributes))

    assert (read.attributes, read.position) == (attributes, 7)


@given(all_events())
@QUICKLY
def test_an_event_is_read_as_it_was_written(event: Event) -> None:
    texts = {name: value for name, value in event.data.items() if name in event.erasable()}

    assert events.read(event.stored_name, {**event.plain, "_sd": []}, texts) == event
    assert type(event).reread(event.data) == event
    assert type(event).reread(event.plain).plain == event.plain


@given(entries(), st.data())
@QUICKLY
def test_bytes_that_no_writer_writes_are_not_read(attributes: dict[str, JSON], draw: st.DataObject) -> None:
    raw = entry.encode(attributes).decode()
    spoilt = draw.draw(st.sampled_from([*_spoilt(raw, attributes)]))

    with pytest.raises(LedgerError):
        entry.decode(7, spoilt.encode())


def _spoilt(raw: str, attributes: dict[str, JSON]) -> list[str]:
    """Return ways to say the same, or nearly, that are not canonical."""
    backwards = json.dumps(dict(sorted(attributes.items(), reverse=True)), ensure_ascii=False, separators=(",", ":"))
    return [
        raw + " ",
        raw + "\n",
        " " + raw,
        "\ufeff" + raw,
        raw[:-1],
        f"[{raw}]",
        raw.replace('":', '": ', 1),
        raw.replace('"actor"', '"\\u0061ctor"', 1),
        raw.replace('{"actor":"a1",', '{"actor":"a1","actor":"a1",', 1),
        raw.replace('"streamversion":', '"streamversion":0', 1),
        f"{raw[:-1]},}}",
        json.dumps(attributes, sort_keys=True, ensure_ascii=False),
        backwards,
    ]


WRONG: dict[str, JSON] = {
    "specversion": "1.1",
    "id": "01974000-0000-4000-8000-000000000001",
    "source": "UPPER/case",
    "type": "Engagement.SlipForeseen",
    "subject": "engagement/north_wind",
    "actor": "ada",
    "party": "both",
    "visibility": "secret",
    "provenance": "magic",
    "occurred": "2025-06-06T08:00:00Z",
    "aware": "06/06/2025",
    "claimedtime": "2025-06-06T08:00:00.000000+00:00",
    "claimedactor": "two\nlines",
    "onbehalfof": "c0",
    "sourcekey": "A" * 64,
    "causationid": "",
    "correlationid": "x" * 201,
    "signature": "c2ln bmVk",
    "signerkey": "\ufffe",
    "privileged": False,
    "data": [],
    "recordedtime": "2025-06-06",
    "streamversion": 0,
}
"""A value of the right kind and the wrong form for each attribute."""
NEVER: list[JSON] = [True, 5, "", [], {}]
RIGHT = {"privileged": "True", "data": "{}", "streamversion": "5"}
"""Which of those are right after all."""


def test_there_is_a_wrong_form_of_every_attribute() -> None:
    assert WRONG.keys() == {*entry.REQUIRED, *entry.OPTIONAL, "privileged", "data", "recordedtime", "streamversion"}


@pytest.mark.parametrize("name", WRONG)
def test_an_attribute_of_a_wrong_form_is_neither_written_nor_read(name: str) -> None:
    attributes = _sample()

    for wrong in [WRONG[name], *(value for value in NEVER if repr(value) != RIGHT.get(name))]:
        spoilt = {**attributes, name: wrong}
        with pytest.raises(Malformed):
            entry.encode(spoilt)
        with pytest.raises(Malformed):
            entry.decode(1, rfc8785.dumps(spoilt))


@pytest.mark.parametrize("digit", ["\u0662", "\uff12"])
@pytest.mark.parametrize("name", ["actor", "occurred", "onbehalfof", "recordedtime", "type"])
def test_a_digit_of_another_script_is_no_digit(name: str, digit: str) -> None:
    attributes = {**_sample(), "occurred": "2025-06-02", "onbehalfof": "c12", "actor": "a12"}
    spoilt = {**attributes, name: str(attributes[name]).replace("2", digit).replace(".v1", f".v1{digit}")}

    with pytest.raises(Malformed):
        entry.encode(spoilt)


@pytest.mark.parametrize("name", [*entry.REQUIRED, "data", "recordedtime", "streamversion"])
def test_an_attribute_that_is_missing_is_missed(name: str) -> None:
    attributes = {key: value for key, value in _sample().items() if key != name}

    with pytest.raises(Malformed, match=name):
        entry.encode(attributes)


def test_an_attribute_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Malformed, match="colour"):
        entry.encode({**_sample(), "colour": "red"})


@pytest.mark.parametrize("value", [1.5, None])
def test_no_float_and_no_null_stands_in_an_entry(value: float | None) -> None:
    raw = rfc8785.dumps({**_sample(), "data": {"value": value}})

    with pytest.raises(Malformed):
        entry.decode(1, raw)


def test_an_entry_has_a_largest_size() -> None:
    room = 65_535 - len(entry.encode({**_sample(), "data": {"x": ""}}))

    assert len(entry.encode({**_sample(), "data": {"x": "y" * room}})) == 65_535
    with pytest.raises(TooLarge):
        entry.encode({**_sample(), "data": {"x": "y" * (room + 1)}})
    with pytest.raises(TooLarge):
        entry.decode(1, b"{" + b" " * 65_535)


@pytest.mark.parametrize("name", TYPES)
def test_a_type_answers_to_its_short_and_its_stored_name(name: str) -> None:
    event_type = TYPES[name]

    assert event_type is type_named(name) is type_named(f"engagement.{name}.v1") is BY_NAME[event_type.stored_name]


def test_a_type_that_is_misspelt_is_unknown_with_what_is_near() -> None:
    with pytest.raises(Unknown, match="Did you mean slip-foreseen"):
        type_named("slip-forseen")


def test_an_event_does_not_change() -> None:
    event = TYPES["slip-averted"](slip_id="S1")

    with pytest.raises(AttributeError, match="does not change"):
        event.slip_id = "S2"


@pytest.mark.parametrize("name", TYPES)
def test_what_an_event_leaves_out_of_its_bytes_is_erasable(name: str) -> None:
    event = TYPES[name](**EVERY[name])

    assert event.plain.keys() == event.data.keys() - set(event.erasable())
    assert {"evidence", "note"} <= set(event.erasable())


def _sample() -> dict[str, JSON]:
    return {
        "specversion": "1.0",
        "id": "01974000-0000-7000-8000-000000000001",
        "source": "ledger.example/engagements/q3r7",
        "type": "engagement.slip-averted.v1",
        "subject": "practice",
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "api",
        "data": {},
        "recordedtime": "2025-06-06T08:20:00.000000Z",
        "streamversion": 1,
    }
