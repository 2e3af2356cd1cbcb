"""Make the frozen bytes of every event type: for a new type, never to make a test pass.

python -m tests.vectors.make > tests/vectors/entries.jsonl
"""

import sys
from collections.abc import Iterator

import orjson

from ledger import entry, merkle
from tests.every_event import EVERY, proposal

RECORDED = "2025-06-06T08:20:00.000000Z"
NOT_ALWAYS = ("aware", "claimedtime", "claimedactor", "onbehalfof", "sourcekey", "causationid", "privileged")
"""Attributes that every other vector does without."""


def vectors() -> Iterator[dict[str, object]]:
    """Yield a vector of every type: what is said, and the bytes that say it."""
    for number, name in enumerate(EVERY, 1):
        said = proposal(name, number)
        attributes = {**said.attributes, "recordedtime": RECORDED, "streamversion": number}
        if number % 2 == 0:
            attributes = {key: value for key, value in attributes.items() if key not in NOT_ALWAYS}
        raw = entry.encode(attributes)
        yield {
            "name": name,
            "attributes": attributes,
            "disclosures": [disclosure.decode() for disclosure in said.disclosures],
            "bytes": raw.decode(),
            "leaf_hash": merkle.leaf_hash(raw).hex(),
        }


if __name__ == "__main__":
    for vector in vectors():
        sys.stdout.write(orjson.dumps(vector).decode() + "\n")
