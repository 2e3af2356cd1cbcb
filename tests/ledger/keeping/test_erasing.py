"""A text that is erased is gone from every file of the ledger, with its corrections; all else stays and verifies."""

from __future__ import annotations

import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import start
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from ledger.audit import verify
from ledger.canonical import JSON
from ledger.disclosures import digest, protect
from ledger.drafts import Draft
from ledger.entry import LARGEST_ENTRY, decode
from ledger.errors import Unknown, Unreachable
from ledger.events import DisclosuresErased
from ledger.keeping.erasing import MOST, Cleansed, Target, cleanse, erase, shown_to, targets
from ledger.names import PRACTICE
from ledger.stores.erasing import fold_log, found_in, same_words
from ledger.stores.reading import SqliteReader
from ledger.values import Position
from tests.cutting import built, everything, opened
from tests.kept import Kept, kept
from tests.meddling import found, meddling

NEWS, OTHER = Position(4), Position(5)
WORDS = "The vendor's man was drunk, as everybody at the quay could see."
LATER = "2025-06-07T08:00:00.000000Z"
ALL = list(TABLES.values())


def story(folder: Path) -> Kept:
    """Return a ledger with a piece of news at #4, which is put otherwise at #5."""
    of = kept(folder, key=False)
    of.tell(WORDS)
    with of.open() as ledger:
        stored = ledger.facts("engagement/quay")[-1].entry
        changes: JSON = [{"path": "data.summary", "before": f'"{WORDS}"', "after": '"He was ill."'}]
        data: dict[str, JSON] = {"entry": stored.id, "kind": "amend", "text_changes": changes, "reason": "kinder"}
        ledger.record(Draft("entry-corrected", "engagement/quay", data))
    return of


def texts(of: Kept, *fields: str, at: Sequence[Position] = (NEWS,)) -> list[Target]:
    with SqliteReader(of.path) as reader:
        return targets(reader, at, fields or ("summary",))


def erased(of: Kept, *fields: str, at: Sequence[Position] = (NEWS,)) -> list[Target]:
    """Erase texts; return what they were."""
    gone = texts(of, *fields, at=at)
    with of.open() as ledger:
        erase(ledger, gone, "request", "he asked")
    return gone


def held(of: Kept, windows: Sequence[Target]) -> list[str]:
    """Return the files of the ledger that hold 24 bytes of a text anywhere, aligned to nothing."""
    files = [path for path in of.path.parent.rglob("*") if path.is_file()]
    parts = {each.disclosure[at : at + 24] for each in windows for at in range(len(each.disclosure) - 23)}
    return [path.name for path in files if any(part in path.read_bytes() for part in parts)]


def test_a_text_goes_with_its_corrections(tmp_path: Path) -> None:
    assert [(each.position, each.field) for each in texts(story(tmp_path))] == [(4, "summary"), (5, "text_changes")]


def test_all_means_every_text_of_the_entry(tmp_path: Path) -> None:
    of = story(tmp_path)

    assert [each.field for each in texts(of, "all", at=[OTHER])] == ["reason", "text_changes"]


def test_what_no_type_has_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match='No text "colour"'):
        texts(story(tmp_path), "colour")


def test_a_text_is_gone_from_every_file_and_what_says_so_is_there(tmp_path: Path) -> None:
    of = story(tmp_path)
    before = held(of, texts(of))

    gone = erased(of)
    cleanse(str(of.path), [], [each.disclosure for each in gone])

    assert (before, held(of, gone)) == (["ledger.db"], [])
    with of.open() as ledger:
        (fact,) = ledger.names.practice.erasures
        assert fact.event.erased == [{"entry": e.entry, "field": e.field, "digest": e.digest} for e in gone]
        assert (fact.event.ground, fact.event.reason) == ("request", "he asked")


def test_what_was_erased_verifies_and_extends_what_was_signed_before(tmp_path: Path) -> None:
    of = story(tmp_path)
    root = verify(of.path).root

    gone = erased(of)

    report = verify(of.path)
    assert (report.entries, report.erased) == (6, len(gone))
    assert verify(of.path, after=5, trusted=root).erased == 0


