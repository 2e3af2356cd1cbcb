from types import MappingProxyType
from typing import cast

import pytest
import rfc8785
from hypothesis import example, given

from ledger.canonical import JSON, MAX_DEPTH, MAX_INTEGER, check, decode, encode
from ledger.errors import Malformed
from tests.strategies import json_objects

EVERY_ASCII = "".join(map(chr, range(1, 128)))
LINE_SEPARATORS_AND_BEYOND_THE_BASIC_PLANE = "\u0080\u2028\u2029\ufeff\uffff\U0001f600\U0010ffff"


def nested(levels: int) -> dict[str, JSON]:
    value: dict[str, JSON] = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


def deepest(value: object) -> dict[str, object]:
    """Return *value* on the deepest level that is allowed."""
    for _ in range(MAX_DEPTH):
        value = {"a": value}
    return cast("dict[str, object]", value)


@given(json_objects)
@example({"text": EVERY_ASCII})
@example({"text": LINE_SEPARATORS_AND_BEYOND_THE_BASIC_PLANE})
@example({"b": MAX_INTEGER, "a": -MAX_INTEGER, "a_": 0, "a0": True, "_": False})
def test_the_bytes_are_those_of_the_rfc8785_package(value: dict[str, JSON]) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(json_objects)
def test_what_was_written_is_read_back(value: dict[str, JSON]) -> None:
    assert decode(encode(value)) == value


@given(json_objects)
def test_what_was_read_is_written_back_as_the_same_bytes(value: dict[str, JSON]) -> None:
    raw = encode(value)

    assert encode(decode(raw)) == raw


def test_the_bytes_of_an_object_are_these() -> None:
    value: dict[str, JSON] = {"id": "e1", "data": {"names": ["Ada", "Zoë"], "days": 3}}

    assert encode(value) == '{"data":{"days":3,"names":["Ada","Zoë"]},"id":"e1"}'.encode()


def test_tuples_and_other_mappings_are_written_like_lists_and_dicts() -> None:
    assert encode(MappingProxyType({"a": (1, "b")})) == b'{"a":[1,"b"]}'


def test_the_deepest_level_allowed_is_written_and_read() -> None:
    assert decode(encode(nested(MAX_DEPTH))) == nested(MAX_DEPTH)


