"""Erasable texts: digests of one number whatever was given, disclosures written in one way (RFC 9901 §4.2)."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from itertools import count

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import JSON
from ledger.disclosures import SALT, digest, digests_of, disclosed, protect, read
from ledger.errors import Malformed

TEXTS: dict[str, JSON] = {"why": "vendor late", "causes": [{"until": "July", "about": "steel"}]}
salts = st.integers(0, 255).map(lambda first: bytes([first]) + bytes(range(256 - SALT + 1, 256)))


def without_padding(raw: bytes) -> bytes:
    """Write *raw* as RFC 4648 §5 does, without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=")


def written(*content: object) -> bytes:
    """Write *content* as a disclosure, whatever it is."""
    return without_padding(orjson.dumps(content))


@given(salts)
def test_a_disclosure_is_base64url_of_canonical_json(salt: bytes) -> None:
    _, (disclosure,) = protect({"x": {"b": "2", "a": "1"}}, 1, lambda _: salt)

    text = without_padding(salt).decode()
    assert disclosure == without_padding(b'["' + text.encode() + b'","x",{"a":"1","b":"2"}]')
    assert digest(disclosure).encode() == without_padding(sha256(disclosure).digest())


@pytest.mark.parametrize("given_texts", [{}, {"why": "late"}, TEXTS], ids=len)
def test_there_are_as_many_digests_whatever_was_given(given_texts: dict[str, JSON]) -> None:
    numbers = count()

    digests, disclosures = protect(given_texts, 3, lambda size: next(numbers).to_bytes(size))

    assert len(digests) == len(disclosures) == 3
    assert disclosed(disclosures) == given_texts


def test_the_digests_of_what_was_read_back_are_those_of_what_was_written() -> None:
    numbers = count()
    digests, disclosures = protect(TEXTS, 3, lambda size: next(numbers).to_bytes(size))

    assert digests_of([*disclosures]) == digests_of(disclosures) == digests == sorted(digests)


MISSHAPEN: dict[str, bytes] = {
    "an object": without_padding(b'{"0":"salt"}'),
    "a text of three letters": without_padding(b'"abc"'),
    "a text of one letter": without_padding(b'"a"'),
    "nothing in it": written(),
    "two in it": written("salt", "why"),
    "four in it": written("salt", "why", "late", "again"),
    "a number for salt": written(1, "why", "late"),
    "a number for a name": written("salt", 1, "late"),
    "a number for the salt of a decoy": written(1),
    "a space": without_padding(b'["salt", "why","late"]'),
    "padding": urlsafe_b64encode(b'["salt","why","late"]') + b"====",
    "keys out of order": without_padding(b'["salt","why",{"b":"2","a":"1"}]'),
}


@pytest.mark.parametrize("what", MISSHAPEN)
def test_a_disclosure_of_another_shape_is_refused(what: str) -> None:
    with pytest.raises(Malformed, match=r"not written as \[salt, name, value\]"):
        read(MISSHAPEN[what])


@pytest.mark.parametrize("raw", [b"a", b"not base64!", b"\xff", without_padding(b"[")])
def test_what_is_no_json_in_base64url_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed, match="cannot be read"):
        read(raw)


def test_a_value_that_no_entry_may_hold_is_refused() -> None:
    with pytest.raises(Malformed, match=r"why is 1\.5, a float"):
        read(written("salt", "why", 1.5))
