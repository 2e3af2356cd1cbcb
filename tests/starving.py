"""The command in a process of its own that may write no more, or not where the ledger is."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.importing import MAPPING, TABLE, Desk
from tests.places import ROOT
from tests.transcripts import HOME, Answer

ROOTS = [str(ROOT / name) for name in ("", "src", "projections", "cli")]
DROP_CAPABILITY, OVERRIDE = 24, 1
ROOM = 40_000
"""Bytes that a file may have: enough to read the ledger with, too few to write to it."""
SURROUNDINGS = {"PATH": "", "ENGAGE_LEDGER": "ledger", "PYTHONDONTWRITEBYTECODE": "1"}
IMPORT = ("import", "csv", "table.csv", "--map", "map.toml")
COMMAND = [sys.executable, "-c", "from ledger_cli.main import run; run()"]


def starving(desk: Desk, of: str, words: Sequence[str] = IMPORT) -> Answer:
    """Import a table, or do what *words* say, without room on the *disk* or for the *answer*, or right to the *folder*."""
    desk.write("map.toml", MAPPING)
    desk.write("table.csv", TABLE + "".join(f"Quay {number},Acme,30.06.26\n" for number in range(400)))
    with _shut(desk) if of == "folder" else nullcontext(), Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=desk.folder,
            env=environment(desk),
            stdout=full if of == "answer" else subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
            preexec_fn={"disk": _no_room, "folder": _as_anybody}.get(of),
        )
    out, err = (str(text or "").replace(str(desk.folder), HOME) for text in (done.stdout, done.stderr))
    return Answer(out, err, done.returncode)


def environment(desk: Desk) -> dict[str, str]:
    """Return the variables that a process at *desk* is given, and no others."""
    return {**SURROUNDINGS, "HOME": str(desk.folder), "PYTHONPATH": os.pathsep.join(ROOTS)}


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def _as_anybody() -> None:
    """Take from root, if it is root, the right to write where the modes forbid it (prctl(2), capabilities(7))."""
    ctypes.CDLL(None).prctl(DROP_CAPABILITY, OVERRIDE, 0, 0, 0)


@contextmanager
def _shut(desk: Desk) -> Iterator[None]:
    """Let the ledger and its folder be read and not written."""
    folder = desk.path.parent
    modes = {path: path.stat().st_mode & 0o7777 for path in (*folder.iterdir(), folder)}
    for path in modes:
        path.chmod(0o555 if path == folder else 0o444)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
