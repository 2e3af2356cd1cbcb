"""Frozen bytes: what was written by the first version is written, and read, by every later one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ledger import disclosures, entry, events, merkle
from ledger.canonical import JSON
from ledger.entry import OPTIONAL, REQUIRED
from ledger.events import TYPES

VECTORS: dict[str, Any] = {
    vector["name"]: vector
    for vector in map(json.loads, (Path(__file__).parent / "vectors/entries.jsonl").read_text("utf-8").splitlines())
}


def test_every_event_type_has_a_vector() -> None:
    assert VECTORS.keys() == TYPES.keys()


def test_every_attribute_and_every_field_stands_in_a_vector() -> None:
    used = {name for vector in VECTORS.values() for name in vector["attributes"]}

    assert used == {*REQUIRED, *OPTIONAL, "privileged", "data", "recordedtime", "streamversion"}
    for name, vector in VECTORS.items():
        said = {**vector["attributes"]["data"], **_texts(vector)}
        assert said.keys() - {"_sd"} == TYPES[name].fields.keys()


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
    assert events.read(read.type, read.data, _texts(vector)) == TYPES[name].reread(
        {**{key: value for key, value in read.data.items() if key != "_sd"}, **_texts(vector)}
    )


@pytest.mark.parametrize("name", VECTORS)
def test_the_digests_are_those_of_the_disclosures(name: str) -> None:
    vector = VECTORS[name]

    digests = [disclosures.digest(disclosure.encode()) for disclosure in vector["disclosures"]]

    assert digests == vector["attributes"]["data"]["_sd"] == sorted(digests)


def _texts(vector: Mapping[str, Any]) -> dict[str, JSON]:
    return disclosures.disclosed([disclosure.encode() for disclosure in vector["disclosures"]])