UNREADABLE = {
    "nothing": b"",
    "an array": b"[]",
    "a string": b'"a"',
    "a bare null": b"null",
    "a bare number": b"1",
    "a doubled key": b'{"a":1,"a":1}',
    "a doubled key with another value": b'{"a":1,"a":2}',
    "a doubled key further down": b'{"a":[{"b":1,"b":2}]}',
    "a doubled key, once escaped": b'{"a":1,"\\u0061":1}',
    "keys out of order": b'{"b":1,"a":2}',
    "keys out of order further down": b'{"a":{"c":1,"b":2}}',
    "a space after a colon": b'{"a": 1}',
    "a space after a comma": b'{"a":1, "b":2}',
    "a space before": b' {"a":1}',
    "a newline after": b'{"a":1}\n',
    "a second object after": b'{"a":1}{}',
    "trailing bytes": b'{"a":1}x',
    "a trailing comma": b'{"a":1,}',
    "a byte order mark": b'\xef\xbb\xbf{"a":1}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "a float": b'{"a":1.5}',
    "a whole float": b'{"a":1.0}',
    "an exponent": b'{"a":1e5}',
    "an exponent in capitals": b'{"a":1E5}',
    "minus zero": b'{"a":-0}',
    "minus zero as a float": b'{"a":-0.0}',
    "a leading zero": b'{"a":01}',
    "a plus sign": b'{"a":+1}',
    "NaN": b'{"a":NaN}',
    "Infinity": b'{"a":Infinity}',
    "an integer one too large": b'{"a":9007199254740992}',
    "an integer one too small": b'{"a":-9007199254740992}',
    "an integer of 64 bits": b'{"a":18446744073709551615}',
    "an integer of a hundred bits": b'{"a":1267650600228229401496703205376}',
    "null": b'{"a":null}',
    "null in an array": b'{"a":[null]}',
    "an empty key": b'{"":1}',
    "a key in capitals": b'{"A":1}',
    "a key with a dash": b'{"a-b":1}',
    "a key that begins with a digit": b'{"1a":1}',
    "a key that ends in a newline": b'{"a\\n":1}',
    "a key beyond ASCII": '{"é":1}'.encode(),
    "U+0000": b'{"a":"\\u0000"}',
    "U+0000 in an array": b'{"a":["\\u0000"]}',
    "U+0000 in a key": b'{"a\\u0000":1}',
    "U+0000 as a byte": b'{"a":"\x00"}',
    "a control character as a byte": b'{"a":"\x01"}',
    "a lone high surrogate": b'{"a":"\\ud800"}',
    "a lone low surrogate": b'{"a":"\\udc00"}',
    "surrogates the wrong way round": b'{"a":"\\udc00\\ud800"}',
    "a surrogate as UTF-8 bytes": b'{"a":"\xed\xa0\x80"}',
    "an emoji as an escaped pair": b'{"a":"\\ud83d\\ude00"}',
    "an overlong byte sequence": b'{"a":"\xc0\xaf"}',
    "broken UTF-8": b'{"a":"\xff"}',
    "an escaped letter": b'{"a":"\\u0041"}',
    "an escaped slash": b'{"a":"\\/"}',
    "a long escape that has a short one": b'{"a":"\\u000a"}',
    "an escape in capitals": b'{"a":"\\u001F"}',
    "an unknown escape": b'{"a":"\\x41"}',
    "a comment": b'{"a":1/**/}',
    "single quotes": b"{'a':1}",
    "one level too many": b'{"a":' * MAX_DEPTH + b"{}" + b"}" * MAX_DEPTH,
    "ten thousand objects deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "ten thousand arrays deep": b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_the_reader_refuses_what_the_writer_would_not_write(raw: bytes) -> None:
    with pytest.raises(Malformed):
        decode(raw)


class Text(str):
    __slots__ = ()


ENDLESS: list[object] = []
ENDLESS.append(ENDLESS)

UNWRITABLE: dict[str, tuple[object, str, str]] = {
    "a float": ({"a": {"b": 1.5}}, "a.b", "a.b is 1.5, a float."),
    "NaN": ({"a": float("nan")}, "a", "a is nan, a float."),
    "null": ({"a": ["b", None]}, "a.1", "a.1 is null."),
    "a large integer": ({"a": [{"b": 2**53}]}, "a.0.b", "a.0.b is an integer beyond ±(2^53-1)."),
    "U+0000": ({"a": ["b", "c\0"]}, "a.1", "a.1 holds U+0000, which no entry may."),
    "a key in capitals": ({"a": {"B": 1}}, "a.B", "a.B is no key."),
    "a key that is no text": ({1: 2}, "1", "1 is no key."),
    "a key of a class of its own": ({Text("zzz"): 2}, "zzz", "zzz is no key."),
    "bytes": ({"a": b"b"}, "a", "a is of type bytes, which JSON does not have."),
    "a set": ({"a": {1}}, "a", "a is of type set, which JSON does not have."),
    "text of a class of its own": ({"a": Text("b")}, "a", "a is of type Text, which JSON does not have."),
    "too many levels": (nested(MAX_DEPTH + 1), "", "The object is nested deeper than 128 levels."),
    "ten thousand levels": (nested(10_000), "", "The object is nested deeper than 128 levels."),
    "an array inside itself": ({"a": ENDLESS}, "", "The object is nested deeper than 128 levels."),
    "null on the deepest level": (deepest(None), ".".join("a" * MAX_DEPTH), f"{'.'.join('a' * MAX_DEPTH)} is null."),
    "null beside ten thousand levels": ({"a": nested(10_000), "b": None}, "b", "b is null."),
}


@pytest.mark.parametrize(("value", "field", "message"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_the_writer_names_the_field_that_it_refuses(value: dict[str, JSON], field: str, message: str) -> None:
    with pytest.raises(Malformed) as refused:
        encode(value)

    assert (refused.value.field, refused.value.message) == (field, message)


ADVICE: dict[str, tuple[object, str]] = {
    "a float": ({"a": 1.5}, "Write a whole number of small units, or a decimal string."),
    "null": ({"a": None}, "Leave out what is absent."),
    "a large integer": ({"a": 2**53}, "Write it as a string of digits."),
    "a key": ({"A": 1}, "Keys are a-z, 0-9 and _; put names that people choose in arrays of objects."),
    "bytes": ({"a": b"b"}, ""),
    "U+0000": ({"a": "\0"}, ""),
    "too many levels": (nested(MAX_DEPTH + 1), ""),
}


@pytest.mark.parametrize(("value", "advice"), ADVICE.values(), ids=ADVICE)
def test_the_writer_says_what_to_write_instead_where_there_is_something(value: dict[str, JSON], advice: str) -> None:
    with pytest.raises(Malformed) as refused:
        encode(value)

    assert refused.value.advice == advice


def test_lone_surrogates_are_refused_when_the_bytes_are_made() -> None:
    check({"a": "\ud800"})

    with pytest.raises(Malformed, match="surrogates"):
        encode({"a": "\ud800"})


def test_a_key_of_a_class_of_its_own_is_refused_though_its_like_is_known() -> None:
    encode({"known": 1})

    with pytest.raises(Malformed):
        encode({cast("str", Text("known")): 1})


def test_strangers_cannot_make_the_writer_remember_keys_without_end() -> None:
    many: dict[str, JSON] = {f"key{n}": n for n in range(10_000)}

    assert decode(encode(many)) == many
