"""Bad input of every kind, tried through the command: what is said, the exit code, and that the ledger is as it was.

`python -m tests.errors_table` writes docs/errors.md; tests/cli/test_bad_input.py holds the page against what is said now.
"""

import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ledger.stores.locking import WriteLock
from ledger.stores.sqlite import SqliteJournal
from tests.importing import MAPPING, TABLE, Desk, at_a_desk
from tests.places import DOCS
from tests.starving import starving
from tests.transcripts import Answer

PAGE = DOCS / "errors.md"
HEAD = """# What is refused, and how it is said

Written by `python -m tests.errors_table`, which tries every line of it; a test fails when a word differs. Nothing here
leaves a trace: after each, the root of the ledger is what it was before. Exit codes: 2 the command's words, 3 refused, 4
somebody else was first, 7 the ledger cannot be reached. `⏎` stands for the end of a line.
"""

Made = Callable[[Desk], Answer]


@dataclass(frozen=True)
class Case:
    """One kind of bad input: the area it belongs to, what is bad about it, and what is done."""

    area: str
    what: str
    do: Made


def csv(content: str | bytes, options: str = "", mapping: str = MAPPING) -> Made:
    """Import a table."""
    return lambda desk: desk.csv(content, options, mapping=mapping)


def jsonl(*lines: Mapping[str, object] | str | bytes) -> Made:
    """Import lines."""
    raw = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    return lambda desk: desk.jsonl(b"\n".join(raw) + b"\n")


def run(command: str, **files: str | bytes) -> Made:
    """Run a command, with *files* written before it: `a_toml` is a.toml."""

    def do(desk: Desk) -> Answer:
        for name, content in files.items():
            desk.write(name.replace("_", "."), content)
        return desk.run(command)

    return do


def about(data: Mapping[str, object], kind: str = "milestone-agreed", **rest: object) -> Mapping[str, object]:
    """Return the line of an event of the engagement `quay`."""
    return {"type": kind, "subject": "engagement/quay", **rest, "data": data}


M2 = {"milestone_id": "M2", "due": "2027-01-31", "title": "Walls"}
HOSTILE = "\x1b[2J\u202etxt.exe<script>alert(1)</script>"


def foreign(content: bytes) -> Made:
    """Name another file as the ledger."""
    return lambda desk: desk.run(
        f"engage --ledger {desk.write('other.db', content)} import csv {desk.write('t.csv', TABLE)} --map map.toml"
    )


def another_database(desk: Desk) -> Answer:
    """Name somebody else's SQLite file as the ledger."""
    with sqlite3.connect(desk.folder / "contacts.db") as db:
        db.execute("CREATE TABLE people (name TEXT)")
    db.close()
    return desk.run("engage --ledger contacts.db status")


def truncated(desk: Desk) -> Answer:
    """Name half of the ledger as the ledger."""
    whole = desk.path.read_bytes()
    return desk.run(f"engage --ledger {desk.write('half.db', whole[: len(whole) // 3])} log")


def locked(desk: Desk) -> Answer:
    """Record while somebody else holds the lock, and does not let go."""
    patience = SqliteJournal.open.__func__.__kwdefaults__  # type: ignore[attr-defined]  # a class method is a function
    before, patience["patience"] = patience["patience"], 0.1
    try:
        with WriteLock(str(desk.path), 1.0):
            return desk.csv(TABLE)
    finally:
        patience["patience"] = before


def taken_id(desk: Desk) -> Answer:
    """Import a line under the id of another entry."""
    first = json.loads(desk.run("engage export --jsonl").out.splitlines()[0])
    return desk.jsonl(json.dumps(about({"to": []}, "status-report-sent", id=first["id"])))


def ocds(raw: str) -> Made:
    """Import a file of contracting releases."""
    return run("engage import ocds release.json", release_json=raw)


RELEASE = '{"ocid": "o", "id": "r", "date": "2010-05-10T10:00:00Z", "buyer": {"id": "b"}, "contracts": [%s]}'
RELEASES = (
    ("no JSON", "<releases/>"),
    ("none in it", "{}"),
    ("only a link to one", '{"records": [{"releases": [{"url": "https://x.example/r.json"}]}]}'),
    ("without an id", '{"ocid": "o", "date": "2010-05-10T10:00:00Z"}'),
    ("a date without its zone", '{"ocid": "o", "id": "r", "date": "2010-05-10T10:00:00"}'),
    ("a contract without an id", RELEASE % '{"title": "Bridge"}'),
    ("two contracts with one id", RELEASE % '{"id": "k"}, {"id": "k"}'),
    ("a field that stands twice", RELEASE % '{"id": "k", "dateSigned": "2010-05-01", "dateSigned": "2010-05-02"}'),
    ("NaN as an amount", RELEASE % '{"id": "k", "value": {"amount": NaN, "currency": "GBP"}}'),
    ("no buyer", RELEASE.replace("buyer", "funder") % '{"id": "k"}'),
)
"""Kinds of broken releases."""


