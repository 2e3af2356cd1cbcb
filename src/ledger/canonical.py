"""The one way a JSON object becomes bytes: RFC 8785, within limits that leave no choice.

    {"data":{"days":3,"names":["Ada","Zoë"]},"id":"e1"}

Keys in order, no space, UTF-8, the shortest escapes. Refused: floats, integers beyond ±(2^53-1), null (what is absent
is left out), keys that are not [a-z_][a-z0-9_]*, U+0000, lone surrogates, and more than 128 levels. Within these
limits orjson with sorted keys writes RFC 8785; outside them it does not.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn, TypeAlias, cast

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
        raise Malformed(f"Not a JSON object but {_KINDS.get(type(value), 'a scalar')}.")
    check(value)
    if _dump(value) != raw:
        raise Malformed("Not canonical JSON (RFC 8785): keys doubled or out of order, space, or a needless escape.")
    return cast("dict[str, JSON]", value)


def check(value: Mapping[str, JSON]) -> None:
    """Refuse *value* unless `encode` takes it; lone surrogates apart, which only the bytes show."""
    try:
        _object(value, 1)
    except _FaultError as fault:
        path = ".".join(reversed(fault.path))
        raise Malformed(f"{path or 'The object'} {fault.reason}.", field=path, advice=fault.advice) from fault


class _FaultError(Exception):
    """A value that has no canonical form; the walk adds the *path* on its way back, innermost first."""

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice
        self.path: list[str] = []


def _dump(value: object) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise Malformed(f"Has no canonical JSON: {error}.") from error


def _object(value: Mapping[str, object], depth: int) -> None:
    if depth > MAX_DEPTH:
        _too_deep()
    key = ""
    try:
        for key, item in value.items():
            if key not in _known:
                _learn(key)
            kind = type(item)
            if kind is str:  # most values are: spare them the call
                if "\0" in item:  # type: ignore[operator]  # mypy does not narrow by `kind is str`
                    _text("\0", depth)
            else:
                _CHECKS.get(kind, _other)(item, depth)
    except _FaultError as fault:
        fault.path.append(str(key))
        raise


def _array(value: Sequence[object], depth: int) -> None:
    if depth > MAX_DEPTH:
        _too_deep()
    for index, item in enumerate(value):
        try:
            _CHECKS.get(type(item), _other)(item, depth)
        except _FaultError as fault:
            fault.path.append(str(index))
            raise


def _learn(key: object) -> None:
    if type(key) is not str or not _KEY.fullmatch(key):
        raise _FaultError("is not a key: keys are a-z, 0-9 and _", "Put names that people choose in arrays of objects.")
    if len(_known) < _KNOWN_LIMIT:  # a hostile reader cannot make us remember without end
        _known.add(key)


def _text(value: str, _: int) -> None:
    if "\0" in value:
        raise _FaultError("holds U+0000, which no entry may")


def _integer(value: int, _: int) -> None:
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise _FaultError("is an integer beyond ±(2^53-1)", "Write it as a string of digits.")


def _boolean(value: bool, _: int) -> None:
    """Take either."""


def _float(value: float, _: int) -> NoReturn:
    raise _FaultError(f"is {value!r}, a float", "Write a whole number of minor units, or a decimal string.")


def _null(value: None, _: int) -> NoReturn:
    raise _FaultError("is null", "Leave out what is absent.")


def _other(value: object, _: int) -> NoReturn:
    raise _FaultError(f"is {type(value).__name__}, which JSON does not have")


def _too_deep() -> NoReturn:
    raise _FaultError(f"is nested deeper than {MAX_DEPTH} levels")


_CHECKS: Mapping[type, Callable[..., None]] = {
    str: _text,
    int: _integer,
    bool: _boolean,
    dict: _object,
    list: _array,
    tuple: _array,
    float: _float,
    type(None): _null,
}
_KINDS: Mapping[type, str] = {list: "an array", str: "a string", type(None): "null"}
