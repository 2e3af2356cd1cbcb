"""A proof convinces whoever has the bytes and the key, strangers' software included, and nothing else does."""

from __future__ import annotations

import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import scitt_cose

from ledger import merkle
from ledger.checkpoint import Checkpoint, sign_checkpoint
from ledger.errors import LedgerError, Malformed, Tampered
from ledger.keys import SignerKey, format_verifier
from ledger.merkle import Hash
from ledger.proof import Proof, check_proof, format_proof, parse_proof
from tests.forest import Memory
from tests.places import STRANGERS

ORIGIN = "ledger.example/engagements/q3r7"
KEY = SignerKey(ORIGIN, bytes(range(32)))
ENTRIES = [b'{"entry":%d}' % n for n in range(24)]
LEAVES = merkle.leaf_hashes(ENTRIES)
NOTE = sign_checkpoint(Checkpoint(ORIGIN, len(LEAVES), merkle.root(LEAVES)), [KEY])
GO = shutil.which("go")
GO_MODULES = Path("/usr/share/gocode")


def proof_of(index: int) -> Proof:
    return Proof(index, tuple(merkle.prove_inclusion(index, len(LEAVES), Memory(LEAVES))), NOTE)


def accepted(text: str, entry: bytes) -> bool:
    try:
        check_proof(parse_proof(text), entry, [KEY.verifier], ORIGIN)
    except LedgerError:
        return False
    return True


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_every_entry_is_proved(index: int) -> None:
    assert accepted(format_proof(proof_of(index)), ENTRIES[index])


def test_what_is_written_is_read() -> None:
    proof = proof_of(15)._replace(extra=b"out of band")

    assert parse_proof(format_proof(proof)) == proof


def test_every_flipped_byte_of_a_proof_is_refused() -> None:
    raw = format_proof(proof_of(15)).encode()

    passed = [n for n in range(len(raw)) for bit in (1, 0x20) if _is_taken(_flipped(raw, n, bit))]

    assert passed == []


def test_every_truncated_proof_is_refused() -> None:
    text = format_proof(proof_of(15))

    assert [n for n in range(len(text)) if accepted(text[:n], ENTRIES[15])] == []


def test_every_flipped_bit_of_the_entry_is_refused() -> None:
    text = format_proof(proof_of(15))

    assert [n for n in range(len(ENTRIES[15])) if accepted(text, _flipped(ENTRIES[15], n, 1))] == []


def test_a_proof_shows_no_other_entry() -> None:
    assert [n for n, entry in enumerate(ENTRIES) if accepted(format_proof(proof_of(15)), entry)] == [15]


def test_an_index_beyond_the_checkpoint_is_refused() -> None:
    with pytest.raises(Tampered):
        check_proof(proof_of(15)._replace(leaf_index=24), ENTRIES[15], [KEY.verifier])


@pytest.mark.parametrize(
    "text",
    {
        "another version": format_proof(proof_of(1)).replace("@v1", "@v2"),
        "no index": format_proof(proof_of(1)).replace("index 1\n", ""),
        "a leading zero": format_proof(proof_of(1)).replace("index 1", "index 01"),
        "extra behind the index": format_proof(proof_of(1)).replace("index 1\n", "index 1\nextra YQ==\n"),
        "two extras": format_proof(proof_of(1)).replace("index 1\n", "extra YQ==\nextra YQ==\nindex 1\n"),
        "no checkpoint": format_proof(proof_of(1)).partition("\n\n")[0],
        "carriage returns": format_proof(proof_of(1)).replace("\n", "\r\n"),
        "too long": format_proof(proof_of(1)) + "x" * 1_000_000,
    }.values(),
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_proof(text)


def test_hashlib_alone_comes_to_the_root_of_the_checkpoint() -> None:
    lines = format_proof(proof_of(21)).split("\n")
    blank = lines.index("")
    siblings, root = map(_decoded, lines[2:blank]), _decoded(lines[blank + 3])

    assert _climbed(ENTRIES[21], 21, 24, list(siblings)) == root


def test_scitt_cose_takes_our_proofs() -> None:
    proof = proof_of(21)

    path = [value.hex() for value in proof.hashes]

    assert scitt_cose.verify_inclusion(ENTRIES[21].hex(), 21, 24, path, merkle.root(LEAVES).hex())


def go_checker(tmp_path_factory: pytest.TempPathFactory, key: str) -> Callable[..., str]:
    """Return the checker that golang.org/x/mod/sumdb/{note,tlog} is, Go's own transparency log, trusting *key*."""
    if GO is None or not (GO_MODULES / "src" / "golang.org" / "x" / "mod").is_dir():
        pytest.skip("neither Go nor golang.org/x/mod is here (Debian: golang-go golang-golang-x-mod-dev)")
    folder = tmp_path_factory.mktemp("go")
    source = STRANGERS / "note.go"
    settings = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_MODULES), "GOFLAGS": ""}
    subprocess.run([GO, "build", "-o", folder / "note", source], env=settings, check=True)

    def check(note: str, proof: str, entry: bytes) -> str:
        for name, content in (("checkpoint", note.encode()), ("proof", proof.encode()), ("entry", entry)):
            (folder / name).write_bytes(content)
        files = [folder / name for name in ("checkpoint", "proof", "entry")]
        words = [str(folder / "note"), key, *map(str, files)]
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
        return ran.stdout.strip() if ran.returncode == 0 else "refused"

    return check


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Return Go's checker, trusting our key."""
    return go_checker(tmp_path_factory, format_verifier(KEY.verifier))


def test_go_takes_our_checkpoints_and_proofs(go: Callable[..., str]) -> None:
    size, root = NOTE.split("\n")[1:3]

    assert go(NOTE, format_proof(proof_of(21)), ENTRIES[21]) == f"{size} {root}"


def test_go_refuses_another_entry(go: Callable[..., str]) -> None:
    assert go(NOTE, format_proof(proof_of(21)), ENTRIES[20]) == "refused"


def _climbed(entry: bytes, index: int, size: int, siblings: list[bytes]) -> bytes:
    """Return the root that *siblings* lead to, by the recursion of RFC 6962 §2.1.1, read backwards."""
    if size == 1:
        assert siblings == []
        return sha256(b"\0" + entry).digest()
    k = 1 << ((size - 1).bit_length() - 1)
    if index < k:
        return sha256(b"\1" + _climbed(entry, index, k, siblings[:-1]) + siblings[-1]).digest()
    return sha256(b"\1" + siblings[-1] + _climbed(entry, index - k, size - k, siblings[:-1])).digest()


def _decoded(line: str) -> Hash:
    return Hash(b64decode(line, validate=True))


def _flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]


def _is_taken(raw: bytes) -> bool:
    try:
        return accepted(raw.decode(), ENTRIES[15])
    except UnicodeDecodeError:
        return False