CASES = [
    Case("Mappings", "TOML that is none", csv(TABLE, mapping="[columns\n")),
    Case("Mappings", "a key it does not know", csv(TABLE, mapping=MAPPING.replace("claimedtime", "claimed"))),
    Case("Mappings", "a column of no type", csv(TABLE, mapping=MAPPING.replace('"day"', '"date"'))),
    Case("Mappings", "a name it does not define", csv(TABLE, mapping=MAPPING.replace("{end}", "{ende}"))),
    Case("Mappings", "a file that is not there", run("engage import csv t.csv --map none.toml", t_csv=TABLE)),
    Case(
        "Mappings",
        "a file that is not UTF-8",
        run("engage import csv t.csv --map m.toml", t_csv=TABLE, m_toml=b"#\xff"),
    ),
    Case("Mappings", "none named", run("engage import csv t.csv", t_csv=TABLE)),
    Case("Tables", "a file that is not there", run("engage import csv none.csv --map m.toml", m_toml=MAPPING)),
    Case("Tables", "a folder", run("engage import csv ledger --map m.toml", m_toml=MAPPING)),
    Case("Tables", "an empty file", csv("")),
    Case("Tables", "a column that is missing", csv("project,firm,ende\nQuay,Acme,30.06.26\n")),
    Case("Tables", "a column that stands twice", csv("project,firm,end,end\nQuay,Acme,30.06.26,x\n")),
    Case("Tables", "a row with too few cells", csv(TABLE + "Mole,Acme\n")),
    Case("Tables", "a row with too many cells", csv(TABLE + "Mole,Acme,30.06.26,,\n")),
    Case("Tables", "a quote that is never closed", csv('project,firm,end\n"Quay,Acme,30.06.26\n')),
    Case("Tables", "a cell that must say something", csv(TABLE + "Mole,,30.06.26\n")),
    Case("Tables", "a name longer than a line may be", csv(TABLE + f"{'x' * 300},Acme,30.06.26\n")),
    Case(
        "Tables", "a cell over 16 MiB", csv(f"project,firm,end\n{'x' * (2**24 + 1)},Acme,30.06.26\n", "--delimiter ,")
    ),
    Case("Tables", "a name of which no alias comes", csv(TABLE + "???,Acme,30.06.26\n")),
    Case("Tables", "U+0000 in a name", csv(TABLE + "Qu\0ay,Acme,30.06.26\n")),
    Case("Dates", "prose", csv(TABLE + "Mole,Acme,Exempt under Section 43\n")),
    Case("Dates", "a day that does not exist", csv(TABLE + "Mole,Acme,31.02.26\n")),
    Case("Dates", "a century nobody knows", csv(TABLE, mapping=MAPPING.replace(", century = 2000", ""))),
    Case("Dates", "the 30th of February", jsonl(about({**M2, "due": "2027-02-30"}))),
    Case("Dates", "a time without its zone", jsonl(about(M2, occurred="2025-06-06T09:00"))),
    Case("Dates", "something that has not happened yet", jsonl(about(M2, occurred="2031-01-01"))),
    Case("Dates", "a date that is none, typed", run("engage slipped quay M1 --forecast someday")),
    Case("Encodings", "one that nobody knows", csv(TABLE, "--encoding klingon")),
    Case(
        "Encodings",
        "a file that is in another than the one given",
        csv("project,firm,end\nCaf\xe9,A,30.06.26\n".encode("latin-1"), "--encoding utf-8"),
    ),
    Case("Encodings", "JSON lines with broken UTF-8", jsonl(b'{"type": "caf\xe9"}')),
    Case("Encodings", "JSON lines in UTF-16", jsonl('{"type": "x"}'.encode("utf-16"))),
    Case(
        "Encodings",
        "half a surrogate pair",
        jsonl(
            '{"type":"milestone-agreed","subject":"engagement/quay","data":{"milestone_id":"M2","due":"2027-01-31","title":"\\ud800"}}'
        ),
    ),
    Case("Encodings", "an argument in another", run("engage chronology caf\udce9")),
    Case("Encodings", "two signs as a delimiter", csv(TABLE, "--delimiter ,,")),
    Case("JSON lines", "a file that is not there", run("engage import jsonl none.jsonl")),
    Case("JSON lines", "no JSON", jsonl("type: slip")),
    Case("JSON lines", "no object", jsonl("[1, 2]")),
    Case("JSON lines", "a key that stands twice", jsonl('{"type": "x", "type": "y", "subject": "s", "data": {}}')),
    Case("JSON lines", "a key that no event has", jsonl(about(M2, occured="2025-06-06"))),
    Case("JSON lines", "nested ten thousand deep", jsonl('{"data": ' + "[" * 10_000 + "]" * 10_000 + "}")),
    Case(
        "JSON lines",
        "nested deeper than an entry may be",
        jsonl(about({**M2, "depends_on": json.loads("[" * 140 + "]" * 140)})),
    ),
    Case("JSON lines", "a type that does not exist", jsonl(about({}, "slip-foretold"))),
    Case("JSON lines", "a field that does not exist", jsonl(about({**M2, "colour": "red"}))),
    Case("JSON lines", "a field that is missing", jsonl(about({"milestone_id": "M2"}))),
    Case("JSON lines", "a number with a fraction", jsonl(about({**M2, "effort_days": 1.5}))),
    Case("JSON lines", "null", jsonl(about({**M2, "effort_days": None}))),
    Case("JSON lines", "an id that is none", jsonl(about(M2, id="7"))),
    Case("JSON lines", "an id that is taken", taken_id),
    Case("JSON lines", "a line over 16 MiB", jsonl('{"type": "' + "x" * 2**24 + '"}')),
    Case(
        "JSON lines", "a text over its length", jsonl(about({"to": [], "summary": "x" * 20_001}, "status-report-sent"))
    ),
    Case("JSON lines", "a reference to nothing", jsonl(about({"milestone_id": "M9"}, "milestone-delivered"))),
    Case(
        "JSON lines",
        "one in a list that is none",
        jsonl(about({"polarity": "bad", "summary": "Late.", "about": ["M1"]}, "news-learned")),
    ),
    Case("JSON lines", "an engagement that is not there", jsonl({**about(M2), "subject": "engagement/qay"})),
    Case("JSON lines", "the same milestone with another date", jsonl(about({**M2, "milestone_id": "M1"}))),
    Case("Hostile text", "escapes, a turned line and HTML as a type", jsonl(about({}, HOSTILE))),
    Case("Hostile text", "the same as a date", csv(TABLE + f"Mole,Acme,{HOSTILE}\n")),
    Case("Hostile text", "the same as an argument", run(f"engage slipped '{HOSTILE}' M1 --forecast 2027-01-01")),
    Case(
        "Hostile text",
        "a formula as an alias",
        jsonl({"type": "engagement-opened", "subject": "engagement/x", "data": {"account": "acme", "alias": "=1+1"}}),
    ),
    *(Case("Contracting releases", what, ocds(raw)) for what, raw in RELEASES),
    Case("The ledger", "none there", run("engage --ledger elsewhere/ledger.db import jsonl l.jsonl", l_jsonl="{}")),
    Case("The ledger", "a database", run("engage --ledger postgresql://lead:secret@db.example/ledger status")),
    Case("The ledger", "a text file", foreign(b"Dear diary,\n" * 400)),
    Case("The ledger", "an empty file", foreign(b"")),
    Case("The ledger", "its first bytes", foreign(b"SQLite format 3\0")),
    Case("The ledger", "somebody else's database", another_database),
    Case("The ledger", "a third of it", truncated),
    Case("The ledger", "held by somebody who does not let go", locked),
    Case("The ledger", "a disk that is full", lambda desk: starving(desk, "disk")),
    Case("The ledger", "a folder that only the owner writes to", lambda desk: starving(desk, "folder")),
    Case(
        "The ledger",
        "such a folder, and tables to be made anew",
        lambda desk: starving(desk, "folder", ["projections", "rebuild"]),
    ),
    Case(
        "The ledger",
        "such a folder, and a ledger to be made in it",
        lambda desk: starving(desk, "folder", ["--ledger", "ledger/other", "init", "--zone", "Europe/London"]),
    ),
    Case("Exports", "onto a file that is there", run("engage export --jsonl t.csv", t_csv=TABLE)),
    Case("Exports", "onto the ledger", run("engage export --jsonl ledger/ledger.db --force")),
    Case("Exports", "into a folder that is not there", run("engage export --jsonl nowhere/out.jsonl")),
    Case("Exports", "onto a full disk", lambda desk: starving(desk, "answer", ["export", "--jsonl"])),
    Case("Words", "a word that is none", run("engage imprt csv t.csv")),
    Case("Words", "more money than there is", run(f"engage started quay --days 1 --value '{10**17} GBP'")),
    Case("Words", "an option that is none", run("engage import csv t.csv --mapp m.toml")),
]