def test_a_text_that_went_without_a_word_does_not_verify(tmp_path: Path) -> None:
    of = story(tmp_path)
    with meddling(of.path) as db:
        db.execute("DELETE FROM disclosures WHERE key >> 6 = 4")

    assert found(of.path) == (4, "digest 1 of 4 has neither its disclosure nor an erasure")


def test_an_erasure_lets_no_other_text_go(tmp_path: Path) -> None:
    of = story(tmp_path)
    erased(of)
    with meddling(of.path) as db:
        db.execute("DELETE FROM disclosures WHERE key >> 6 = 4")

    assert found(of.path)[0] == 4


def test_an_erasure_of_another_entry_is_no_licence(tmp_path: Path) -> None:
    of = story(tmp_path)
    (summary, _), (reason, *_) = texts(of), texts(of, "reason", at=[OTHER])
    with of.open() as ledger:
        erase(ledger, [summary._replace(entry=reason.entry)], "request", None)

    assert found(of.path)[0] == 4


def test_a_text_that_is_there_again_does_not_verify(tmp_path: Path) -> None:
    of = story(tmp_path)
    with closing(sqlite3.connect(of.path)) as db:
        rows = db.execute("SELECT key, disclosure FROM disclosures WHERE key >> 6 = 4").fetchall()
    gone = {each.digest for each in erased(of)}
    with meddling(of.path) as db:
        db.executemany("INSERT INTO disclosures VALUES (?, ?)", [row for row in rows if digest(row[1]) in gone])

    assert found(of.path) == (4, "one of its texts was erased, and is there again")


def test_erased_tables_that_caught_up_are_those_made_anew(tmp_path: Path) -> None:
    of = story(tmp_path)
    db, projection = opened(), StreamTables(ALL)
    with SqliteReader(of.path) as reader:
        start(db, reader, ALL, LATER)
        refresh(db, reader, projection, LATER)
    erased(of)
    of.tell("latest")

    with SqliteReader(of.path) as reader:
        refresh(db, reader, projection, LATER)
        rows = everything(db, ALL)
        assert rows == built(reader, ALL, LATER)
    assert "drunk" not in repr(rows)


def test_a_process_that_dies_in_between_erased_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = story(tmp_path)
    gone = texts(of)
    monkeypatch.setattr("ledger.stores.erasing.erase", _dies)

    with of.open() as ledger, pytest.raises(KeyboardInterrupt):
        erase(ledger, gone, "request", None)

    assert (texts(of), verify(of.path).entries) == (gone, 5)


def test_many_texts_are_said_in_several_entries_that_fit(tmp_path: Path) -> None:
    of = kept(tmp_path, key=False)
    positions = [Position(at) for at in of.tell(*[f"news {n}" for n in range(MOST + 30)])]

    erased(of, at=positions)

    with SqliteReader(of.path) as reader:
        raw = [stored.raw for stored in reader.read(PRACTICE) if DisclosuresErased.stored_name.encode() in stored.raw]
    assert [entry.count(b'"digest"') for entry in raw] == [MOST, 30]
    assert LARGEST_ENTRY * 0.6 < len(raw[0]) < LARGEST_ENTRY * 0.95
    assert verify(of.path).erased == MOST + 30


