"""JSON that strangers wrote, with the path of every value, so that a refusal says where it is (RFC 6901).

A key that stands twice and a number that is none are refused in the release they stand in, not in the whole file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ledger.errors import Malformed
from ledger.values.named import NamedTuple

_SHORTENED = 60


class Node(NamedTuple):
    """A value of a file and the path to it."""

    value: Any
    path: str = ""

    def refusal(self, why: str, advice: str = "") -> Malformed:
        """Return the refusal of this value."""
        return Malformed(f"{self.path}: {why}" if self.path else why, field=self.path, advice=advice)

    def no(self, what: str, advice: str = "") -> Malformed:
        """Return the refusal of this value, which is no *what*."""
        return self.refusal(f"{self.shown} is no {what}.", advice)

    def at(self, name: str | int) -> Node:
        """Return what stands under *name*."""
        return Node(self.value[name], f"{self.path}/{str(name).replace('~', '~0').replace('/', '~1')}")

    @property
    def shown(self) -> str:
        """The value, shortened."""
        text = json.dumps(self.value, ensure_ascii=False, default=str)
        return text if len(text) <= _SHORTENED else f"{text[: _SHORTENED - 1]}…"

    def check(self) -> None:
        """Refuse what no JSON of ours may hold, wherever it stands in here."""
        level = [self]
        while level:
            below: list[Node] = []
            for node in level:
                node._check_one()
                below += _members(node)
            level = below

    def _check_one(self) -> None:
        match self.value:
            case Doubled(twice=name):
                raise self.refusal(f'"{name}" stands twice in one object.', "Leave one of the two: they may differ.")
            case NoNumber(word=word):
                raise self.refusal(f"{word} is no number.", "JSON has none such: leave the field out.")
            case str(text) if any("\ud800" <= sign <= "\udfff" for sign in text):
                raise self.refusal("half a character (a lone surrogate).", "Write it as UTF-8.")
            case _:
                pass


class Doubled(dict[str, Any]):
    """An object in which the key *twice* stood more than once."""

    twice = ""


class NoNumber(NamedTuple):
    """NaN or an infinity, which some programs write though JSON has no such *word*."""

    word: str


def read_json(raw: bytes) -> Node:
    """Return the one JSON value that *raw* holds; numbers are decimals, never floats."""
    try:
        return Node(_DECODER.decode(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise Malformed(f"Not UTF-8: byte {error.start + 1} is {raw[error.start]:#04x}.") from error
    except RecursionError as error:
        raise Malformed("Nested deeper than anything here is.") from error
    except ValueError as error:
        raise Malformed(f"Not JSON: {error}.") from error


def _members(node: Node) -> list[Node]:
    value = node.value
    if isinstance(value, Mapping):
        return [node.at(name) for name in value]
    return [node.at(number) for number in range(len(value))] if isinstance(value, list) else []


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    names = [name for name, _ in pairs]
    doubled = Doubled(members)
    doubled.twice = next(name for name in names if names.count(name) > 1)
    return doubled


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=NoNumber)
