"""The keys of a ledger: kept apart from it, shown to nobody, registered with a proof, replaced and revoked."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE

import pytest

from ledger.drafts import Draft
from ledger.errors import Duplicate, Refused, Tampered, Unknown
from ledger.keeping import Keyring, register, registered, replace, revoke, trusted
from ledger.keys import SignerKey, format_base64
from ledger.names import PRACTICE
from ledger.testing.fakes import Entropy
from tests.kept import NOW, ORIGIN, Kept, kept
from tests.transcripts import Terminal


def made(folder: Path) -> Kept:
    return kept(folder, key=False)


def new_key(of: Kept) -> str:
    with of.open() as ledger:
        receipt = register(ledger, of.keyring, of.entropy, NOW)
    return str(receipt.event.data["key_id"]) if receipt.event else ""


def put_in_place(of: Kept) -> str:
    with of.open() as ledger:
        receipt = replace(ledger, of.keyring, of.entropy, NOW)
    return str(receipt.event.data["key_id"]) if receipt.event else ""


def test_a_key_is_in_a_file_of_its_own_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    of = made(tmp_path)
    path = of.keyring.path_of(new_key(of))

    assert [path.parent / name for name in ("lock", path.name)] == sorted(path.parent.iterdir(), reverse=True)
    assert (S_IMODE(path.stat().st_mode), S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_no_command_prints_a_private_key_and_no_file_of_the_ledger_holds_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    said = [
        terminal.run(f"engage {words}")
        for words in ("init", "key new", "key list", "key list --json", "log", "checkpoint")
    ]
    (path,) = (tmp_path / ".config").rglob("*.key")
    secret = path.read_text().strip().rpartition("+")[2]

    files = [file for file in tmp_path.rglob("*") if file.is_file() and file != path]

    assert [answer for answer in said if secret in answer.out + answer.err] == []
    assert [file for file in files if secret.encode() in file.read_bytes()] == []


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    of = kept(tmp_path)
    (path,) = of.keyring.folder.glob("*.key")
    path.chmod(0o640)

    with pytest.raises(Refused, match="can be read by others"):
        of.sign()


def test_no_key_is_written_over(tmp_path: Path) -> None:
    keyring, key = Keyring(tmp_path, ORIGIN), SignerKey(ORIGIN, bytes(32))
    keyring.add(key)

    with pytest.raises(Duplicate, match="not written over"):
        keyring.add(key)


def test_a_second_key_comes_only_in_the_place_of_the_first(tmp_path: Path) -> None:
    of = made(tmp_path)
    new_key(of)

    with pytest.raises(Duplicate, match="has key"):
        new_key(of)


def test_a_key_that_was_made_and_never_registered_is_registered_by_the_next_call(tmp_path: Path) -> None:
    of = made(tmp_path)
    orphan = SignerKey.generate(ORIGIN, Entropy("killed"))
    of.keyring.add(orphan)

    assert new_key(of) == orphan.verifier.key_id.hex()


def test_a_new_key_signs_beside_the_old_one_until_that_is_revoked(tmp_path: Path) -> None:
    of = kept(tmp_path)
    (old,) = (key.verifier.key_id.hex() for key in of.keyring.signers())
    new = put_in_place(of)
    both = of.sign().keys
    with of.open() as ledger:
        revoke(ledger, of.keyring, old)

    assert (both, of.sign().keys) == ((new, old), (new,))


def test_a_revoked_key_is_gone_and_trusted_no_more(tmp_path: Path) -> None:
    of = kept(tmp_path)
    (old,) = (key.verifier.key_id.hex() for key in of.keyring.signers())
    with of.open() as ledger:
        first, again = revoke(ledger, of.keyring, old), revoke(ledger, of.keyring, old)
        left = trusted(ledger.names.practice, ORIGIN)

    assert (first[0].new, first[1], again[0].new, again[1]) == (True, True, False, False)
    assert (left, of.keyring.signers()) == ([], [])


def test_without_a_key_nothing_is_signed_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        made(tmp_path).sign()

    assert refusal.value.advice == "engage key new"


def test_a_key_that_is_elsewhere_is_missed_by_name(tmp_path: Path) -> None:
    of = kept(tmp_path)
    (path,) = of.keyring.folder.glob("*.key")
    path.unlink()

    with pytest.raises(Refused, match=f"private half of key {path.stem} is not in"):
        of.sign()


def test_a_lost_key_is_replaced_without_it(tmp_path: Path) -> None:
    of = kept(tmp_path)
    (path,) = of.keyring.folder.glob("*.key")
    path.unlink()

    new = put_in_place(of)

    assert of.sign().keys == (new,)


def test_a_key_that_is_none_of_the_ledger_is_not_revoked(tmp_path: Path) -> None:
    of = kept(tmp_path)

    with of.open() as ledger, pytest.raises(Unknown):
        revoke(ledger, of.keyring, "00000000")


def test_a_key_registered_without_its_proof_is_not_trusted(tmp_path: Path) -> None:
    of, stolen = made(tmp_path), SignerKey(ORIGIN, bytes(32)).verifier
    data = {"key_id": stolen.key_id.hex(), "holder": "ledger", "public_key": format_base64(stolen.public)}
    with of.open() as ledger:
        ledger.record(
            Draft("actor-key-registered", PRACTICE, {**data, "possession": format_base64(bytes(64)), "valid_from": NOW})
        )

        with pytest.raises(Tampered):
            trusted(ledger.names.practice, ORIGIN)


def test_a_key_of_a_person_signs_no_checkpoint(tmp_path: Path) -> None:
    of, theirs = made(tmp_path), SignerKey(ORIGIN, bytes(32)).verifier
    data = {"key_id": theirs.key_id.hex(), "holder": "a1", "public_key": format_base64(theirs.public)}
    with of.open() as ledger:
        ledger.record(
            Draft("actor-key-registered", PRACTICE, {**data, "possession": format_base64(bytes(64)), "valid_from": NOW})
        )

        assert registered(ledger.names.practice) == []
