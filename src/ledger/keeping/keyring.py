"""Where the private keys of a ledger are, and the last checkpoint they signed: a folder of this machine, never the ledger's.

    keys/ledger.example_engagements_q3r7/c74f20a3.key     PRIVATE+KEY+…, readable by its owner alone
    keys/ledger.example_engagements_q3r7/high-water       the note that was signed last

Whoever restores or copies a ledger takes neither along: what was signed once is not signed otherwise again (design 2.4).
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING

from ledger.errors import Duplicate, Refused, Unreachable
from ledger.keys import SignerKey, parse_signer

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE = 0o600
_FOLDER = 0o700


class Keyring:
    """The keys of the ledger *origin* that are in *folder*, which need not be there yet."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.origin = origin
        self.folder = folder / origin.replace("/", "_")  # an origin has no underscore, and no other sign to fear

    def signers(self) -> list[SignerKey]:
        """Return the private keys, by their ids."""
        with self._explained("read"):
            return [_read(path) for path in sorted(self.folder.glob("*.key"))]

    def add(self, key: SignerKey) -> Path:
        """Write *key* to a file of its own; refuse to write over one."""
        path = self.path_of(key.verifier.key_id.hex())
        with self._explained("write to"):
            self.folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            try:
                _write_new(path, f"{key.written()}\n")
            except FileExistsError as error:
                raise Duplicate(f'"{path}" is there already, and is not written over.') from error
        return path

    def remove(self, key_id: str) -> bool:
        """Delete the private key with this id; return whether it was there."""
        path = self.path_of(key_id)
        with self._explained("write to"):
            there = path.exists()
            path.unlink(missing_ok=True)
        return there

    def path_of(self, key_id: str) -> Path:
        """Return where the private key with this id is."""
        return self.folder / f"{key_id}.key"

    @property
    def high_water(self) -> str | None:
        """The note that was signed last; None before the first."""
        with self._explained("read"):
            path = self.folder / "high-water"
            return path.read_text(encoding="utf-8") if path.exists() else None

    def raise_to(self, note: str) -> None:
        """Keep *note* as the one that was signed last: it is on the disk when this returns."""
        with self._explained("write to"):
            draft = self.folder / "high-water.new"
            draft.unlink(missing_ok=True)  # of a process that was killed in the middle
            _write_new(draft, note)
            os.replace(draft, self.folder / "high-water")
            _sync(self.folder)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from signing and from changing keys meanwhile."""
        with self._explained("write to"):
            self.folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            file = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

    @contextmanager
    def _explained(self, act: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unreachable(
                f'Cannot {act} the keys in "{self.folder}": {error.strerror}.',
                advice="Check the folder and its rights.",
            ) from error


def _read(path: Path) -> SignerKey:
    mode = S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise Refused(f'"{path}" can be read by others than its owner ({mode:o}).', advice=f'chmod 600 "{path}"')
    return parse_signer(path.read_text(encoding="utf-8", errors="replace").removesuffix("\n"))


def _write_new(path: Path, content: str) -> None:
    """Write a file that appears whole, or not at all, and never over another."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
        with os.fdopen(file, "w", encoding="utf-8", newline="\n") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Wait until the names in *folder* are on the disk."""
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
