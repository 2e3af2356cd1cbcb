"""Make the frozen bytes of what has none yet: new event types, and new fields of old ones.

What is frozen stays as it is, so that this only ever adds lines:

python -m tests.vectors.make >> tests/vectors/entries.jsonl
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from ledger import entry, merkle
from ledger.disclosures import disclosed
from tests.every_event import EVERY, proposal

RECORDED = "2025-06-06T08:20:00.000000Z"
NOT_ALWAYS = ("aware", "claimedtime", "claimedactor", "onbehalfof", "sourcekey", "causationid", "privileged")
"""Attributes that every other vector does without."""


FROZEN = Path(__file__).with_name("entries.jsonl")


def vectors() -> Iterator[dict[str, object]]:
    """Yield a vector of every type some of whose fields stand in none yet: what is said, and the bytes that say it."""
    frozen = [orjson.loads(line) for line in FROZEN.read_bytes().splitlines()]
    said = {name: {f for v in frozen if v["name"] == name for f in _fields(v)} for name in EVERY}
    for number, name in enumerate((name for name in EVERY if EVERY[name].keys() - said[name]), len(frozen) + 1):
        yield _vector(name, number)


def _fields(vector: dict[str, Any]) -> set[str]:
    texts = disclosed([disclosure.encode() for disclosure in vector["disclosures"]])
    return {*vector["attributes"]["data"], *texts}


def _vector(name: str, number: int) -> dict[str, object]:
    said = proposal(name, number)
    attributes = {**said.attributes, "recordedtime": RECORDED, "streamversion": number}
    if number % 2 == 0:
        attributes = {key: value for key, value in attributes.items() if key not in NOT_ALWAYS}
    raw = entry.encode(attributes)
    return {
        "name": name,
        "attributes": attributes,
        "disclosures": [disclosure.decode() for disclosure in said.disclosures],
        "bytes": raw.decode(),
        "leaf_hash": merkle.leaf_hash(raw).hex(),
    }


if __name__ == "__main__":
    for vector in vectors():
        sys.stdout.write(orjson.dumps(vector).decode() + "\n")
