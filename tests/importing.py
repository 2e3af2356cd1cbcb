"""What the tests of imports share: a ledger at a terminal, the least mapping, and what stands in the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.entry import decode
from ledger.facts import read_fact
from ledger.journal import Reader
from ledger.stores.reading import SqliteReader
from ledger.values import Position
from tests.transcripts import Answer, Terminal

MAPPING = """
[says]
occurred = "2024-09-30"
claimedtime = "2024-09-30"

[columns]
name = "project"
firm = "firm"
end = { column = "end", type = "day", formats = ["%d.%m.%y", "%Y-%m-%d"], century = 2000 }

[account]
alias = "{firm|slug}"
name = "{firm}"

[engagement]
alias = "{name|slug}"
title = "{name}"

[stated.milestone]
id = "M1"
due = "{end}"
title = "Project end"
"""
TABLE = "project,firm,end\nHarbour,Acme,30.06.26\nQuay,Acme,31.12.40\n"


class Desk(Terminal):
    """A terminal with a ledger, and files to import."""

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file, and return its name."""
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def csv(self, content: str | bytes, options: str = "", *, mapping: str = MAPPING) -> Answer:
        """Import a table."""
        self.write("map.toml", mapping)
        return self.run(f"engage import csv {self.write('table.csv', content)} --map map.toml {options}")

    def jsonl(self, content: str | bytes, options: str = "") -> Answer:
        """Import JSON lines."""
        return self.run(f"engage import jsonl {self.write('lines.jsonl', content)} {options}")

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger" / "ledger.db"

    @contextmanager
    def reading(self) -> Iterator[SqliteReader]:
        """Open the ledger to read it."""
        with SqliteReader(self.path) as reader:
            yield reader

    @property
    def root(self) -> str:
        """The size and the root of the ledger."""
        with self.reading() as reader:
            return f"{reader.head()} {reader.root().hex()}"

    def said(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the types and the data of all entries about engagements and accounts."""
        with self.reading() as reader:
            return [(kind, data) for kind, subject, data in entries(reader) if subject != "practice"]


def at_a_desk(folder: Path) -> Desk:
    """Sit down at a terminal with a fresh ledger."""
    desk = Desk(folder)
    desk.at("2026-11-20T09:00")
    assert desk.run("engage init --zone Europe/London").code == 0
    return desk


def entries(reader: Reader) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the type, the subject and the data of every entry."""
    for stored in reader.since(Position(0), 1_000_000):
        texts = reader.disclosures([stored.position]).get(stored.position, ())
        fact = read_fact(decode(*stored), texts)
        yield fact.event.short_name, fact.entry.stream, fact.event.data