def rows() -> Iterator[tuple[Case, Answer, bool]]:
    """Try every case at one desk; yield what was answered, and whether the ledger was as before."""
    with a_desk() as desk:
        before = desk.root
        for case in CASES:
            yield case, case.do(desk), desk.root == before


@contextmanager
def a_desk() -> Iterator[Desk]:
    """Sit down with a ledger that holds one engagement, `quay`, with a milestone."""
    with tempfile.TemporaryDirectory() as folder:
        desk = at_a_desk(Path(folder).resolve())
        desk.csv("project,firm,end\nQuay,Acme,30.06.26\n")
        yield desk


def said(answer: Answer) -> str:
    """Return what was said to the person, as it stands in the page."""
    text = re.sub(r"\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}\b", "…", answer.err).strip()
    return re.sub(r"\n\s*", " ⏎ ", text).replace("|", "\\|").replace("<", "&lt;")


def page() -> str:
    """Return docs/errors.md as it must be."""
    parts = [HEAD]
    for area, cases in groupby(rows(), key=lambda row: row[0].area):
        parts.append(f"\n## {area}\n\n| what | what is said | exit |\n|---|---|---|\n")
        parts += [f"| {case.what} | {said(answer)} | {answer.code} |\n" for case, answer, _ in cases]
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE.name}: {PAGE.write_text(page(), encoding='utf-8')} characters\n")
