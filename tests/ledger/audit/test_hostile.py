"""Garbage where an entry should be: named in words, never a traceback."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ledger import canonical
from ledger.audit import verify
from ledger.disclosures import protect
from ledger.errors import LedgerError, Tampered, Unreachable
from ledger.merkle import leaf_hash
from tests.every_event import EVERY
from tests.meddling import attributes, copy, found, meddling, rewrite

SLIP = 12

BYTES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "no entry: Not JSON"),
    "no text": (b"\xff\xfe\x00", "no entry: Not JSON"),
    "a list": (b"[]", "no entry: Not a JSON object"),
    "an empty object": (b"{}", "no entry: The attribute recordedtime"),
    "space": (b'{ "a":1}', "no entry: Not canonical JSON"),
    "a number": (b'{"a":1.5}', "no entry: a is 1.5, a float"),
    "deep": (b'{"a":' * 500 + b"1" + b"}" * 500, "no entry: "),
    "too long": (b'{"a":"' + b"x" * 70_000 + b'"}', "no entry: 70,008 bytes"),
}


@pytest.mark.parametrize(("raw", "said"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_entry_are_named_though_the_tree_holds_them(raw: bytes, said: str, tmp_path: Path) -> None:
    path = copy(tmp_path)
    rewrite(path, SLIP, raw, tree=True)

    assert found(path)[0] == SLIP
    assert said in found(path)[1]


DATA: dict[str, tuple[Mapping[str, Any], str]] = {
    "another form": ({"forecast": "18 July"}, "forecast"),
    "a field too many": ({"mood": "bad"}, "mood"),
    "an instant of another zone": (
        {"forecast": "2025-06-06T09:00:00+01:00"},
        "forecast of its data is not in the form",
    ),
    "a text in the bytes": ({"why": "vendor"}, "its data holds why, which is kept outside the bytes"),
    "a cause that ends first": (
        {"causes": [{"party": "client", "from_on": "2025-06-05", "to_on": "2025-06-01"}]},
        "before it begins",
    ),
    "no digests": ({"_sd": []}, "data._sd has 0 digests; slip-foreseen has 3 erasable fields"),
    "digests of no list": ({"_sd": "x"}, "lacks the list _sd"),
    "digests of numbers": ({"_sd": [1, 2, 3]}, "lacks the list _sd"),
    "digests out of order": ({"_sd": ["c", "b", "a"]}, "doubled or out of order"),
    "digests doubled": ({"_sd": ["a", "a", "b"]}, "doubled or out of order"),
}


@pytest.mark.parametrize(("change", "said"), DATA.values(), ids=DATA)
def test_data_that_no_writer_writes_is_named_though_the_tree_holds_it(
    change: Mapping[str, Any], said: str, tmp_path: Path
) -> None:
    path = copy(tmp_path)
    entry = attributes(path, SLIP)
    rewrite(path, SLIP, {**entry, "data": {**entry["data"], **change}}, tree=True)

    assert found(path)[0] == SLIP
    assert said in found(path)[1]


def test_a_default_that_is_left_out_is_named(tmp_path: Path) -> None:
    path = copy(tmp_path)
    entry = attributes(path, SLIP)
    rewrite(path, SLIP, {**entry, "data": {k: v for k, v in entry["data"].items() if k != "causes"}}, tree=True)

    assert found(path) == (SLIP, "its data lacks causes, which is always written")


def test_an_unknown_type_is_named_as_such(tmp_path: Path) -> None:
    path = copy(tmp_path)
    rewrite(path, SLIP, {**attributes(path, SLIP), "type": "engagement.moon-landed.v3"}, tree=True)
    with meddling(path) as db:
        db.execute("UPDATE entries SET type = 'engagement.moon-landed.v3' WHERE position = ?", (SLIP,))

    said = 'its type "engagement.moon-landed.v3" is unknown to this program; a newer engagement-ledger may know it'
    assert found(path) == (SLIP, said)


TEXTS: dict[str, tuple[Mapping[str, Any], str]] = {
    "a field of another type": ({"title": "x"}, "a disclosure names title, which is no erasable field"),
    "a plain field": ({"forecast": "2025-07-18"}, "a disclosure names forecast"),
    "of another form": ({"why": " "}, "its data is not that of its type"),
    "no text at all": ({"why": 7}, "its data is not that of its type"),
}


@pytest.mark.parametrize(("texts", "said"), TEXTS.values(), ids=TEXTS)
def test_texts_that_no_writer_writes_are_named_though_all_digests_agree(
    texts: Mapping[str, Any], said: str, tmp_path: Path
) -> None:
    path = copy(tmp_path)
    digests, disclosures = protect(texts, 3, lambda size: next(_SALTS)[:size])
    _disclose(path, digests, list(disclosures))

    assert found(path)[0] == SLIP
    assert said in found(path)[1]


def test_a_disclosure_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    from ledger.disclosures import digest

    path = copy(tmp_path)
    texts = sorted([b"WyJ4Il0", b"***", b"eyJhIjoxfQ"], key=digest)
    _disclose(path, [digest(text) for text in texts], texts)

    assert found(path)[0] == SLIP
    assert "cannot be read" in found(path)[1]


WRONG_TYPES = {
    "a number for bytes": "UPDATE entries SET entry = 7 WHERE position = 12",
    "text for bytes": "UPDATE entries SET entry = CAST(entry AS TEXT) WHERE position = 12",
    "text that is none": "UPDATE entries SET stream = CAST(x'ff' AS TEXT) WHERE position = 12",
    "bytes for a stream": "UPDATE entries SET stream = x'00' WHERE position = 12",
    "a float for a version": "UPDATE entries SET version = version + 0.5 WHERE position = 12",
    "text for a version": "UPDATE entries SET version = 'six' WHERE position = 12",
    "text for previous": "UPDATE entries SET previous = 'six' WHERE position = 12",
    "a number for recorded": "UPDATE entries SET recorded = 7 WHERE position = 12",
    "text for a leaf": "UPDATE entries SET leaf_hash = 'x' WHERE position = 12",
    "a number for a disclosure": "UPDATE disclosures SET disclosure = 7 WHERE key = 12 << 6",
    "text for a disclosure": "UPDATE disclosures SET disclosure = CAST(disclosure AS TEXT) WHERE key = 12 << 6",
    "text for a position": "UPDATE sourcekeys SET position = 'x' WHERE position = 12",
    "text for a head": "UPDATE streams SET version = 'x' WHERE stream LIKE 'engagement/%'",
    "a number for a setting": "UPDATE ledger SET value = 7 WHERE key = 'created'",
}


@pytest.mark.parametrize("sql", WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_values_of_a_wrong_type_are_named_though_the_schema_says_strict(sql: str, tmp_path: Path) -> None:
    path = copy(tmp_path)
    _meddle_with_types(path, sql)

    with pytest.raises(Tampered, match=r"Does not verify") as refusal:
        verify(path)

    assert refusal.value.position in {SLIP, len(EVERY), 0}


@pytest.mark.parametrize("page", range(2, 22, 2))
def test_a_damaged_page_is_told_in_words(page: int, tmp_path: Path) -> None:
    path = copy(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * 4096 : page * 4096] = b"\xa5" * min(4096, len(raw) - (page - 1) * 4096)
    path.write_bytes(raw)

    with pytest.raises((Tampered, Unreachable)):
        verify(path)


@pytest.mark.parametrize("size", [0, 50, 100, 4_096, 20_000])
def test_a_truncated_file_is_told_in_words(size: int, tmp_path: Path) -> None:
    path = copy(tmp_path)
    path.write_bytes(path.read_bytes()[:size])

    with pytest.raises(LedgerError):
        verify(path)


_SALTS = iter([bytes([n]) * 16 for n in range(1, 200)])


def _disclose(path: Path, digests: list[str], texts: list[bytes]) -> None:
    """Put other texts to the slip, with the digests, the leaf and the tree to match."""
    entry = attributes(path, SLIP)
    raw = canonical.encode({**entry, "data": {**entry["data"], "_sd": digests}})
    with meddling(path) as db:
        values = (raw, leaf_hash(raw), SLIP)
        db.execute("UPDATE entries SET entry = ?, leaf_hash = ? WHERE position = ?", values)
        for ordinal, text in enumerate(texts):
            db.execute("UPDATE disclosures SET disclosure = ? WHERE key = ?", (text, SLIP << 6 | ordinal))


def _meddle_with_types(path: Path, sql: str) -> None:
    """Run *sql* on tables that are not STRICT, then say again that they are."""
    db = sqlite3.connect(path)
    before = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql LIKE '%STRICT%'").fetchall()
    db.execute("PRAGMA writable_schema = ON")
    for name, made in before:
        loose = made.replace("STRICT, WITHOUT", "WITHOUT").replace(" STRICT", "")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose.replace("INTEGER NOT", "ANY NOT"), name))
    db.commit()
    db.close()
    with meddling(path) as again:
        again.execute(sql)
    db = sqlite3.connect(path)
    db.execute("PRAGMA writable_schema = ON")
    db.executemany("UPDATE sqlite_schema SET sql = ? WHERE name = ?", [(made, name) for name, made in before])
    db.commit()
    db.close()
