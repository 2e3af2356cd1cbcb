"""Frozen bytes: what was written by the first version is written, and read, by every later one."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest

from ledger import disclosures, entry, events, merkle
from ledger.canonical import JSON
from ledger.entry import OPTIONAL, REQUIRED
from ledger.events import TYPES
from tests import places

LINES = (places.VECTORS / "entries.jsonl").read_text("utf-8").splitlines()
VECTORS: dict[str, Any] = {f"{number} {(v := json.loads(line))['name']}": v for number, line in enumerate(LINES, 1)}
"""A type that was given fields later has two: the bytes of the first are what they were."""
OF_THE_FIRST_CATALOGUE = "da119c7b1a7c7d36ddffb4150e0be8f2a15ba9a50b8dfc57c4b5a6949c684283"
"""What the first twenty-five lines hash to: they were frozen first, and never change."""


def test_every_event_type_has_a_vector() -> None:
    assert {vector["name"] for vector in VECTORS.values()} == TYPES.keys()


def test_what_was_frozen_first_has_not_changed() -> None:
    assert sha256("\n".join(LINES[:25]).encode()).hexdigest() == OF_THE_FIRST_CATALOGUE


def test_every_attribute_and_every_field_stands_in_a_vector() -> None:
    used = {name for vector in VECTORS.values() for name in vector["attributes"]}

    assert used == {*REQUIRED, *OPTIONAL, "privileged", "data", "recordedtime", "streamversion"}
    for name, event_type in TYPES.items():
        own = [vector for vector in VECTORS.values() if vector["name"] == name]
        said = {field for vector in own for field in (*vector["attributes"]["data"], *_texts(vector))}
        assert said - {"_sd"} == event_type.fields.keys()


@pytest.mark.parametrize("name", VECTORS)
def test_an_entry_is_written_as_the_same_bytes(name: str) -> None:
    vector = VECTORS[name]

    raw = entry.encode(vector["attributes"])

    assert (raw.decode(), merkle.leaf_hash(raw).hex()) == (vector["bytes"], vector["leaf_hash"])


@pytest.mark.parametrize("name", VECTORS)
def test_the_same_bytes_are_read_as_the_same_entry(name: str) -> None:
    vector = VECTORS[name]

    read = entry.decode(1, vector["bytes"].encode())

    assert read.attributes == vector["attributes"]
    assert events.read(read.type, read.data, _texts(vector)) == TYPES[vector["name"]].reread(
        {**{key: value for key, value in read.data.items() if key != "_sd"}, **_texts(vector)}
    )


@pytest.mark.parametrize("name", VECTORS)
def test_the_digests_are_those_of_the_disclosures(name: str) -> None:
    vector = VECTORS[name]

    digests = [disclosures.digest(disclosure.encode()) for disclosure in vector["disclosures"]]

    assert digests == vector["attributes"]["data"]["_sd"] == sorted(digests)


def _texts(vector: Mapping[str, Any]) -> dict[str, JSON]:
    return disclosures.disclosed([disclosure.encode() for disclosure in vector["disclosures"]])
