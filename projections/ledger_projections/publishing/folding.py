"""The rows of a publication made of the ledger: every stream folded once, by a process of its own if there are many.

What a fold holds is let go with its process, before any format is written. Whatever becomes of that process, this one
makes the rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ledger.replay import Replay
from ledger.stores.reading import SqliteReader
from ledger.values import Position
from ledger.values.named import NamedTuple
from ledger_projections.log import Log
from ledger_projections.processes import command_of, places
from ledger_projections.publishing.over_all import append_over_all
from ledger_projections.publishing.sheet import sheets_of
from ledger_projections.readmodel.filling import append, create
from ledger_projections.readmodel.runner import transaction
from ledger_projections.readmodel.schema import INTERNAL
from ledger_projections.readmodel.schema import create as created
from ledger_projections.readmodel.sharing import append_shared, can_share, is_found_again
from ledger_projections.replaying.snapshot import Replayed
from ledger_projections.reports.excerpt import Excerpt
from ledger_projections.reports.withheld import Withheld
from ledger_projections.tables import READABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable

    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Table

    Made = Callable[[int], None]


class Times(NamedTuple):
    """When the tables are evaluated at, when they were built, and as known when."""

    as_of: str
    built_at: str
    as_known_on: str | None = None


def fold(path: str, excerpt: Excerpt, tables: Collection[Table], times: Times, made: Made) -> None:
    """Make the rows of *tables* in a new file at *path*."""
    if not is_found_again(excerpt.beneath, tables) or not _apart(path, excerpt, tables, times, made):
        Path(path).unlink(missing_ok=True)  # what another process may have begun
        fold_here(path, excerpt, tables, times, made)


def fold_here(path: str, excerpt: Excerpt, tables: Collection[Table], times: Times, made: Made) -> None:
    """Make them in this process; the streams of a large ledger that is shown whole, in two."""
    whole = times.as_known_on is None and not excerpt.withheld and excerpt.head() == excerpt.beneath.head()
    with closing(create(path)) as db, transaction(db):
        create_in(db, sheets_of(tables), INTERNAL)
        if whole and can_share(excerpt.beneath, tables):
            reader = cast("SqliteReader", excerpt.beneath)
            append_shared(db, reader, tables, times.as_of, f"{path}-half", excerpt.head(), made)
        else:
            append(db, log_of(excerpt, times), tables, times.as_of, excerpt.streams(), made)
        append_over_all(db, tables, times.as_of)


def create_in(db: sqlite3.Connection, sheets: Iterable[Sheet], statements: Iterable[str] = ()) -> None:
    """Create the tables of *sheets* in *db*, behind what other *statements* create."""
    for statement in (*statements, *(created(sheet.name, sheet.columns) for sheet in sheets)):
        db.execute(statement)


def log_of(excerpt: Excerpt, times: Times) -> Log:
    """Return the log of what is shown, as it was known then."""
    return Replayed(excerpt, Replay(times.as_known_on)) if times.as_known_on else Log(excerpt, excerpt.head())


def _apart(path: str, excerpt: Excerpt, tables: Collection[Table], times: Times, made: Made) -> bool:
    """Let another process make them; return whether it did."""
    task = {
        "ledger": cast("SqliteReader", excerpt.beneath).path,
        "path": path,
        "last": excerpt.head(),
        "withheld": excerpt.withheld,
        "names": [table.name for table in tables],
        "times": times,
    }
    command = command_of("ledger_projections.publishing.folding")
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, env=places(), stdin=pipe, stdout=pipe, stderr=nowhere, text=True)  # noqa: S603 -- our own module
    except OSError:
        return False
    with process:
        try:
            process.stdin.write(json.dumps(task))  # type: ignore[union-attr]  # both are pipes
            process.stdin.close()  # type: ignore[union-attr]
            for done in process.stdout:  # type: ignore[union-attr]
                made(int(done))
        except OSError:
            return False
        except BaseException:
            process.kill()
            raise
    return process.returncode == 0


def main() -> None:
    """Do the task that standard input says, as long as whoever asked for it listens to how far it is."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is interrupted too, and ends this
    task = json.load(sys.stdin)
    with SqliteReader(task["ledger"]) as reader:
        withheld = [Withheld(*each) for each in task["withheld"]]
        excerpt = Excerpt(reader, Position(task["last"]), withheld)
        tables = [READABLE[name] for name in task["names"]]
        fold_here(task["path"], excerpt, tables, Times(*task["times"]), _tell)


def _tell(done: int) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
