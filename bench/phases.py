"""Where the time of a rebuild in one process goes: reading, the rows of each table, writing; beside read + orjson.loads.

python -m bench.phases             20,000 entries
python -m bench.phases --size N    N entries
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ledger_projections.log import Log
from ledger_projections.readmodel.appending import Appending
from ledger_projections.readmodel.filling import create
from ledger_projections.readmodel.kept import newer_rows
from ledger_projections.readmodel.schema import indexes, statements
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from bench.ledgers import AS_OF, make
from bench.rebuilding import read_and_parse
from ledger.stores.reading import SqliteReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger_projections.table import Row
    from ledger_projections.view import View

T = TypeVar("T")


class Phases:
    """CPU seconds by what they were spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def clocked(self, name: str, act: Callable[..., T], *args: Any) -> T:
        """Count what *act* takes under *name*."""
        started = time.process_time()
        answer = act(*args)
        self.spent[name] += time.process_time() - started
        return answer

    def rebuild(self, reader: SqliteReader, path: str) -> None:
        """Make all tables at *path*, a phase at a time."""
        tables = list(TABLES.values())
        log, projection, db = Log(reader, reader.head()), StreamTables(tables), create(path)
        writer = Appending(db)
        for statement in ("BEGIN", *statements(tables)):
            db.execute(statement)
        for head in reader.streams():
            self._rows(self.clocked("read and fold", log.view, head.stream, AS_OF), projection, writer)
        self.clocked("written", writer.flush)
        for statement in (*indexes(tables), "COMMIT"):
            self.clocked("indexed", db.execute, statement)
        db.close()

    def _rows(self, view: View, projection: StreamTables, writer: Appending) -> None:
        kind = view.stream.partition("/")[0]
        for shape in projection.shapes:
            if kind in shape.table.streams:
                rows: list[Row] = self.clocked(f"rows of {shape.table.name}", list, shape.table.rows(view))
                self.clocked("written", writer.rows, shape, self.clocked("kept", newer_rows, shape, view, rows))


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=20_000)
    size, phases = parser.parse_args().size, Phases()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder) / "ledger.db"
        make(path, size)
        with SqliteReader(path) as reader:
            phases.clocked("read + parse", read_and_parse, reader)
            phases.rebuild(reader, str(Path(folder) / "tables.db"))
    floor = phases.spent["read + parse"]
    for name, seconds in sorted(phases.spent.items(), key=lambda item: -item[1]):
        print(f"{name:>28} {seconds / size * 1e6:8.2f} us an entry {seconds / floor:8.2f} of read + parse")


if __name__ == "__main__":
    main()
