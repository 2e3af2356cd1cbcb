"""A checkpoint is signed once for a size: a ledger that was restored, forked or changed signs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ledger.audit import verify
from ledger.checkpoint import check_checkpoint
from ledger.errors import LedgerError, Tampered
from ledger.keeping.extending import check_extends
from ledger.keys import SignerKey, VerifierKey
from ledger.stores.reading import SqliteReader
from tests.kept import ORIGIN, Kept, kept
from tests.meddling import attributes, rewrite
from tests.places import ROOT

STEPS = {
    "before the high water is raised": "keyring.Keyring.raise_to",
    "while the high water is raised": "keyring.os.replace",
    "before the note is recorded": "signing._recorded",
    "before the note is handed out": "signing.check_checkpoint",
}

RAISED = {STEPS["before the note is recorded"], STEPS["before the note is handed out"]}
"""Steps behind the point from which nothing else is signed for a size."""


def holds(of: Kept, note: str, *keys: VerifierKey) -> int:
    """Return the size that *note* commits the ledger to, which it extends."""
    report = verify(of.path)
    with SqliteReader(of.path) as reader:
        trusted = keys or [key.verifier for key in of.keyring.signers()]
        return check_extends(reader, report.entries, report.root, note, trusted)[0].size


def test_a_ledger_that_goes_on_extends_every_checkpoint_of_it(tmp_path: Path) -> None:
    of, notes = kept(tmp_path), []
    for words in ("late", "later", "latest"):
        of.tell(*[words] * 90)
        notes.append(of.sign().note)

    assert [holds(of, note) for note in notes] == [94, 185, 276]


def test_where_nothing_came_since_the_same_note_is_given_again(tmp_path: Path) -> None:
    of = kept(tmp_path)

    first, second = of.sign(), of.sign()

    assert (second.note, second.position, first.new, second.new) == (first.note, first.position, True, False)


def test_a_restored_backup_signs_nothing(tmp_path: Path) -> None:
    of = kept(tmp_path)
    backup = of.path.read_bytes()
    of.tell("late")
    of.sign()
    of.path.write_bytes(backup)

    with pytest.raises(Tampered, match="fewer than the") as fault:
        of.sign()
    assert fault.value.advice.startswith("Nothing was signed.")


def test_a_restored_backup_that_went_on_signs_nothing(tmp_path: Path) -> None:
    of = kept(tmp_path)
    backup = of.path.read_bytes()
    of.tell("late")
    of.sign()
    of.path.write_bytes(backup)
    of.tell("never late", "not at all", "ever")

    with pytest.raises(Tampered, match="the checkpoint"):
        of.sign()


def test_of_two_copies_with_one_keyring_only_one_signs(tmp_path: Path) -> None:
    of = kept(tmp_path)
    of.sign()
    fork = of.copy("fork")
    of.tell("late")
    of.sign()
    (fork.keyring.folder / "high-water").write_bytes((of.keyring.folder / "high-water").read_bytes())
    fork.tell("never late", "not at all")

    with pytest.raises(Tampered):
        fork.sign()


@pytest.mark.parametrize(("position", "tree"), [(5, True), (7, False)], ids=["signed before", "come since"])
def test_a_ledger_that_was_changed_signs_nothing(position: int, tmp_path: Path, *, tree: bool) -> None:
    of = kept(tmp_path)
    of.tell("late")
    of.sign()
    of.tell("later")
    rewrite(of.path, position, {**attributes(of.path, position), "party": "client"}, tree=tree)

    with pytest.raises(Tampered):
        of.sign()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("more", [[], ["meanwhile"]], ids=["nothing since", "something since"])
def test_killed_at_any_step_the_next_call_goes_on(step: str, more: list[str], tmp_path: Path) -> None:
    of = kept(tmp_path)
    first = of.sign().note
    of.tell("late")

    _killed_at(step, of)
    left = of.keyring.high_water or ""
    of.tell(*more)
    signed = of.sign()

    assert (signed.note == left) is (step in RAISED and not more)
    sizes = [holds(of, note) for note in (first, left, signed.note)]
    assert sizes == sorted(sizes)
    assert of.sign().note == signed.note


def test_a_note_that_is_high_water_is_the_only_one_that_left_its_size(tmp_path: Path) -> None:
    of = kept(tmp_path)
    of.tell("late")
    _killed_at(STEPS["before the note is recorded"], of)
    size = holds(of, of.keyring.high_water or "")

    again = of.sign()

    assert (again.checkpoint.size, again.note, again.new) == (size, of.keyring.high_water, True)


def test_a_key_that_was_given_tells_a_forged_ledger_from_ours(tmp_path: Path) -> None:
    of = kept(tmp_path)
    stranger = SignerKey(ORIGIN, bytes(32)).verifier

    with pytest.raises(Tampered, match="none of the keys"):
        holds(of, of.sign().note, stranger)


def test_a_ledger_cut_short_does_not_extend_what_somebody_holds(tmp_path: Path) -> None:
    of = kept(tmp_path)
    backup = of.path.read_bytes()
    of.tell("late")
    note = of.sign().note
    of.path.write_bytes(backup)

    with pytest.raises(Tampered, match="somebody holds a checkpoint of 5"):
        holds(of, note)


def test_a_ledger_rewritten_from_end_to_end_does_not_extend_what_somebody_holds(tmp_path: Path) -> None:
    of, other = kept(tmp_path), kept(tmp_path / "other")
    keys = [key.verifier for key in of.keyring.signers()]
    note = of.sign().note
    other.sign()

    with pytest.raises(Tampered, match="have root"):
        holds(other, note, *keys)


def test_every_flipped_byte_of_a_note_is_refused(tmp_path: Path) -> None:
    of = kept(tmp_path)
    raw = of.sign().note.encode()
    report = verify(of.path)
    keys = [key.verifier for key in of.keyring.signers()]
    taken = []
    with SqliteReader(of.path) as reader:
        for at in range(len(raw)):
            try:
                check_extends(reader, report.entries, report.root, _flipped(raw, at), keys)
                taken.append(at)
            except LedgerError:
                pass

    assert taken == []


def test_a_note_of_another_ledger_is_refused_even_by_a_trusted_key(tmp_path: Path) -> None:
    of = kept(tmp_path)
    of.sign()

    with pytest.raises(Tampered, match=r'not of "other\.example/z9"'):
        check_checkpoint(
            of.keyring.high_water or "", [key.verifier for key in of.keyring.signers()], "other.example/z9"
        )


def _flipped(raw: bytes, at: int) -> str:
    return (raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]).decode(errors="replace")


def _killed_at(step: str, of: Kept) -> None:
    """Sign in a process of its own that is killed when it comes to *step*."""
    module, _, name = step.partition(".")
    script = (
        "import os; from pathlib import Path\n"
        f"from ledger.keeping import {module}\n"
        f"{module}.{name} = lambda *_, **__: os.kill(os.getpid(), 9)\n"
        f"from tests.kept import Kept\n"
        f"of = Kept(Path({str(of.folder)!r})); of.clock.now = of.clock.now.replace(hour=12)\n"
        "of.sign()\n"
    )
    of.clock.now = of.clock.now.replace(hour=13)
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert ran.returncode == -9
