"""The one way a JSON object becomes bytes: RFC 8785, within limits that leave no choice.

    {"data":{"days":3,"names":["Ada","Zoë"]},"id":"e1"}

Keys in order, no space, UTF-8, the shortest escapes. Refused: floats, integers beyond ±(2^53-1), null (what is absent
is left out), keys that are not [a-z_][a-z0-9_]*, U+0000, lone surrogates, and more than 128 levels. Within these
limits orjson with sorted keys writes RFC 8785; outside them it does not.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeAlias, cast

import orjson

from ledger.errors import Malformed

JSON: TypeAlias = "str | int | bool | Sequence[JSON] | Mapping[str, JSON]"

MAX_INTEGER = 2**53 - 1  # RFC 8785 §3.2.2.3: beyond it a reader with IEEE doubles sees another number
MAX_DEPTH = 128  # orjson writes 254 levels; a limit of ours keeps the format apart from its version

_KEY = re.compile("[a-z_][a-z0-9_]*")
_KNOWN_LIMIT = 4096
_known: set[str] = set()


def encode(value: Mapping[str, JSON]) -> bytes:
    """Write *value* as its one sequence of bytes, or refuse it."""
    plain = value if type(value) is dict else dict(value)
    check(plain)
    return _dump(plain)


def decode(raw: bytes) -> dict[str, JSON]:
    """Read *raw* back, and refuse whatever `encode` would not have written."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"Not JSON: {error}.") from error
    if type(value) is not dict:
        raise Malformed(f"Not a JSON object but {type(value).__name__}.")
    check(value)
    if _dump(value) != raw:
        raise Malformed("Not canonical JSON (RFC 8785): keys doubled or out of order, space, or a needless escape.")
    return cast("dict[str, JSON]", value)


def check(value: Mapping[str, JSON]) -> None:
    """Refuse *value* unless `encode` takes it; lone surrogates apart, which only the bytes show."""
    try:
        _check_levels(value)
    except _FaultError as fault:
        path = ".".join([*_path_to(fault.culprit, value, MAX_DEPTH), *fault.key])
        raise Malformed(f"{path or 'The object'} {fault.reason}.", field=path, advice=fault.advice) from fault


class _FaultError(Exception):
    """What is wrong with *culprit*, or with its *key*: found without its path, which is sought only now."""

    def __init__(self, culprit: object, reason: str, advice: str = "", key: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.culprit, self.reason, self.advice, self.key = culprit, reason, advice, key


def _check_levels(value: object) -> None:
    # Level by level, not by recursion: twice as fast, and nothing that is nested too deep can exhaust the stack.
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for container in level:
            _check_items(container, below)
        if not below:
            return
        level = below
    raise _FaultError(value, f"is nested deeper than {MAX_DEPTH} levels")


def _check_items(container: Any, below: list[object]) -> None:  # noqa: ANN401 -- see below
    # Any, because mypy does not narrow an item by `kind is int`, and isinstance would let subclasses in.
    items = container
    if type(container) is dict:
        if not _known.issuperset(container):
            _learn_keys(container)
        items = container.values()
    for item in items:
        kind = type(item)
        if kind is str:
            if "\0" in item:
                raise _FaultError(item, "holds U+0000, which no entry may")
        elif kind is int:
            if not -MAX_INTEGER <= item <= MAX_INTEGER:
                raise _FaultError(item, "is an integer beyond ±(2^53-1)", "Write it as a string of digits.")
        elif kind is dict or kind is list or kind is tuple:
            below.append(item)
        elif kind is not bool:
            _refuse(item)


def _learn_keys(container: Mapping[object, object]) -> None:
    for key in container:
        if type(key) is not str or not _KEY.fullmatch(key):
            advice = "Keys are a-z, 0-9 and _; put names that people choose in arrays of objects."
            raise _FaultError(container, "is no key", advice, key=(str(key),))
        if len(_known) < _KNOWN_LIMIT:  # what strangers send cannot make us remember without end
            _known.add(key)


def _refuse(item: object) -> NoReturn:
    if item is None:
        raise _FaultError(item, "is null", "Leave out what is absent.")
    if type(item) is float:
        raise _FaultError(item, f"is {item!r}, a float", "Write a whole number of small units, or a decimal string.")
    raise _FaultError(item, f"is of type {type(item).__name__}, which JSON does not have")


def _path_to(culprit: object, value: object, depth: int) -> list[str]:
    if not depth or value is culprit:
        return []
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for name, item in members:
        path = _path_to(culprit, item, depth - 1)
        if path or item is culprit:
            return [str(name), *path]
    return []


def _dump(value: object) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise Malformed(f"Has no canonical JSON: {error}.") from error
