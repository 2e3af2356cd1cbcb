"""What a table may look like as a file: encodings, delimiters, line ends, folded, huge and broken cells."""

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import Refused
from ledger.importing import Table, detect_delimiter, detect_encoding, named_encoding
from ledger.importing.columns import Column
from tests.importing import MAPPING, Desk, at_a_desk

TEXT = "project,firm,end\nCafé “Zoë”,Bücher,30.06.26\n"
ENCODED: Mapping[str, tuple[bytes, str]] = {
    "UTF-8": (TEXT.encode(), "utf-8"),
    "UTF-8 with a mark": (TEXT.encode("utf-8-sig"), "utf-8-sig"),
    "UTF-16": (TEXT.encode("utf-16"), "utf-16"),
    "windows-1252": ("project,firm,end\n“Quay” £5m,Acme,30.06.26\n".encode("cp1252"), "windows-1252"),
    "plain ASCII": (b"project,firm,end\n", "utf-8"),
}
SHAPES: Mapping[str, tuple[bytes, str]] = {
    "commas": (b"a,b\n1,2\n", ","),
    "semicolons, with commas in every text": (b"a;b\nx, y, z;2\np, q;3\n", ";"),
    "tabs": (b"a\tb\n1\t2\n", "\t"),
    "bars": (b"a|b|c\n1|2|3\n", "|"),
    "semicolons, with lines folded in cells": (b'a;b\n"one, two\nthree, four";2\n', ";"),
    "commas, with a semicolon in the header's cell": (b'"a;a",b,c\n1,2,3\n', ","),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_a_desk(tmp_path)


@pytest.mark.parametrize(("content", "name"), ENCODED.values(), ids=ENCODED)
def test_the_encoding_is_told_from_the_bytes(content: bytes, name: str) -> None:
    assert detect_encoding(BytesIO(content)).name == name


@pytest.mark.parametrize(("content", "sign"), SHAPES.values(), ids=SHAPES)
def test_the_delimiter_is_the_one_that_gives_as_many_cells_in_every_row(content: bytes, sign: str) -> None:
    source = BytesIO(content)

    assert detect_delimiter(source, detect_encoding(source)) == sign


def test_a_byte_that_the_encoding_leaves_undefined_loses_no_row_and_is_said(desk: Desk) -> None:
    answer = desk.csv(b"project,firm,end\nQuay \x93new\x9d,Acme,30.06.26\n")

    assert answer.err == "Row 2: a byte that windows-1252 leaves undefined reads as U+FFFD.\n"
    assert desk.said()[1][1]["title"] == "Quay “new�"


def test_an_encoding_that_is_given_is_believed(desk: Desk) -> None:
    desk.csv("project,firm,end\nЖжъю,Acme,30.06.26\n".encode("koi8-r"), "--encoding koi8-r", mapping=by_number)

    assert desk.said()[1][1]["title"] == "Жжъю"


by_number = MAPPING.replace('alias = "{name|slug}"', 'alias = "works"')


def test_a_file_that_is_not_in_the_encoding_given_is_refused(desk: Desk) -> None:
    answer = desk.csv(b"project,firm,end\nCaf\xe9,Acme,30.06.26\n", "--encoding utf-8")

    assert answer.code == 3
    assert answer.err.startswith("Not utf-8: it has bytes that utf-8 does not allow")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(desk: Desk, end: str) -> None:
    answer = desk.csv(end.join(["project,firm,end", "Quay,Acme,30.06.26", "Pier,Acme,30.06.26"]))

    assert "  recorded                 2" in answer.out


def test_a_cell_may_hold_lines_and_its_row_is_named_by_its_first(desk: Desk) -> None:
    answer = desk.csv('project,firm,end\n"Quay\nnew",Acme,30.06.26\nPier,Acme,soon\n', "--keep-going")

    assert answer.err == 'Row 3 (line 4), column end: "soon" is no date.\n'
    assert desk.said()[1][1]["title"] == "Quay new"


def test_a_cell_of_a_megabyte_that_nobody_reads_does_no_harm(desk: Desk) -> None:
    answer = desk.csv(f"project,firm,end,remarks\nQuay,Acme,30.06.26,{'x' * 1_000_000}\n")

    assert answer.code == 0


def test_the_same_table_can_be_read_through_a_pipe(desk: Desk) -> None:
    desk.write("map.toml", MAPPING)
    desk.write("table.csv", "project;firm;end\nQuay;Acme;30.06.26\n")

    answer = desk.run("engage import csv - --map map.toml < table.csv")

    assert answer.out.startswith("-: 1 rows, utf-8, between semicolons")


@given(st.binary(max_size=200))
def test_no_bytes_whatever_are_more_than_refused(content: bytes) -> None:
    source = BytesIO(content)
    encoding = detect_encoding(source)

    with suppress(Refused):
        list(Table(source, encoding, detect_delimiter(source, encoding)))


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=3, max_size=3), min_size=1, max_size=5
    )
)
def test_what_a_table_is_written_with_is_what_is_read(rows: list[list[str]]) -> None:
    quoted = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["a", "b", "c"], *rows]
    )

    read = Table(BytesIO(quoted.encode()), named_encoding("utf-8"), ",")

    assert [cells.values for cells in read] == rows


NUMBERS: Mapping[str, tuple[str, str, object]] = {
    "pounds with thousands": ("money", "£12,343.96", {"currency": "GBP", "minor": 1_234_396}),
    "a whole number": ("whole", "1,200", 1_200),
    "a decimal": ("decimal", "£40.50m", "40.5"),
    "a long text": ("text", "one\r\ntwo", "one\ntwo"),
    "one line": ("line", " one \n two ", "one two"),
}


@pytest.mark.parametrize(("kind", "cell", "value"), NUMBERS.values(), ids=NUMBERS)
def test_a_cell_reads_as_its_column_says(kind: str, cell: str, value: object) -> None:
    assert Column("x", "x", kind, currency="GBP").read(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"), [("money", "plenty"), ("money", "£0.001"), ("whole", "1.5"), ("decimal", "-")]
)
def test_a_cell_that_is_no_number_is_refused(kind: str, cell: str) -> None:
    with pytest.raises(Refused, match="column x"):
        Column("x", "x", kind, currency="GBP").read(cell)