def test_as_long_as_somebody_reads_what_was_there_it_is_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = story(tmp_path)
    monkeypatch.setattr("ledger.keeping.erasing.fold_log", _impatient)
    with closing(sqlite3.connect(of.path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM disclosures").fetchall()
        gone = erased(of)

        with pytest.raises(Unreachable, match="not yet from the log beside it"):
            cleanse(str(of.path), [], [each.disclosure for each in gone])
        left = held(of, gone)
        reading.execute("COMMIT")

    assert left != []
    assert cleanse(str(of.path), [], [each.disclosure for each in gone]).left == []
    assert held(of, gone) == []


def test_what_a_page_left_behind_is_found_and_the_file_written_anew(tmp_path: Path) -> None:
    of = story(tmp_path)
    gone = texts(of)
    with closing(sqlite3.connect(of.path, isolation_level=None)) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("CREATE TABLE copy (text BLOB)")
        careless.executemany("INSERT INTO copy VALUES (?)", [(each.disclosure * 9,) for each in gone * 50])
        careless.execute("DROP TABLE copy")
    erased(of)
    with closing(sqlite3.connect(of.path, isolation_level=None)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = held(of, gone)

    answer = cleanse(str(of.path), [], [each.disclosure for each in gone])

    assert (left, answer) == (["ledger.db"], Cleansed(vacuumed=True, left=[], said_elsewhere=[]))
    assert held(of, gone) == []
    assert verify(of.path).entries == 6


def test_the_same_words_said_elsewhere_are_named_and_stay(tmp_path: Path) -> None:
    of = kept(tmp_path, key=False)
    of.tell(WORDS, WORDS)
    gone = erased(of)

    answer = cleanse(str(of.path), [], [each.disclosure for each in gone])

    assert (answer.left, answer.said_elsewhere) == ([], [5])
    assert [each.value for each in texts(of, at=[OTHER])] == [WORDS]


def test_a_file_beside_the_ledger_that_holds_it_is_named(tmp_path: Path) -> None:
    of = story(tmp_path)
    gone = texts(of)
    beside = of.path.with_name("projections.db")
    beside.write_bytes(b"x" * 5_000 + gone[0].disclosure[20:80] + b"y" * 5_000)
    erased(of)

    assert cleanse(str(of.path), [str(beside)], [each.disclosure for each in gone]).left == [str(beside)]


def test_of_any_47_bytes_of_a_text_one_window_is_found(tmp_path: Path) -> None:
    (disclosure,) = protect({"summary": WORDS}, 1, bytes)[1]
    file = tmp_path / "left"
    missed = []
    for at in range(len(disclosure) - 47):
        file.write_bytes(b"\0" * at + disclosure[at : at + 47] + b"\0" * 9)
        missed += [] if found_in([str(file)], [disclosure]) else [at]

    assert missed == []


def test_what_was_shown_to_others_is_named(tmp_path: Path) -> None:
    of = story(tmp_path)
    gone = texts(of)
    shown: dict[str, JSON] = {"size": 1, "root": "A" * 43 + "=", "withheld": 0}
    others: dict[str, dict[str, JSON]] = {
        "proof": {"entries": [gone[0].entry]},
        "report": {},
        "bundle": {"stream": "engagement/elsewhere"},
    }
    with of.open() as ledger:
        for form, about in others.items():
            ledger.record(Draft("evidence-issued", PRACTICE, {"form": form, **shown, **about, "to": "counsel"}))

        assert [fact.event.form for fact in shown_to(ledger.names.practice, gone)] == ["proof", "report"]


def test_no_command_shows_what_was_erased(tmp_path: Path) -> None:
    of = story(tmp_path)
    gone = erased(of)
    with SqliteReader(of.path) as reader:
        said = b"".join(text for some in reader.disclosures(map(Position, range(1, 10))).values() for text in some)

    assert urlsafe_b64encode(b"drunk, as everybody at")[4:20] not in said
    with closing(sqlite3.connect(of.path)) as db:
        assert same_words(db, [each.disclosure for each in gone]) == []


def test_a_repeat_of_what_was_erased_is_answered_with_the_first_entry(tmp_path: Path) -> None:
    of = story(tmp_path)
    erased(of)
    with SqliteReader(of.path) as reader:
        stored = reader.at(NEWS)
        entry_id = decode(*stored).id if stored else ""
    draft = Draft(
        "news-learned",
        "engagement/quay",
        {"polarity": "bad", "severity": 3, "summary": WORDS},
        aware="2025-06-06T08:00:00.000000Z",
        id=entry_id,
    )

    with of.open() as ledger:
        (receipt,) = ledger.record(draft)

    assert (receipt.position, receipt.new) == (4, False)


def _dies(*_: object) -> int:
    raise KeyboardInterrupt


def _impatient(path: str) -> None:
    fold_log(path, patience=0.05)
