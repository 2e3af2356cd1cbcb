"""Pages of many engagements made in two processes: the second makes those of the later half, in a folder of its own.

A page is a function of the ledger and of what is asked, so it does not matter who makes it. Whatever the second leaves out,
because it was stopped or never began, the first makes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ledger_projections.processes import can_begin, command_of, cores, places
from ledger_projections.reports import Asked

from ledger.stores.reading import SqliteReader
from ledger.values import Stream
from ledger_cli.picturing.making import Made, made_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.journal import Reader

WORTH_A_PROCESS = 6
"""Pages below which a second process takes longer to begin than it saves."""


def each_made(reader: Reader, asked: Asked, streams: Sequence[Stream]) -> Iterator[Made]:
    """Yield what is made of each of *streams*, in their order."""
    scratch = _scratch() if isinstance(reader, SqliteReader) and _is_shared(streams) else None
    if scratch is None or not isinstance(reader, SqliteReader):
        yield from (made_of(reader, asked, stream) for stream in streams)
        return
    mine, theirs = streams[: (len(streams) + 1) // 2], streams[(len(streams) + 1) // 2 :]
    with scratch as name:
        folder = Path(name)
        with _beside(folder, {"ledger": reader.path, "asked": asked.written(), "streams": theirs}) as wait:
            yield from (made_of(reader, asked, stream) for stream in mine)
            wait()
        for number, stream in enumerate(theirs):
            path = folder / str(number)
            yield Made.read(json.loads(path.read_bytes())) if path.exists() else made_of(reader, asked, stream)


def make_elsewhere(folder: Path, ledger: str, asked: dict[str, Any], streams: Sequence[str], parent: int) -> None:
    """Make the pages of *streams* of *ledger* into *folder*, each whole, as long as the process *parent* lives."""
    with SqliteReader(ledger) as reader:
        for number, name in enumerate(streams):
            stream = Stream(name)
            made = made_of(reader, Asked.read({**asked, "engagement": stream.partition("/")[2]}), stream)
            part = folder / f"{number}.part"
            part.write_text(json.dumps(made.written()), encoding="utf-8")
            part.replace(folder / str(number))
            if os.getppid() != parent:
                return


def _is_shared(streams: Sequence[Stream]) -> bool:
    return cores() > 1 and len(streams) >= WORTH_A_PROCESS and can_begin()


def _scratch() -> TemporaryDirectory[str] | None:
    """Return a folder for what the second makes; None where there is no room for one."""
    try:
        return TemporaryDirectory(prefix="engage-pages-")
    except OSError:
        return None


@contextmanager
def _beside(folder: Path, task: Mapping[str, Any]) -> Iterator[Callable[[], object]]:
    """Do *task* in another process meanwhile; give the function that waits for its end."""
    path, said = folder / "task", json.dumps({**task, "parent": os.getpid()})
    command = command_of("ledger_cli.picturing.apart", str(path))
    nowhere = subprocess.DEVNULL
    try:
        path.write_text(said, encoding="utf-8")
        process = subprocess.Popen(command, env=places(), stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603 -- our own module
    except OSError:
        yield lambda: None
        return
    try:
        yield process.wait
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Do the task that stands in the file that the arguments name."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is interrupted too, and ends this
    task = Path(sys.argv[1])
    make_elsewhere(task.parent, **json.loads(task.read_bytes()))


if __name__ == "__main__":
    main()
