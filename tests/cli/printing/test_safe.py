"""Text from others is harmless before a terminal sees it, and a spreadsheet runs none of it."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cli.printing.output import json_document, json_text
from ledger_cli.printing.rows import neutral
from ledger_cli.printing.safe import hidden, safe
from ledger_projections.neutral import neutral as harmless

SHOWN = {
    "plain words stay": ("dress rehearsal", "dress rehearsal"),
    "accents and other scripts stay": ("Zoë 東京 عرض", "Zoë 東京 عرض"),
    "an escape sequence is shown": ("\x1b[2Jgone", "\\x1b[2Jgone"),
    "a title that is set is shown": ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
    "an eight-bit control is shown": ("\x9b31m", "\\x9b31m"),
    "text that turns the line round is shown": ("gnp.\u202eexe", "gnp.\\u202eexe"),
    "what takes no room is shown": ("pay\u200bpal", "pay\\u200bpal"),
    "a line feed is a sign": ("one\ntwo", "one⏎two"),
    "a carriage return is shown": ("one\rtwo", "one\\x0dtwo"),
    "a tab is a space": ("one\ttwo", "one two"),
    "a family stays together": ("👩\u200d👧", "👩\u200d👧"),
}


@pytest.mark.parametrize(("text", "shown"), SHOWN.values(), ids=SHOWN)
def test_text_is_shown_without_acting(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    assert not any(hidden(character) for character in safe(text))


@given(st.text())
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_json_says_the_same_and_obeys_nothing(value: dict[str, object]) -> None:
    text = json_text(value)

    assert (json.loads(text), any(hidden(character) for character in text)) == (value, False)


@given(VALUES)
def test_a_document_says_the_same_and_obeys_nothing_but_its_lines(value: object) -> None:
    text = json_document(value)

    assert (json.loads(text), any(map(hidden, text.replace("\n", "")))) == (value, False)


LAID_OUT = {
    "nothing": ({}, "{}"),
    "no row": ({"rows": []}, '{\n  "rows": []\n}'),
    "rows": (
        {"rows": [{"a": 1, "b": [2, 3]}, {"a": None}]},
        '{\n  "rows": [\n    {"a":1,"b":[2,3]},\n    {"a":null}\n  ]\n}',
    ),
    "parts of a part": (
        {"tree": {"size": 6, "keys": ["k"]}},
        '{\n  "tree": {\n    "size": 6,\n    "keys": ["k"]\n  }\n}',
    ),
    "a row with an object in it": ([{"a": {"b": 1}}], '[\n  {\n    "a": {\n      "b": 1\n    }\n  }\n]'),
    "words": ("words", '"words"'),
}


@pytest.mark.parametrize(("value", "written"), LAID_OUT.values(), ids=LAID_OUT)
def test_a_document_has_a_line_for_each_thing_it_says_and_for_each_row(value: object, written: str) -> None:
    assert json_document(value) == f"{written}\n"


JSON = {
    "a control beside an accent": ("é\x7f", r'"é\u007f"'),
    "text that turns the line round": ("a\u202eb", r'"a\u202eb"'),
    "a sign beyond 16 bits": ("\U000e0001", r'"\udb40\udc01"'),
    "half of a pair": ("\ud800", r'"\ud800"'),
    "a family": ("👩\u200d👧", '"👩\u200d👧"'),
}


@pytest.mark.parametrize(("text", "written"), JSON.values(), ids=JSON)
def test_what_json_writes_is_shown_without_acting(text: str, written: str) -> None:
    assert json_text(text) == written


CELLS = {
    "a formula": ("=1+1", "'=1+1"),
    "a call": ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
    "a link": ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
    "a sum": ("+1+2", "'+1+2"),
    "a minus": ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
    "a tab": ("\t=1", "'\t=1"),
    "a formula behind spaces": ("  =1+1", "'  =1+1"),
    "a formula behind what has no width": ("\ufeff\u200b=1+1", "'\ufeff\u200b=1+1"),
    "a wide formula": ("\uff1d1+1", "'\uff1d1+1"),
    "a line break": ("\n=1", "'\n=1"),
    "an apostrophe, so that one taken away leaves it": ("'tis late", "''tis late"),
    "a number below zero": ("-3.5", "-3.5"),
    "a number with a sign": ("+44", "+44"),
    "nothing": ("", ""),
    "words": ("late", "late"),
}


@pytest.mark.parametrize(("text", "cell"), CELLS.values(), ids=CELLS)
def test_a_cell_is_no_formula(text: str, cell: str) -> None:
    assert neutral(text) == cell


def test_what_begins_with_a_letter_a_digit_or_a_bracket_is_no_formula_whatever_follows() -> None:
    begins = [c for c in map(chr, range(0x110000)) if c.isalnum() or c == "["]

    assert [c for c in begins if harmless(f"{c}=1") != f"{c}=1"] == []


def test_the_words_of_unicode_are_still_those_we_know() -> None:
    assert unicodedata.category("\u202e") == "Cf"
