"""The same in every format: each cell of each table, read back by those who know nothing of us, hostile texts among them."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb
import openpyxl
import pytest
from ledger_projections.neutral import neutral
from ledger_projections.publishing import apart, as_duckdb, as_parquet, as_xlsx, formats
from ledger_projections.publishing.as_xlsx import CUT, MOST_TEXT, cell
from ledger_projections.publishing.content import Content
from ledger_projections.publishing.sheet import Sheet
from ledger_projections.publishing.stamp import files_in, read_stamp
from ledger_projections.table import Column
from pyarrow import parquet

from ledger.errors import Refused, TooLarge, Unreachable
from tests.publications import READ, as_a_workbook_holds, cells, raw, types_in
from tests.published_ledgers import HOSTILE, hostile_in, quarter_in
from tests.publishing import published
from tests.views import World

if TYPE_CHECKING:
    from pathlib import Path

    from ledger_projections.publishing.publication import Published

FORMS = [*READ]


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("quarter").resolve()
    with quarter_in(folder) as reader:
        yield published(reader, folder / "out", FORMS, who="consultant")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("hostile")
    with hostile_in(folder) as reader:
        yield published(reader, folder / "out", FORMS)


@pytest.mark.parametrize("ledger", ["quarter", "hostile"])
@pytest.mark.parametrize("form", [form for form in FORMS if form != "xlsx"])
def test_every_cell_is_the_same_in_every_format(ledger: str, form: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(ledger).folder
    tables = types_in(folder)

    differing = [t for t, types in tables.items() if cells(folder, form, t, types) != cells(folder, "sqlite", t, types)]

    assert (differing, len(tables) > 30) == ([], True)


@pytest.mark.parametrize("ledger", ["quarter", "hostile"])
def test_every_cell_of_a_workbook_is_the_same_but_for_what_a_cell_cannot_hold(
    ledger: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(ledger).folder
    tables = {
        t: {n: "text" if type_ == "json" else type_ for n, type_ in types.items()}
        for t, types in types_in(folder).items()
    }

    differing = [
        t
        for t, types in tables.items()
        if cells(folder, "xlsx", t, types) != as_a_workbook_holds(types, raw(folder, t))
    ]

    assert differing == []


@pytest.mark.parametrize("form", ["sqlite", "duckdb", "parquet", "jsonl"])
def test_a_hostile_text_is_kept_to_the_letter_where_no_spreadsheet_reads_it(hostile: Published, form: str) -> None:
    kept = [row["summary"] for row in READ[form](hostile.folder, "news")]

    assert kept == list(HOSTILE)


def test_no_cell_of_a_csv_file_begins_as_a_formula_does(hostile: Published) -> None:
    with (hostile.folder / "csv" / "news.csv").open(encoding="utf-8", newline="") as file:
        found = [row["summary"] for row in csv.DictReader(file)]

    assert [
        text for text in found if text.lstrip("\t\r\n \ufeff\u00a0\u200b").startswith(("=", "+", "-", "@", "\uff1d"))
    ] == []
    assert found == [neutral(text) for text in HOSTILE]
    assert [text.removeprefix("'") for text in found] == list(HOSTILE)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile: Published) -> None:
    book = openpyxl.load_workbook(hostile.folder / "ledger.xlsx")

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}

    assert (kinds <= {"n", "s", "b", "d", "inlineStr"}, book.sheetnames[0]) == (True, "about")
    assert [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


def test_what_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    text = cell("𝄞" * 20_000)

    assert len(text.encode("utf-16-le")) // 2 <= MOST_TEXT
    assert text.endswith(CUT.format("20,000"))


def test_a_parquet_file_says_what_its_columns_mean(quarter: Published) -> None:
    schema = parquet.read_schema(quarter.folder / "parquet" / "slips.parquet")
    field = schema.field("lead_bd")

    assert (str(schema.field("due_at").type), str(schema.field("censored").type), str(field.type)) == (
        "timestamp[us, tz=UTC]",
        "bool",
        "int64",
    )
    assert field.metadata[b"unit"] == b"business days"


def test_a_duckdb_file_says_what_its_columns_mean(quarter: Published) -> None:
    asked = "SELECT comment, data_type FROM duckdb_columns() WHERE table_name = 'slips' AND column_name = 'told_at'"
    with duckdb.connect(str(quarter.folder / "ledger.duckdb"), read_only=True) as db:
        found = db.execute(asked).fetchall()

    assert found == [("When the other side was first told.", "TIMESTAMP WITH TIME ZONE")]


def test_every_file_is_in_the_stamp_with_its_hash(quarter: Published) -> None:
    found = {path: written._asdict() for path, written in files_in(quarter.folder).items()}

    assert quarter.stamp["files"] == found
    assert read_stamp(quarter.folder) == quarter.stamp


def test_a_format_that_another_process_writes_is_the_same(tmp_path: Path) -> None:
    world = World(tmp_path).begin()

    done = published(world.journal, tmp_path / "out", ("sqlite", "parquet", "duckdb"))

    types = types_in(done.folder)["contacts"]
    kept = [cells(done.folder, form, "contacts", types) for form in ("sqlite", "parquet", "duckdb")]
    assert kept == [kept[0]] * 3


def test_a_process_that_cannot_write_says_why(tmp_path: Path) -> None:
    content = Content(sqlite3.connect(":memory:"), os.fspath(tmp_path / "none.db"), [])

    with pytest.raises(Unreachable, match=r"duckdb cannot be written: .*No such file"):
        apart.write("duckdb", tmp_path / "none", content)


WIDE = Sheet("wide", "long texts", ("position",), (Column("position", "integer", ""), Column("text", "text", "")))


def wide(folder: Path) -> Content:
    db = sqlite3.connect(folder / "rows.db")
    db.execute('CREATE TABLE "wide" (position, text)')
    db.executemany("INSERT INTO wide VALUES (?, ?)", [(n, f"{n} " * 1_000) for n in range(3_000)])
    db.commit()
    return Content(db, os.fspath(folder / "rows.db"), [WIDE])


def test_duckdb_is_given_more_memory_where_rows_are_too_wide_for_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = wide(tmp_path)
    monkeypatch.setattr(as_duckdb, "MEMORY", (2, 64))

    as_duckdb.write(tmp_path, content)

    with duckdb.connect(str(tmp_path / as_duckdb.NAME), read_only=True) as db:
        assert db.execute("SELECT * FROM wide").fetchall() == [*content.rows(WIDE)]


def test_wide_rows_make_row_groups_of_few_bytes(tmp_path: Path) -> None:
    content = wide(tmp_path)
    content.db.executemany("INSERT INTO wide VALUES (?, ?)", [(n, "x" * 3 * 2**20) for n in range(3)])
    content.db.commit()

    as_parquet.write(tmp_path, content)

    file = parquet.ParquetFile(tmp_path / "parquet" / "wide.parquet")
    assert file.read().to_pydict()["text"] == [text for _, text in content.rows(WIDE)]
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)][-2:] == [1, 1]


def test_duckdb_leaves_the_row_groups_of_a_broad_table_as_it_wrote_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"c{number}" for number in range(60)]
    broad = Sheet("broad", "", ("c0",), tuple(Column(name, "integer", "") for name in names))
    narrow = wide(tmp_path)
    with sqlite3.connect(tmp_path / "rows.db") as db:
        db.execute(f'CREATE TABLE "broad" ({", ".join(names)})')
        db.executemany(f"INSERT INTO broad VALUES ({', '.join('?' * 60)})", [(n,) * 60 for n in range(5_000)])
    monkeypatch.setattr(as_duckdb, "GROUP", 60 * as_duckdb.VECTOR)

    as_duckdb.write(tmp_path, Content(narrow.db, narrow.path, [broad, WIDE]))

    with duckdb.connect(str(tmp_path / as_duckdb.NAME), read_only=True) as db:
        (groups,) = db.execute("SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('broad')").fetchone() or ()
    assert groups == 3


def test_what_not_even_much_memory_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_duckdb, "MEMORY", (2,))

    with pytest.raises(duckdb.OutOfMemoryException):
        as_duckdb.write(tmp_path, wide(tmp_path))


def test_a_workbook_with_too_many_rows_is_refused_or_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_xlsx, "MOST_ROWS", 2)
    world = World(tmp_path).begin()

    with pytest.raises(TooLarge, match="a sheet of a workbook holds 2"):
        published(world.journal, tmp_path / "out", ("csv", "xlsx"))
    done = published(world.journal, tmp_path / "out", ("csv", "xlsx"), lenient=True)

    assert (done.stamp["formats"], [why.partition(":")[0] for why in done.left_out]) == (["csv"], ["xlsx"])


def test_a_format_whose_package_is_missing_is_refused_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)

    with pytest.raises(Refused, match="parquet takes pyarrow, which is not installed") as refused:
        formats.chosen(["csv", "parquet"])

    assert "engagement-ledger[publish]" in refused.value.advice
    assert formats.at_hand() == ["sqlite", "csv", "jsonl"]
