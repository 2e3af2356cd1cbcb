"""Every attribute of the envelope and every field of every event type, changed in the bytes to something as valid."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import canonical
from ledger.entry import OPTIONAL, REQUIRED, decode
from ledger.errors import Refused
from ledger.events import BY_NAME, TYPES
from tests.every_event import EVERY, entry_id
from tests.meddling import attributes, copy, found, rewrite, undone

POSITIONS = {name: position for position, name in enumerate(EVERY, 1)}
OTHER: dict[str, Any] = {
    "actor": "a2",
    "aware": "2025-06-05",
    "causationid": "case 8",
    "claimedactor": "Ada Rios",
    "claimedtime": "2025-06-06T08:00:00.000001Z",
    "correlationid": "mail 13",
    "id": entry_id(99),
    "occurred": "2025-06-06",
    "onbehalfof": "c2",
    "party": "client",
    "provenance": "cli",
    "recordedtime": "2025-06-06T08:20:01.000001Z",
    "signature": "c2lnbmVE",
    "signerkey": "ada+2",
    "source": "ledger.example/engagements/q3r8",
    "sourcekey": "0" * 64,
    "streamversion": 99,
    "subject": "engagement/southwind",
    "type": "engagement.slip-averted.v1",
    "visibility": "private",
}
TOGETHER: dict[tuple[str, str], dict[str, Any]] = {
    ("engagement.agreement-drafted.v1", "currency"): {"currency": "EUR", "value": {"currency": "EUR", "minor": 1}},
    ("engagement.entry-corrected.v1", "kind"): {"kind": "withdraw", "changes": []},
}
"""Fields that a rule ties to others."""
GONE = ["privileged", *OPTIONAL]
"""Attributes that an entry may lack: taken away."""
SEEN_ELSEWHERE = {
    "id": "the column id says",
    "recordedtime": "the column recorded says",
    "source": "its source is",
    "sourcekey": "its source key",
    "streamversion": "the column version says",
    "subject": "the column stream says",
    "type": "the column type says",
}
"""Attributes that show even where the whole tree was made anew, and what is said of them."""


@pytest.mark.parametrize("name", EVERY)
def test_a_changed_attribute_of_an_entry_is_found(name: str, tmp_path: Path) -> None:
    path, position = copy(tmp_path), POSITIONS[name]
    entry = attributes(path, position)
    changed = [{**entry, attribute: value} for attribute, value in OTHER.items()]
    changed += [{k: v for k, v in entry.items() if k != gone} for gone in GONE]

    for other in changed:
        if other != entry:
            decode(position, rewritten(path, position, other))


@pytest.mark.parametrize("name", EVERY)
def test_a_changed_field_of_an_event_is_found(name: str, tmp_path: Path) -> None:
    path, position = copy(tmp_path), POSITIONS[name]
    entry = attributes(path, position)
    plain = {field: value for field, value in entry["data"].items() if field != "_sd"}

    assert plain.keys() == TYPES[name].fields.keys() - set(TYPES[name].erasable())
    for field in plain:
        rewritten(path, position, {**entry, "data": {**entry["data"], **another(entry["type"], plain, field)}})
    for digests in (entry["data"]["_sd"][1:], [entry["id"][:43], *entry["data"]["_sd"][1:]]):
        rewritten(path, position, {**entry, "data": {**entry["data"], "_sd": digests}})


@pytest.mark.parametrize(("attribute", "said"), SEEN_ELSEWHERE.items())
def test_a_changed_attribute_that_is_indexed_is_found_though_the_tree_was_made_anew(
    attribute: str, said: str, tmp_path: Path
) -> None:
    path = copy(tmp_path, large=True)
    for position in (1, 3, 13, 25, 300, 600):
        with undone(path):
            rewrite(path, position, {**attributes(path, position), attribute: OTHER[attribute]}, tree=True)

            assert found(path)[0] == position
            assert said in found(path)[1]


@pytest.mark.parametrize("position", [1, 256, 257, 512, 513, 600])
def test_bytes_and_leaf_changed_together_are_found_by_the_tile_and_else_are_the_tree(
    position: int, tmp_path: Path
) -> None:
    path = copy(tmp_path, large=True)
    other = {**attributes(path, position), "party": "client"}
    rewrite(path, position, other, tree=position > 512)

    what = found(path)

    assert what[0] == (position if position <= 512 else 0)
    assert ("the tree holds" in what[1]) == (position <= 512)


def rewritten(path: Path, position: int, entry: dict[str, Any]) -> bytes:
    """Put *entry* at *position*, expect it to be found there, put the file back, return the bytes it was."""
    with undone(path):
        rewrite(path, position, entry)
        at, what = found(path)
    assert at == position
    assert "the tree holds" in what
    return canonical.encode(entry)


def another(stored_name: str, plain: dict[str, Any], field: str) -> dict[str, Any]:
    """Return the field with another value that the type takes; without it, it takes none."""
    if tied := TOGETHER.get((stored_name, field)):
        BY_NAME[stored_name].reread({**plain, **tied})
        return tied
    for value in others(plain[field]):
        if value != plain[field]:
            try:
                BY_NAME[stored_name].reread({**plain, field: value})
            except Refused:
                continue
            return {field: value}
    raise AssertionError(f"no other valid value of {field} of {stored_name} was thought of")


def others(value: Any) -> Iterator[Any]:
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1)
        case str():
            yield from _texts(value)
        case list():
            yield from ([], value[:-1], value[::-1], [*value, *value], *([other] for v in value for other in others(v)))
        case dict():
            for name, inner in value.items():
                yield from ({**value, name: other} for other in others(inner))


def _texts(value: str) -> Iterator[str]:
    digits = [n for n, letter in enumerate(value) if letter in "0123456789"]
    for n in reversed(digits):
        yield from (value[:n] + digit + value[n + 1 :] for digit in "123456789")
    yield from ("client", "provider", "other", "accept", "person", "by_client", "rejected", "good", "retraction")
    yield from (
        "FREQ=DAILY",
        "update",
        "executive",
        "senior",
        "deliverable",
        "review",
        "withdraw",
        "email",
        "question",
        "call",
        "inbound",
        "no",
        "normal",
        "asked",
        "held",
        "refuted",
        "unfit",
        "continue",
        "returned",
        "exit",
        "to_them",
        "gift",
        "business",
        "resolved",
        "declined",
        "none",
        "report",
        "court",
        "timeframe",
        "withdrawn",
        "EUR",
        "2",
        f"{value}x",
    )


assert not OTHER.keys() ^ (REQUIRED.keys() | OPTIONAL.keys() | {"recordedtime", "streamversion"}) - {"specversion"}
