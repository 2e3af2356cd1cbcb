"""Signed notes are what c2sp.org/signed-note says: the vector of golang.org/x/mod/sumdb/note, and every byte flipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError, Malformed, Tampered
from ledger.keys import SignerKey, format_verifier, parse_signer, parse_verifier
from ledger.note import Note, Signature, check_note, format_note, parse_note, sign_note

# the example of golang.org/x/mod/sumdb/note
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = (
    f"{TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = parse_signer(PRIVATE)
OTHER = SignerKey("PeterNeumann", bytes(range(32)))


def test_the_example_of_go_is_signed_as_go_signs_it() -> None:
    assert format_note(sign_note(TEXT, [KEY])) == SIGNED


def test_the_example_of_go_is_read_and_checked() -> None:
    assert check_note(parse_note(SIGNED), [parse_verifier(PUBLIC)]) == [KEY.verifier]


def test_keys_are_written_as_go_writes_them() -> None:
    assert (KEY.written(), format_verifier(KEY.verifier)) == (PRIVATE, PUBLIC)


def test_a_private_key_is_not_shown_by_its_representation() -> None:
    assert PRIVATE.rpartition("+")[2] not in repr(KEY)


def test_every_flipped_byte_of_a_note_is_refused() -> None:
    raw = SIGNED.encode()

    accepted = [n for n in range(len(raw)) for bit in (1, 0x20, 0x80) if _is_accepted(_flipped(raw, n, bit))]

    assert accepted == []


def test_every_truncated_note_is_refused() -> None:
    assert [n for n in range(len(SIGNED)) if _is_accepted(SIGNED[:n].encode())] == []


def test_a_signature_by_an_unknown_key_is_passed_over() -> None:
    note = sign_note(TEXT, [KEY, SignerKey("witness.example/w1", bytes(32))])

    assert check_note(note, [KEY.verifier]) == [KEY.verifier]


def test_a_false_signature_by_a_known_key_spoils_the_note() -> None:
    (good,) = sign_note(TEXT, [KEY]).signatures
    note = Note(TEXT, (*sign_note(TEXT, [OTHER]).signatures, good._replace(value=bytes(64))))

    with pytest.raises(Tampered, match="is not over this text"):
        check_note(note, [KEY.verifier, OTHER.verifier])


@pytest.mark.parametrize(
    "keys", [[], [OTHER.verifier], [KEY.verifier._replace(name="PeterNeuman")]], ids=["none", "other", "other name"]
)
def test_a_note_that_no_trusted_key_signed_is_refused(keys: list[object]) -> None:
    with pytest.raises(Tampered, match="none of the keys that are trusted"):
        check_note(parse_note(SIGNED), keys)  # type: ignore[arg-type]  # a list of keys, or empty


@pytest.mark.parametrize(
    "text",
    {
        "no text": "",
        "no signature": f"{TEXT}\n",
        "no empty line": SIGNED.replace("\n\n", "\n"),
        "carriage returns": SIGNED.replace("\n", "\r\n"),
        "a wrapped line": SIGNED.replace(" x08go", "\nx08go"),
        "a hyphen for the dash": SIGNED.replace("—", "-"),
        "a plus in the name": SIGNED.replace("PeterNeumann", "Peter+Neumann"),
        "a space in the name": SIGNED.replace("PeterNeumann", "Peter\u00a0Neumann"),
        "no name": SIGNED.replace("PeterNeumann ", ""),
        "base64url": SIGNED.replace("go/Z", "go_Z"),
        "bits that mean nothing": SIGNED.replace("nAM=", "nAN="),
        "a key id alone": f"{TEXT}\n— PeterNeumann x08gow==\n",
        "101 signatures": f"{TEXT}\n" + SIGNED.split("\n\n")[1] * 101,
        "a tab": SIGNED.replace("If you", "If\tyou"),
        "too long": "x" * 1_000_001 + SIGNED,
    }.values(),
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        PUBLIC.replace("c74f", "c74e"),
        PUBLIC + "=",
        PUBLIC[:-4],
        PUBLIC.replace("+ARpc", "+BRpc"),
        PRIVATE,
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_verifier(text)


def test_a_private_key_that_is_none_is_refused_without_a_word_of_it() -> None:
    broken = PRIVATE.replace("c74f20a3", "c74f20a4")

    with pytest.raises(Malformed) as refusal:
        parse_signer(broken)

    assert "AYEK" not in f"{refusal.value} {refusal.value.advice}"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    st.binary(min_size=4, max_size=4),
    st.binary(min_size=1, max_size=80),
)
def test_what_is_written_is_read(line: str, key_id: bytes, value: bytes) -> None:
    note = Note(f"{line}\n\n{line}\n", (Signature("a.example/b", key_id, value),) * 2)

    assert parse_note(format_note(note)) == note


def test_more_keys_than_a_note_has_room_for_are_refused_with_what_to_do() -> None:
    note = Note("size\n", (Signature("a.example/b", b"1234", b"5"),) * 101)

    with pytest.raises(Malformed, match="101 keys sign, and a note has room for 100") as refused:
        format_note(note)

    assert "engage key revoke KEY" in refused.value.advice


def _flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]


def _is_accepted(raw: bytes) -> bool:
    try:
        check_note(parse_note(raw.decode()), [KEY.verifier])
    except (LedgerError, UnicodeDecodeError):
        return False
    return True
