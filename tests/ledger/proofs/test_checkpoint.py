"""A checkpoint commits to one ledger, one size, one root; a proof of possession to one key, and neither is the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.checkpoint import (
    Checkpoint,
    Possession,
    check_checkpoint,
    check_possession,
    format_checkpoint,
    parse_checkpoint,
    prove_possession,
    sign_checkpoint,
)
from ledger.errors import Malformed, Tampered
from ledger.keys import SignerKey, format_verifier
from ledger.merkle import EMPTY_ROOT, Hash

ORIGIN = "ledger.example/engagements/q3r7"
KEY, SECOND = (SignerKey(ORIGIN, bytes([n]) * 32) for n in (1, 2))
SPECIFIED = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
"""The example of c2sp.org/tlog-checkpoint."""
SAID = Possession(ORIGIN, "ledger", KEY.verifier, "2025-06-06T08:20:00.000000Z")


def test_the_example_of_the_specification_is_read() -> None:
    assert parse_checkpoint(SPECIFIED)[:2] == ("example.com/behind-the-sofa", 20852163)


@given(st.integers(0, 10**15), st.binary(min_size=32, max_size=32), st.lists(st.sampled_from(["a", "b c"]), max_size=2))
def test_what_is_written_is_read(size: int, root: bytes, others: list[str]) -> None:
    checkpoint = Checkpoint(ORIGIN, size, Hash(root), tuple(others))

    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint


def test_during_a_rotation_either_key_is_enough() -> None:
    checkpoint = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    note = sign_checkpoint(checkpoint, [SECOND, KEY])

    answers = [check_checkpoint(note, [key.verifier]) for key in (KEY, SECOND)]

    assert answers == [(checkpoint, [KEY.verifier]), (checkpoint, [SECOND.verifier])]


def test_a_checkpoint_of_another_ledger_is_refused() -> None:
    note = sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), [KEY])

    with pytest.raises(Tampered, match=r'not of "ledger\.example/other"'):
        check_checkpoint(note, [KEY.verifier], "ledger.example/other")


def test_a_key_of_another_ledger_signs_nothing_of_this_one() -> None:
    foreign = SignerKey("ledger.example/other", bytes(32))
    note = sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), [foreign])

    with pytest.raises(Tampered, match="none of the keys"):
        check_checkpoint(note, [foreign.verifier])


@pytest.mark.parametrize(
    "text",
    {
        "two lines": f"{ORIGIN}\n24\n",
        "no last newline": SPECIFIED[:-1],
        "a leading zero": SPECIFIED.replace("20852163", "020852163"),
        "a sign": SPECIFIED.replace("20852163", "+20852163"),
        "digits of another script": SPECIFIED.replace("20852163", "٢٤"),
        "too many digits": SPECIFIED.replace("20852163", "9" * 17),
        "no origin": SPECIFIED.replace("example.com/behind-the-sofa", ""),
        "a short root": SPECIFIED.replace("CsUYapGGPo4d", "CsUYapGG"),
        "an empty line": f"{SPECIFIED}\n",
    }.values(),
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_checkpoint(text)


def test_whoever_has_a_key_can_prove_it() -> None:
    check_possession(SAID, prove_possession(SAID, KEY))


@pytest.mark.parametrize(
    "other",
    [
        SAID._replace(origin="ledger.example/other"),
        SAID._replace(holder="a1"),
        SAID._replace(key=SECOND.verifier),
        SAID._replace(valid_from="2025-06-06T08:20:00.000001Z"),
        SAID._replace(replaces="5e3aa1f0"),
    ],
)
def test_a_possession_proves_nothing_else(other: Possession) -> None:
    with pytest.raises(Tampered):
        check_possession(other, prove_possession(SAID, KEY))


def test_what_a_possession_signs_is_as_written_and_no_checkpoint() -> None:
    lines = ("engagement-ledger/possession/v1", ORIGIN, "ledger", format_verifier(KEY.verifier), SAID.valid_from, "")
    text = "".join(f"{line}\n" for line in lines)

    KEY.verifier.check(text.encode(), prove_possession(SAID, KEY))
    with pytest.raises(Malformed):
        parse_checkpoint(text)
