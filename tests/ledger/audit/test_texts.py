"""The texts of a page are read end to end, and nothing passes that would not pass alone."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.kinds import RULED_BY
from ledger.audit.report import DoubtError
from ledger.audit.texts import check_digests, contents_of
from ledger.disclosures import digest, protect, read
from ledger.errors import Malformed


def written(json: bytes) -> bytes:
    return urlsafe_b64encode(json).rstrip(b"=")


WHOLE = [written(b'["salt"]'), written(b'["salt1","why","late"]'), written(b'["salt123","why",["a","b"]]')]
"""One of each length that base64 has: with two, one and no unused places in its last group."""

FORGED: dict[str, list[bytes]] = {
    "one text in two, another two texts": [
        written(b'["s0"],["s1","why"'),
        written(b'["late"]]'),
    ],
    "one list in two": [written(b'["s0"],["s1","why",["a"'), written(b'"b"]]')],
    "one string in two": [written(b'["s0"],["s1","why","a'), written(b'b"]')],
    "two texts in one": [written(b'["s0"],["s1"]')],
    "no text": [b""],
    "an end of line after it": [written(b'["salt1","why","late"]\n')],
    "a space in it": [written(b'["salt1", "why","late"]')],
    "a needless escape": [written(b'["salt1","why","l\\u0061te"]')],
    "U+0000": [written(b'["salt1","why","l\\u0000te"]')],
    "no list": [written(b'{"salt":1}')],
    "two members": [written(b'["salt","why"]')],
    "a salt that is a number": [written(b"[1]")],
    "another letter than base64 has": [WHOLE[0][:4] + b"*" + WHOLE[0][4:]],
    "base64 of the other alphabet": [written('["salt1","why","??>>ÿÿ"]'.encode()).replace(b"_", b"/")],
    "padded": [WHOLE[0] + b"=" * (-len(WHOLE[0]) % 4)],
    "one character too many": [WHOLE[2] + b"A"],
}


def passes(texts: Sequence[bytes]) -> bool:
    try:
        contents_of(texts)
    except (DoubtError, ValueError):
        return False
    return True


def passes_alone(text: bytes) -> bool:
    try:
        read(text)
    except (Malformed, ValueError):
        return False
    return True


def test_texts_of_every_length_are_read_in_their_order() -> None:
    contents = contents_of([*WHOLE, *WHOLE[::-1]])

    expected = [["salt"], ["salt1", "why", "late"], ["salt123", "why", ["a", "b"]]]
    assert contents == [*expected, *expected[::-1]]
    assert {len(text) % 4 for text in WHOLE} == {0, 2, 3}


@pytest.mark.parametrize("texts", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("among", [[], WHOLE], ids=["alone", "among others"])
def test_a_text_that_is_not_whole_and_canonical_is_doubted(texts: list[bytes], among: list[bytes]) -> None:
    assert not all(passes_alone(text) for text in texts)
    assert not passes([*among, *texts, *among])


@pytest.mark.parametrize("text", WHOLE)
def test_no_unused_bit_may_be_set(text: bytes) -> None:
    for last in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        other = text[:-1] + bytes([last])
        assert passes([other]) == passes_alone(other)
        assert passes([*WHOLE, other, *WHOLE]) == passes_alone(other)


@given(st.lists(st.sampled_from([b"[", b"]", b",", b'"', b"a", b'["s"]', b'"s",', b"\n", b" "]), max_size=8), st.data())
def test_what_passes_together_passes_alone(parts: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(parts)))
    texts = [written(b"".join(parts[:cut])), WHOLE[0], written(b"".join(parts[cut:]))]

    assert passes(texts) <= all(map(passes_alone, texts))


def test_a_digest_that_is_not_that_of_its_text_is_doubted() -> None:
    digests, texts = protect({"why": "late", "how": "by sea"}, 4, lambda size: next(SALTS)[:size])
    check_digests([digests[:2], digests[2:]], texts)

    for wrong in (digests[:3], [*digests, digests[0]], [digests[0]] * 4, digests[::-1], [*digests[:3], "A" * 43]):
        with pytest.raises(DoubtError):
            check_digests([wrong], texts)
    assert digests == [digest(text) for text in texts]


def test_a_rule_that_is_asked_once_for_each_value_reads_nothing_but_that_value() -> None:
    for event_type, field in RULED_BY.items():
        own = event_type.fields.keys() & set(event_type.check.__code__.co_names)
        assert own == {field}


SALTS = iter([bytes([n]) * 16 for n in range(1, 9)])
